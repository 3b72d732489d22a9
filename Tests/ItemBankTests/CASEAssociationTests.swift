import Diagnostics
import Foundation
import ItemBank
import TestSupport
import Testing

struct CASEAssociationTests {
  private struct Package: Decodable {
    struct Item: Decodable {
      var type: String
      var extensions: Extensions

      enum CodingKeys: String, CodingKey {
        case type = "CFItemType"
        case extensions
      }
    }

    struct Extensions: Decodable {
      var nameStatus: String
    }

    struct Association: Decodable {
      var associationType: String
      var notes: String?
    }

    var items: [Item]
    var associations: [Association]

    enum CodingKeys: String, CodingKey {
      case items = "CFItems"
      case associations = "CFAssociations"
    }
  }

  private func package(_ name: String) throws -> Package {
    let file = Project.root.appending(path: "ItemBank/frameworks/\(name).json")
    return try JSONDecoder().decode(Package.self, from: try Data(contentsOf: file))
  }

  @Test func `only the five dimensions of the standard of digital literacy are called verified`()
    throws
  {
    let items = try package("jyt-0646-2022").items
    let counts = Dictionary(grouping: items, by: \.type).mapValues(\.count)
    #expect(counts == ["一级维度": 5, "二级维度": 13, "三级维度": 33])
    for item in items {
      let isVerified = item.extensions.nameStatus == "verified"
      #expect(isVerified == (item.type == "一级维度"))
    }
  }

  @Test func `the crosswalk is a proposal between frameworks and says so`() throws {
    let crosswalk = try package("crosswalk")
    #expect(crosswalk.items.isEmpty)
    #expect(crosswalk.associations.count >= 13)
    for association in crosswalk.associations {
      #expect(association.associationType == "isRelatedTo")
      #expect(association.notes?.contains("建议") == true)
    }
  }

  @Test func `an association that leads to no item of the bank is refused`() throws {
    try withShippedFrameworks { folder in
      try folder.replace(
        "\"CFAssociations\": [", with: "\"CFAssociations\": [\n\(dangling),",
        in: "frameworks/crosswalk.json")
      let found = BankReader.read(folder: folder).diagnostics.filter { $0.severity == .error }
      #expect(found.map(\.code) == ["case-association"])
      #expect(found.first?.file.hasSuffix("frameworks/crosswalk.json") == true)
      #expect(found.first?.message.chinese.contains("no-such-item") == true)
    }
  }

  @Test func `a crosswalk that is no JSON is told once`() throws {
    try withShippedFrameworks { folder in
      try Data("{".utf8).write(to: folder.appending(path: "frameworks/crosswalk.json"))
      let found = BankReader.read(folder: folder).diagnostics.filter { $0.severity == .error }
      #expect(found.count == 1)
      #expect(found.first?.file.hasSuffix("frameworks/crosswalk.json") == true)
    }
  }

  private var dangling: String {
    let known = "\"destinationNodeURI\": {\"identifier\": \"7da5d09b-828b-55b5-b98d-6fe0ee88eadc\"}"
    return
      "{\"associationType\": \"isRelatedTo\", \"originNodeURI\": {\"identifier\": \"no-such-item\"}, \(known)}"
  }

  private func withShippedFrameworks(_ test: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "bank-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.copyItem(
      at: Project.root.appending(path: "ItemBank"), to: folder)
    defer {
      do { try FileManager.default.removeItem(at: folder) } catch {
        // What stays in the temporary folder harms no other test.
      }
    }
    try test(folder)
  }
}

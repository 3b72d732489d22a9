import Foundation
import ItemBank
import TestSupport
import Testing

struct OlderVersionTests {
  private let shipped = PackageFiles(folder: Project.root.appending(path: "ItemBank"))

  @Test(arguments: [AssessmentItem.Version.v2p1, .v2p2])
  func `the shipped bank reads back from an older version with equal scores`(
    version: AssessmentItem.Version
  ) throws {
    let (written, found) = shipped.written(in: version)
    let files = try #require(written)
    #expect(found.isEmpty, "\(found)")
    let archive = try PackageWriter.archive(files)
    let (bank, diagnostics) = BankReader.read(
      try #require(PackageFiles.read(archive: archive, name: "old").files))
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    let old = try #require(bank)
    let new = try #require(BankReader.read(shipped).bank)
    #expect(old.items.map(\.id) == new.items.map(\.id))
    for (one, other) in zip(old.items, new.items) {
      #expect(one.item.version == version)
      #expect(one.calibrations == other.calibrations && one.points == other.points)
      #expect(one.misconceptions == other.misconceptions)
      #expect(one.item.declaredMaximumScore == other.item.declaredMaximumScore)
      #expect(contents(one) == contents(other), "\(one.id.rawValue)")
      for response in responses(to: other) {
        #expect(try one.item.score(response) == other.item.score(response), "\(one.id.rawValue)")
      }
      for feedback in other.item.modalFeedback {
        let choice = SimpleChoice.ID(rawValue: feedback.identifier)
        #expect(one.item.feedback(for: choice)?.text == other.item.feedback(for: choice)?.text)
      }
      // A scenario stands in the body then.
      let story = other.scenario.flatMap(new.stimulus)?.content.text
      let markup = one.item.body.compactMap { part in
        if case .markup(let markup) = part { markup.text } else { nil }
      }
      if let story { #expect(markup.first?.contains(story) == true) }
    }
    #expect(old.tests.map(\.itemReferences.count) == new.tests.map(\.itemReferences.count))
    #expect(old.blueprints.count == new.blueprints.count)
  }

  /// What is asked and offered, without the lines of the file.
  private func contents(_ item: BankItem) -> [String] {
    item.item.interactions.flatMap { interaction in
      [interaction.responseIdentifier, interaction.prompt?.text ?? ""]
        + interaction.choices.flatMap { [$0.id.rawValue, $0.content.html, String($0.isFixed)] }
    }
  }

  /// No answer, the right one, the right one of each question alone, and each choice alone.
  private func responses(to item: BankItem) -> [[String: ResponseValue]] {
    var responses: [[String: ResponseValue]] = [[:]]
    var right: [String: ResponseValue] = [:]
    for declaration in item.item.responseDeclarations {
      let isSingle = declaration.cardinality == .single
      let wrap = { (values: [BaseValue]) -> ResponseValue in
        isSingle ? .single(values[0]) : .list(declaration.baseType, values)
      }
      if !declaration.correctResponse.isEmpty {
        right[declaration.identifier] = wrap(declaration.correctResponse)
        responses.append([declaration.identifier: wrap(declaration.correctResponse)])
      }
      for interaction in item.item.interactions
      where interaction.responseIdentifier == declaration.identifier
        && declaration.baseType == .identifier
      {
        responses += interaction.choices.map {
          [declaration.identifier: wrap([.identifier($0.id.rawValue)])]
        }
      }
    }
    return responses + [right]
  }

  @Test func `items with rules of their own score as before`() throws {
    let folder = PackageFiles(folder: Fixture.url("qti/cases"))
    let cases = try JSONDecoder().decode(
      ScoringTests.Cases.self, from: Data(try Fixture.bytes("qti/cases/manifest.json")))
    let resources = folder.paths.filter { $0.hasSuffix(".xml") }.enumerated().map { index, path in
      let kind = path.hasPrefix("items/") ? "item" : "stimulus"
      return "<resource identifier=\"R\(index)\" type=\"imsqti_\(kind)_xmlv3p0\" href=\"\(path)\">"
        + "<file href=\"\(path)\"/></resource>"
    }
    var contents = folder.contents
    contents["imsmanifest.xml"] = Array(
      """
      <manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m">\
      <resources>\(resources.joined())</resources></manifest>
      """.utf8)
    let (files, found) = PackageFiles(contents, name: "cases").written(in: .v2p2)
    let written = try #require(files, "\(found)")
    for entry in cases.items {
      let (read, diagnostics) = AssessmentItem.read(
        bytes: try #require(written.bytes(of: entry.file)), file: entry.file)
      let old = try #require(read, "\(entry.file): \(diagnostics)")
      #expect(old.version == .v2p2)
      for one in entry.cases {
        let outcomes = try old.score(one.response)
        for (name, expected) in one.expected {
          #expect(abs((outcomes[name]?.number ?? .nan) - expected) < 1e-9, "\(entry.file)")
        }
      }
    }
  }
}

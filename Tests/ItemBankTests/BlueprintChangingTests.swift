import Competency
import Diagnostics
import Foundation
import ItemBank
import TestSupport
import Testing

/// Blueprints written, changed and kept.
struct BlueprintChangingTests {
  private let folder = PackageFiles(folder: Project.root.appending(path: "ItemBank"))

  private func bank() throws -> Bank { try #require(BankReader.read(folder).bank) }

  @Test func `a blueprint that is written reads back as it was`() throws {
    for blueprint in try bank().blueprints {
      var blueprint = blueprint
      blueprint.enemies = [["a", "b"], ["c", "d", "e"]].map {
        $0.map(AssessmentItem.ID.init(rawValue:))
      }
      blueprint.pilotItems = 2
      blueprint.isChangedInService = true
      let read = Blueprint.read(bytes: try blueprint.written(), file: blueprint.file)
      #expect(read.blueprint == blueprint)
      #expect(read.diagnostics.isEmpty)
    }
  }

  @Test func `a changed blueprint changes its own file alone, and outlives the folder's`() throws {
    let before = try bank()
    var blueprint = try #require(before.blueprints.first)
    blueprint.version = "2"
    blueprint.pilotItems = 1
    let change = try BankImporter.change(blueprint, in: folder)
    let files = try #require(change.files)
    let after = try #require(change.bank)
    #expect(after.version != before.version)
    #expect(after.blueprint(of: blueprint.test)?.pilotItems == 1)
    #expect(after.differences(from: before).isEmpty, "no item becomes different")
    let (old, new) = (folder.contents, files.contents)
    #expect(Set(old.keys) == Set(new.keys))
    #expect(old.keys.filter { old[$0] != new[$0] }.count == 1)
    // The service starts again on the same folder.
    let kept = BankImporter.refreshed(folder, keeping: files)
    #expect(BankReader.read(kept).bank?.version == after.version)
    // What was never changed in the service follows the folder.
    #expect(BankImporter.refreshed(folder, keeping: folder).contents == old)
  }

  @Test func `a change of items keeps the blueprint that was changed before`() throws {
    var blueprint = try #require(try bank().blueprints.first)
    blueprint.pilotItems = 1
    let changed = try #require(try BankImporter.change(blueprint, in: folder).files)
    let item = try #require(try bank().items(of: blueprint.test).first)
    let change = BankImporter.change([ItemChange(item: item.id, state: .retired)], in: changed)
    #expect(change.bank?.blueprint(of: blueprint.test)?.pilotItems == 1)
    #expect(change.bank?.item(item.id)?.state == .retired)
    let restarted = BankImporter.refreshed(folder, keeping: try #require(change.files))
    let bank = try #require(BankReader.read(restarted).bank)
    #expect(bank.blueprint(of: blueprint.test)?.pilotItems == 1)
    #expect(bank.item(item.id)?.state == .retired)
  }

  @Test(arguments: [#"[["a1-01"]]"#, #"[["a1-01", "a1-01"]]"#, "[[]]"])
  func `a group of enemies has two different items`(enemies: String) throws {
    let path = try #require(folder.paths.first { $0.hasSuffix(".blueprint.json") })
    let text = String(decoding: try #require(folder.bytes(of: path)), as: UTF8.self)
    let wrong = text.replacing(
      #""forms""#, with: "\"enemies\": \(enemies), \"forms\"", maxReplacements: 1)
    let (blueprint, diagnostics) = Blueprint.read(bytes: Array(wrong.utf8), file: path)
    #expect(blueprint == nil)
    #expect(diagnostics.map(\.code) == ["blueprint"])
  }

  @Test func `an enemy that the test does not have is a warning`() throws {
    var blueprint = try #require(try bank().blueprints.first)
    let item = try #require(try bank().items(of: blueprint.test).first)
    blueprint.enemies = [[item.id, AssessmentItem.ID(rawValue: "gone")]]
    let change = try BankImporter.change(blueprint, in: folder)
    let (read, diagnostics) = BankReader.read(try #require(change.files))
    #expect(read != nil)
    let found = try #require(diagnostics.first { $0.code == "blueprint" })
    #expect(found.severity == .warning)
    #expect(found.message(inChinese: false).contains("gone"))
  }
}

import Competency
import Diagnostics
import Foundation
import ItemBank
import TestSupport
import Testing

struct BankImportTests {
  private let shipped = PackageFiles(folder: Project.root.appending(path: "ItemBank"))
  private let package = PackageFiles(folder: Fixture.url("package"))

  private func merge(
    _ incoming: PackageFiles, into base: PackageFiles?, _ settings: BankImportSettings = .init()
  ) -> BankImport {
    BankImporter.merge(incoming, into: base, settings: settings)
  }

  private func edited(
    _ files: PackageFiles, _ path: String, _ old: String, _ new: String
  ) throws -> PackageFiles {
    var contents = files.contents
    let text = String(decoding: try #require(contents[path]), as: UTF8.self)
    #expect(text.contains(old))
    contents[path] = Array(text.replacing(old, with: new).utf8)
    return PackageFiles(contents, name: files.name)
  }

  private func ids(_ items: [BankItem]) -> [String] { items.map(\.id.rawValue) }

  @Test func `importing what was exported changes nothing, byte for byte`() throws {
    let taken = try #require(shipped.selecting(PackageSelection(includesUsage: false)).files)
    let archive = try PackageWriter.archive(taken)
    let back = try #require(PackageFiles.read(archive: archive, name: "back").files)
    let outcome = merge(back, into: shipped)
    let bank = try #require(BankReader.read(shipped).bank)
    #expect(outcome.report.unchanged == bank.items.map(\.id))
    #expect(outcome.report.added.isEmpty && outcome.report.newVersion.isEmpty)
    #expect(outcome.report.refused.isEmpty, "\(outcome.report.refused)")
    #expect(outcome.files == nil)
    let again = try #require(BankReader.read(back).bank)
    #expect(again.items.map(\.item.contentHash) == bank.items.map(\.item.contentHash))
  }

  @Test func `a new bank takes a package whole, and a second time nothing`() throws {
    let first = merge(package, into: nil)
    #expect(first.report.added.count == 6)
    let files = try #require(first.files)
    let (bank, diagnostics) = BankReader.read(files)
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    let original = try #require(BankReader.read(package).bank)
    #expect(bank?.items.map(\.item.contentHash) == original.items.map(\.item.contentHash))
    #expect(bank?.frameworks == original.frameworks)
    #expect(bank?.items.map(\.calibrations) == original.items.map(\.calibrations))
    #expect(bank?.blueprints.count == 1 && bank?.tests.first?.itemReferences.count == 6)
    let second = merge(package, into: files)
    #expect(second.report.unchanged.count == 6)
    #expect(second.files == nil)
  }

  @Test func `another text is a new version in the place of the old one`() throws {
    let changed = try edited(package, "items/A1/a1-01.xml", "通分计算题", "约分计算题")
    let outcome = merge(changed, into: package)
    #expect(outcome.report.newVersion.map(\.rawValue) == ["a1-01"])
    #expect(outcome.report.unchanged.count == 5)
    let (bank, diagnostics) = BankReader.read(try #require(outcome.files))
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    let old = try #require(BankReader.read(package).bank)
    let new = try #require(bank)
    #expect(Set(ids(new.items)) == Set(ids(old.items)))
    let id = AssessmentItem.ID(rawValue: "a1-01")
    #expect(new.item(id)?.item.contentHash != old.item(id)?.item.contentHash)
    #expect(new.item(id)?.parameters == old.item(id)?.parameters)
    // The test still has all its items.
    let test = try #require(new.tests.first)
    #expect(
      test.itemReferences.map(\.item?.rawValue)
        == old.tests.first?.itemReferences.map(\.item?.rawValue))
    #expect(merge(changed, into: outcome.files).files == nil)
  }

  @Test func `what the package says of an item is part of its version`() throws {
    let changed = try edited(package, "imsmanifest.xml", "tag:A:以打分代替评价", "tag:A:别的误区")
    #expect(
      merge(changed, into: package).report.newVersion.map(\.rawValue) == ["b9-01", "b9-02"])
  }

  @Test func `one bad item refuses all, and with partial only itself`() throws {
    let bad = try edited(
      package, "items/B9/b9-01.xml", "qti-choice-interaction", "qti-drawing-interaction")
    let whole = merge(bad, into: nil)
    #expect(whole.report.refused.map(\.identifier).contains("b9-01"))
    #expect(whole.files == nil && whole.bank == nil)
    let partial = merge(bad, into: nil, BankImportSettings(isPartial: true))
    #expect(partial.report.added.count == 5)
    let bank = try #require(partial.bank)
    #expect(bank.items.count == 5)
    // Its test would miss an item.
    #expect(bank.tests.isEmpty)
    let refusal = try #require(partial.report.refused.first { $0.identifier == "b9-01" })
    #expect(refusal.diagnostics.contains { $0.code == "unsupported-interaction" })
  }

  @Test func `a broken file beside the items is refused, and with partial only itself`() throws {
    for (path, item) in [
      ("usage/provisional-2026.xml", 6), ("tests/diagnostic-2.0.blueprint.json", 6),
      ("tests/diagnostic-2.0.xml", 6),
    ] {
      var contents = package.contents
      contents[path] = Array("<broken".utf8)
      let bad = PackageFiles(contents, name: "bad")
      let whole = merge(bad, into: nil)
      #expect(whole.files == nil, "\(path)")
      #expect(whole.report.refused.first?.identifier == path)
      let partial = merge(bad, into: nil, BankImportSettings(isPartial: true))
      #expect(partial.report.added.count == item, "\(path): \(partial.report.refused)")
      #expect(partial.bank?.items.count == item, "\(path)")
      #expect(partial.report.refused.first?.identifier == path)
    }
  }

  @Test func `an unknown point is refused, and nothing of the manifest is lost`() throws {
    let unknown = try edited(package, "imsmanifest.xml", "csm:GUID>a99b", "csm:GUID>b99b")
    let outcome = merge(unknown, into: shipped, BankImportSettings(isPartial: true))
    #expect(
      outcome.report.refused.contains { $0.diagnostics.contains { $0.code == "unknown-point" } })
    let strange = try edited(
      package, "imsmanifest.xml", "<qmd:qtiMetadata>",
      "<x:local xmlns:x=\"https://x.example/\" x:a=\"1\">保留</x:local><qmd:qtiMetadata>")
    let kept = try #require(merge(strange, into: nil).files)
    let manifest = String(decoding: kept.bytes(of: "imsmanifest.xml") ?? [], as: UTF8.self)
    #expect(manifest.contains("保留") && manifest.contains("https://x.example/"))
  }

  @Test func `two scenarios of one name and different content cannot stand side by side`() throws {
    let other = try edited(package, "stimuli/s-sample.xml", "五年级", "六年级")
    var contents = other.contents
    for (path, bytes) in contents where path.hasSuffix(".xml") {
      let text = String(decoding: bytes, as: UTF8.self)
        .replacing("identifier=\"a1-", with: "identifier=\"z1-")
      contents[path] = Array(text.utf8)
    }
    let outcome = merge(
      PackageFiles(contents, name: "z"), into: package, BankImportSettings(isPartial: true))
    #expect(
      outcome.report.refused.contains {
        $0.diagnostics.contains { $0.code == "duplicate-identifier" }
      })
    #expect(outcome.bank?.items.contains { $0.id.rawValue.hasPrefix("z1") } != true)
  }

  @Test func `an own bank has a test of its own for enrolled teachers`() throws {
    let items = PackageSelection(
      items: Set(["a1-01", "a1-02"].map { AssessmentItem.ID(rawValue: $0) }))
    let part = try #require(package.selecting(items).files)
    let outcome = merge(
      part, into: .newBank(withFrameworksOf: shipped), BankImportSettings(privateName: "实验学校"))
    #expect(outcome.report.refused.isEmpty, "\(outcome.report.refused)")
    let bank = try #require(outcome.bank)
    let blueprint = try #require(bank.blueprints.first)
    #expect(blueprint.audience == .enrolled)
    #expect(blueprint.title.chinese == "实验学校")
    #expect(blueprint.length == 2)
    #expect(bank.items(of: blueprint.test).count == 2)
    // More items later belong to the same test.
    let more = try #require(
      package.selecting(PackageSelection(items: [AssessmentItem.ID(rawValue: "b9-01")])).files)
    let second = merge(more, into: outcome.files, BankImportSettings(privateName: "实验学校"))
    #expect(second.bank?.tests.map(\.itemReferences.count) == [3])
    #expect(second.bank?.blueprints.count == 1)
    // A whole public bank is not an own one.
    let open = merge(package, into: nil, BankImportSettings(privateName: "实验学校"))
    #expect(open.report.refused.contains { $0.diagnostics.contains { $0.code == "audience" } })
    #expect(open.files == nil)
  }

  @Test func `imported items join the test that is named`() throws {
    var contents = package.contents
    for (path, bytes) in contents
    where path.hasPrefix("items/") || path.hasPrefix("usage/") || path == "imsmanifest.xml" {
      let text = String(decoding: bytes, as: UTF8.self)
        .replacing("\"a1-0", with: "\"n1-0").replacing("\"b9-0", with: "\"n9-0")
        .replacing("\"c5-0", with: "\"n5-0")
      contents[path] = Array(text.utf8)
    }
    let renamed = PackageFiles(contents, name: "n")
    let known = try #require(BankReader.read(renamed).bank)
    let part = try #require(
      renamed.selecting(PackageSelection(items: Set(known.items.prefix(2).map(\.id)))).files)
    let test = AssessmentTest.ID(rawValue: "diagnostic-2.0")
    let settings = BankImportSettings(test: test)
    let outcome = merge(part, into: package, settings)
    #expect(outcome.report.added.count == 2, "\(outcome.report)")
    let bank = try #require(outcome.bank)
    #expect(bank.items(of: test).map(\.id.rawValue).suffix(2) == ["n1-01", "n1-02"])
    #expect(bank.test(test)?.itemReferences.last?.categories == ["A1", "XQ", "A"])
    #expect(merge(part, into: outcome.files, settings).files == nil)
    // They are still in it when the folder the bank came from is read again.
    let refreshed = BankImporter.refreshed(package, keeping: try #require(outcome.files))
    #expect(BankReader.read(refreshed).bank?.version == bank.version)
    let unknown = BankImportSettings(test: AssessmentTest.ID(rawValue: "nowhere"))
    #expect(merge(part, into: package, unknown).report.refused.first?.identifier == "nowhere")
  }

  @Test func `a folder that is read again keeps what was imported, and nothing else changes`()
    throws
  {
    let part = PackageSelection(
      items: Set(["a1-01", "b9-01"].map { AssessmentItem.ID(rawValue: $0) }))
    let incoming = try #require(
      edited(package, "items/A1/a1-01.xml", "通分计算题", "约分计算题").selecting(part).files)
    let first = try #require(
      merge(incoming, into: shipped, BankImportSettings(isPartial: true)).files)
    let bank = try #require(BankReader.read(first).bank)
    let refreshed = BankImporter.refreshed(shipped, keeping: first)
    #expect(BankReader.read(refreshed).bank?.version == bank.version)
    // Without imports the folder is the bank.
    #expect(
      BankReader.read(BankImporter.refreshed(shipped, keeping: package)).bank?.version
        == BankReader.read(shipped).bank?.version)
  }

  @Test func `an item in a public and in an enrolled test is an error`() throws {
    var contents = package.contents
    let test = String(decoding: try #require(contents["tests/diagnostic-2.0.xml"]), as: UTF8.self)
    contents["tests/own.xml"] = Array(test.replacing("\"diagnostic-2.0\"", with: "\"own\"").utf8)
    let blueprint = String(
      decoding: try #require(contents["tests/diagnostic-2.0.blueprint.json"]), as: UTF8.self)
    contents["tests/own.blueprint.json"] = Array(
      blueprint.replacing("\"test\": \"diagnostic-2.0\"", with: "\"test\": \"own\"")
        .replacing("\"audience\": \"public\"", with: "\"audience\": \"enrolled\"").utf8)
    let manifest = String(decoding: try #require(contents["imsmanifest.xml"]), as: UTF8.self)
    contents["imsmanifest.xml"] = Array(
      manifest.replacing(
        "</resources>",
        with: """
          <resource identifier="R-own" type="imsqti_test_xmlv3p0" href="tests/own.xml">\
          <file href="tests/own.xml"/><file href="tests/own.blueprint.json"/></resource></resources>
          """
      ).utf8)
    let (bank, diagnostics) = BankReader.read(PackageFiles(contents, name: "two"))
    #expect(bank?.blueprints.count == 2)
    #expect(diagnostics.count { $0.code == "audience" && $0.severity == .error } == 6)
  }

  @Test func `an old package and a resource without a file are named`() throws {
    let old = try edited(
      package, "imsmanifest.xml", "type=\"imsqti_item_xmlv3p0\" href=\"items/A1/a1-01.xml\"",
      "type=\"imsqti_xmlv1p2\" href=\"items/A1/a1-01.xml\"")
    #expect(BankReader.read(old).diagnostics.contains { $0.code == "unsupported-version" })
    let without = try edited(
      package, "imsmanifest.xml", "type=\"imsqti_item_xmlv3p0\" href=\"items/A1/a1-01.xml\"",
      "type=\"imsqti_item_xmlv3p0\"")
    #expect(BankReader.read(without).diagnostics.contains { $0.code == "missing-attribute" })
  }
}

import Diagnostics
import Foundation
import ItemBank
import Testing

struct PackageSelectionTests {
  private let package = PackageFiles(folder: Fixture.url("package"))

  private func selection(_ items: [String], usage: Bool = true) -> PackageSelection {
    PackageSelection(
      items: Set(items.map { AssessmentItem.ID(rawValue: $0) }), includesUsage: usage)
  }

  private func manifest(_ files: PackageFiles) -> String {
    String(decoding: files.bytes(of: "imsmanifest.xml") ?? [], as: UTF8.self)
  }

  @Test func `chosen items keep everything the package says about them`() throws {
    let whole = try #require(BankReader.read(package).bank)
    let (selected, found) = package.selecting(selection(["a1-01", "b9-02"]))
    let files = try #require(selected)
    #expect(found.isEmpty)
    let (read, diagnostics) = BankReader.read(files)
    let part = try #require(read)
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    #expect(part.items.map(\.id.rawValue) == ["a1-01", "b9-02"])
    for item in part.items { #expect(item == whole.item(item.id)) }
    #expect(part.title == whole.title)
    #expect(part.frameworks == whole.frameworks)
    // The test would miss items, and its blueprint the test.
    #expect(part.tests.isEmpty && part.blueprints.isEmpty)
  }

  @Test func `a scenario goes with its items and stays when none of them goes`() throws {
    let whole = try #require(BankReader.read(package).bank)
    let scenarios = { (items: [BankItem]) in items.map(\.id.rawValue) }
    let with = scenarios(whole.items.filter { $0.scenario != nil })
    let without = scenarios(whole.items.filter { $0.scenario == nil })
    #expect(!with.isEmpty && !without.isEmpty)
    let first = try #require(package.selecting(selection(Array(with.prefix(1)))).files)
    #expect(first.paths.contains("stimuli/s-sample.xml"))
    let second = try #require(package.selecting(selection(without)).files)
    #expect(!second.paths.contains("stimuli/s-sample.xml"))
  }

  @Test func `statistics stay at home when they are not to go`() throws {
    let (selected, _) = package.selecting(PackageSelection(includesUsage: false))
    let files = try #require(selected)
    #expect(!files.paths.contains { $0.hasPrefix("usage/") })
    let (bank, diagnostics) = BankReader.read(files)
    #expect(diagnostics.isEmpty)
    #expect(bank?.items.count == 6)
    #expect(bank?.tests.count == 1)
    #expect(bank?.items.allSatisfy { $0.parameters == nil } == true)
  }

  @Test func `statistics of items that are left stay behind`() throws {
    let files = try #require(package.selecting(selection(["a1-01"])).files)
    let usage = String(
      decoding: files.bytes(of: "usage/provisional-2026.xml") ?? [], as: UTF8.self)
    #expect(usage.contains("identifier=\"a1-01\""))
    #expect(!usage.contains("identifier=\"a1-02\"") && !usage.contains("identifier=\"b9-01\""))
    #expect(usage.contains("https://bianque.example/calibration/provisional-2026"))
  }

  @Test func `a package taken whole keeps the bytes of its manifest`() throws {
    let files = try #require(package.selecting().files)
    #expect(files.bytes(of: "imsmanifest.xml") == package.bytes(of: "imsmanifest.xml"))
    // The glossary is for people; the manifest does not name it.
    #expect(Set(package.paths).subtracting(files.paths) == ["usage/glossary.md"])
  }

  @Test func `metadata we do not understand is written back with its namespaces`() throws {
    try Fixture.withPackage { folder in
      let foreign =
        "<x:note xmlns:x=\"urn:x\" xmlns:y=\"urn:y\" y:kind=\"a&amp;&quot;b&#10;c\" xml:lang=\"zh\">"
        + "1 &lt; 2 &amp; 3<plain xmlns=\"\"/></x:note>"
      try folder.replace(
        "<organizations/>", with: foreign + "<organizations/>", in: "imsmanifest.xml")
      let files = try #require(
        PackageFiles(folder: folder).selecting(selection(["a1-01"])).files)
      let text = manifest(files)
      #expect(
        text.contains(
          "<note xmlns=\"urn:x\" n1:kind=\"a&amp;&quot;b&#10;c\" xml:lang=\"zh\">"
            + "1 &lt; 2 &amp; 3<plain xmlns=\"\"/></note>"))
      #expect(text.contains("xmlns:n1=\"urn:y\""))
      // Written again it stays as it is.
      let again = try #require(files.selecting(PackageSelection(includesUsage: true)).files)
      #expect(manifest(again) == text)
      let third = try #require(files.selecting(selection(["a1-01"], usage: false)).files)
      #expect(manifest(third).contains("n1:kind=\"a&amp;&quot;b&#10;c\""))
    }
  }

  @Test func `an item that is not there gives no package`() {
    let (files, diagnostics) = package.selecting(selection(["a1-01", "z9-99"]))
    #expect(files == nil)
    #expect(diagnostics.map(\.code) == ["unknown-item"])
    #expect(diagnostics.first?.message.english.contains("z9-99") == true)
  }

  @Test func `a package without manifest gives none`() {
    let (files, diagnostics) = PackageFiles(["a.xml": []], name: "a").selecting()
    #expect(files == nil)
    #expect(diagnostics.map(\.code) == ["missing-file"])
  }
}

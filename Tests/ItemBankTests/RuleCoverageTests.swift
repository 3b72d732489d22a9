import Foundation
import TestSupport
import Testing

/// Every rule is applied, and every code of a rule has a test that provokes it.
struct RuleCoverageTests {
  private func texts(_ folder: String) throws -> [(name: String, text: String)] {
    let folder = Project.root.appending(path: folder)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.sorted()
      .map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
  }

  @Test func `every rule in its own file is applied`() throws {
    let list = try texts("Sources/ItemBank/Checking").first { $0.name == "ItemRule.swift" }
    let applied = try #require(list).text
    let rules = try texts("Sources/ItemBank/Checking/Checks").filter {
      $0.text.contains("Rule {")
    }
    #expect(rules.count > 40)
    for rule in rules {
      #expect(applied.contains(rule.name.dropLast(6) + "()"), "\(rule.name)")
    }
  }

  @Test func `every code of a rule is provoked by a test`() throws {
    let code = #/(?:\.warning|\.error|Diagnostic|fault)\(\s*"([a-z-]+)"/#
    let tests = try texts("Tests/ItemBankTests").map(\.text).joined()
    var codes: Set<String> = []
    for rule in try texts("Sources/ItemBank/Checking/Checks") {
      codes.formUnion(rule.text.matches(of: code).map { String($0.1) })
    }
    #expect(codes.count > 40)
    for code in codes.sorted() { #expect(tests.contains("\"\(code)\""), "\(code)") }
  }
}

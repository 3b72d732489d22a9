import Diagnostics
import Foundation
import ItemBank
import Testing

struct HostileFileTests {
  struct Entry: Decodable {
    var file: String
    var expect: String
    var code: String?
    var title: String?
    var cases: [ScoringTests.Cases.Case]?
    var mustNotContain: String?

    enum CodingKeys: String, CodingKey {
      case file, expect, code, title, cases
      case mustNotContain = "must_not_contain"
    }
  }

  struct Manifest: Decodable {
    var files: [Entry]
  }

  private func entries() throws -> [Entry] {
    let data = Data(try Fixture.bytes("qti/hostile/manifest.json"))
    return try JSONDecoder().decode(Manifest.self, from: data).files
  }

  @Test func `hostile files are refused with their code and harmless ones read`() throws {
    let entries = try entries()
    #expect(entries.count == 18)
    for entry in entries {
      let bytes = try Fixture.bytes("qti/hostile/\(entry.file)")
      let (item, diagnostics) = AssessmentItem.read(bytes: bytes, file: entry.file)
      let codes = diagnostics.filter { $0.severity == .error }.map(\.code)
      if entry.expect == "accept" {
        let item = try #require(item, "\(entry.file): \(codes)")
        #expect(codes.isEmpty)
        #expect(item.title == entry.title)
        for one in entry.cases ?? [] {
          #expect(try item.score(one.response)["SCORE"]?.number == one.expected["SCORE"])
        }
      } else {
        #expect(item == nil, "\(entry.file)")
        #expect(!codes.isEmpty, "\(entry.file)")
        if let code = entry.code { #expect(codes == [code], "\(entry.file)") }
        if let secret = entry.mustNotContain { #expect(!"\(diagnostics)".contains(secret)) }
      }
    }
  }

  @Test(arguments: [
    ("h01-xxe-file", "doctype"), ("h04-billion-laughs", "doctype"),
    ("h07-harmless-doctype", "doctype"), ("h12-utf8-declared-gb18030-bytes", "encoding"),
    ("h22-json", "not-xml"), ("h25-two-roots", "not-xml"), ("h50-deep-nesting", "too-deep"),
  ])
  func `a file that is no usable XML is refused for its own reason`(
    name: String, code: String
  ) throws {
    let bytes = try Fixture.bytes("qti/hostile/xml/\(name).xml")
    let (_, diagnostics) = AssessmentItem.read(bytes: bytes, file: name)
    #expect(diagnostics.map(\.code) == [code])
    #expect(diagnostics.first.map { $0.line > 0 } == true)
  }

  @Test func `an encoding fault is reported with its line`() throws {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n<b>"
    let bytes = Array(text.utf8) + [0xCC, 0xE2, 0xC4, 0xBF] + Array("</b></a>".utf8)
    let (_, diagnostics) = AssessmentItem.read(bytes: bytes, file: "a.xml")
    #expect(diagnostics.first?.code == "encoding")
    #expect(diagnostics.first?.line == 3)
  }

  @Test func `a file above 2 MB is not parsed`() {
    let bytes = Array("<a>".utf8) + [UInt8](repeating: 32, count: 2_000_000) + Array("</a>".utf8)
    #expect(
      AssessmentItem.read(bytes: bytes, file: "a.xml").diagnostics.map(\.code) == ["too-large"])
  }

  @Test(arguments: [
    ("", "not-xml"), ("<a>&nbsp;</a>", "undeclared-entity"), ("<p:a/>", "undeclared-prefix"),
    ("<a p:x=\"1\"/>", "undeclared-prefix"), ("<a/>", "unsupported-version"),
    ("<questestinterop/>", "unsupported-version"), ("<a", "not-xml"),
    ("<?xml version=\"1.0\" encoding=\"x-unknown\"?><a/>", "encoding"),
    (
      "<qti-assessment-stimulus xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\"/>",
      "unexpected-document"
    ),
  ])
  func `a document of another kind is named for what it is`(text: String, code: String) {
    let (item, diagnostics) = AssessmentItem.read(bytes: Array(text.utf8), file: "a.xml")
    #expect(item == nil)
    #expect(diagnostics.map(\.code) == [code])
  }

  @Test func `no prefix of a good file and no single changed byte crashes the reader`() throws {
    let bytes = Array(ItemText().text.utf8)
    for length in stride(from: 0, to: bytes.count, by: 7) {
      _ = AssessmentItem.read(bytes: Array(bytes.prefix(length)), file: "a.xml")
    }
    for place in bytes.indices {
      var changed = bytes
      changed[place] = UInt8(truncatingIfNeeded: place &* 31)
      _ = AssessmentItem.read(bytes: changed, file: "a.xml")
    }
  }

  @Test(arguments: [PairItem.match, .gapMatch, .hottext])
  func `no changed byte of an item with pairs or passages crashes reader or scorer`(text: PairItem)
    throws
  {
    let bytes = Array(text.text.utf8)
    for place in bytes.indices {
      var changed = bytes
      changed[place] = UInt8(truncatingIfNeeded: place &* 31)
      let item = AssessmentItem.read(bytes: changed, file: "a.xml").item
      if let item {
        _ = try item.score([:])
        _ = item.candidateContent(arrangements: ["RESPONSE": [SimpleChoice.ID(rawValue: "A")]])
      }
    }
  }

  @Test func `thousands of questions or variables are refused`() {
    var text = RuledItem.setting("<qti-null/>")
    text.body = (0..<201).map {
      "<p><qti-text-entry-interaction response-identifier=\"R\($0)\"/></p>"
    }.joined()
    #expect(text.read().codes == ["too-many-interactions"])
    text = RuledItem()
    text.declarations += (0..<500).map {
      "<qti-response-declaration identifier=\"V\($0)\" cardinality=\"single\" base-type=\"float\"/>"
    }.joined()
    #expect(text.read().codes.contains("too-many-variables"))
  }

  /// A file with as much of one thing as fits below the size limit.
  private func codes(_ start: String, _ repeated: String, _ count: Int, _ end: String) -> [String] {
    let text = ItemText().text.replacing(
      "<qti-item-body>",
      with: "<qti-item-body>" + start + String(repeating: repeated, count: count) + end)
    #expect(text.utf8.count < 2_000_000)
    return AssessmentItem.read(bytes: Array(text.utf8), file: "a.xml").diagnostics.map(\.code)
  }

  @Test func `an element with thousands of attributes is refused before it is parsed`() {
    // The names repeat, which is a fault of its own, but that is not looked for any more.
    #expect(codes("<p ", "a=\"1\" ", 300_000, "/>") == ["too-many-names"])
  }

  @Test func `thousands of namespaces in scope are refused`() {
    let element = { (level: Int) in
      "<d " + (0..<900).map { "xmlns:n\(level)-\($0)=\"u\"" }.joined(separator: " ") + ">"
    }
    let start = (0..<5).map(element).joined()
    let end = String(repeating: "</d>", count: 5)
    #expect(codes(start, "<n0-0:b/>", 100, end) == ["too-many-names"])
  }

  @Test func `a flood of faults is cut short`() {
    let codes = codes("", "<zz/>", 5_000, "")
    #expect(codes.filter { $0 == "removed-markup" }.count == 100)
    #expect(codes.contains("more-faults"))
  }

  @Test func `deep nesting around a question is walked once`() {
    let codes = codes(
      String(repeating: "<div>", count: 200) + "<p>", "<b>x</b>", 20_000,
      "</p>" + String(repeating: "</div>", count: 200))
    #expect(codes == [])
  }
}

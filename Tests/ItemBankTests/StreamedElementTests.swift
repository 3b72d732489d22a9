import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ItemBank

/// The children of a root, read one after the other.
struct StreamedElementTests {
  private func read(_ text: String) -> (root: XMLElement?, children: [String], codes: [String]) {
    var findings = Findings(file: "usage.xml")
    var children: [String] = []
    let root = XMLElement.parse(
      Array(text.utf8), limit: XMLElement.packageLimit, findings: &findings
    ) { children.append(String(describing: $0)) }
    return (root, children, findings.diagnostics.map(\.code))
  }

  private func tree(_ text: String) throws -> XMLElement {
    var findings = Findings(file: "usage.xml")
    return try #require(
      XMLElement.parse(Array(text.utf8), limit: XMLElement.packageLimit, findings: &findings))
  }

  @Test(arguments: [
    """
    <a xmlns="urn:one" xml:lang="zh-CN">前<b id="1">甲<c/>乙</b>
      <!-- a remark --><b xmlns="urn:two" xmlns:p="urn:three" p:x="&amp;"><p:d>丙</p:d></b>
      <?note this?><e/><![CDATA[<f>]]><g><![CDATA[<h>]]></g></a>
    """,
    "<a/>",
    "<a>only text</a>",
  ])
  func `children are those of the whole tree, with names, namespaces, texts and lines`(
    text: String
  ) throws {
    let whole = try tree(text)
    let streamed = read(text)
    let root = try #require(streamed.root)
    #expect(streamed.children == whole.elements.map { String(describing: $0) })
    #expect(root.elements.isEmpty)
    #expect([root.name, root.namespace] == [whole.name, whole.namespace])
    #expect(root.language == whole.language)
    #expect(root.line == whole.line)
  }

  @Test func `the shipped usage file has the same statistics in the tree and one by one`() throws {
    let file = Project.root.appending(path: "ItemBank/usage/provisional-2026.xml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let elements = try tree(text).elements.map { String(describing: $0) }
    #expect(elements.count > 1_000)
    #expect(read(text).children == elements)
  }

  @Test(arguments: ["<a><b/><b></a>", "<a><b/>&x;</a>", "<a><b/>", "<a><b/></a><c/>"])
  func `a fault after some children refuses the document`(text: String) {
    let streamed = read(text)
    #expect(streamed.root == nil)
    #expect(streamed.codes.count == 1)
  }

  @Test func `nothing of a usage file that breaks off is used, and only that is said`() {
    var findings = Findings(file: "usage.xml")
    let text = """
      <usageData><ordinaryStatistic name="IRT.GPCM.slope"><targetObject identifier="A"/>
      <value>fast</value></ordinaryStatistic>
      """
    let statistics = findings.usage(Array(text.utf8))
    #expect(statistics.items.isEmpty && statistics.calibrations.isEmpty)
    #expect(findings.diagnostics.count == 1)
    #expect(!findings.hasErrors(code: "number"))
  }

  @Test func `a large document is the same tree though it is copied while it is parsed`() throws {
    let entry =
      #"甲<b id="1">乙<c>丙</c><!-- a remark --><c xmlns="urn:two">&amp;</c></b> <![CDATA[<f>]]><e/>"#
    func document(_ count: Int) -> String {
      let list = String(repeating: entry, count: count)
      return "<a xmlns:p='urn:p'>前<p:b>\(list)后</p:b>中<b/></a>"
    }
    let (count, small) = (20_000, try tree(document(1)))
    #expect(document(count).utf8.count > 1_000_000)
    let large = try tree(document(count))
    #expect(large.children.count == 4 && large.elements.count == 2)
    let of = { (tree: XMLElement) in tree.elements[0].children.map { String(describing: $0) } }
    let expected = Array(repeatElement(of(small).dropLast(), count: count).joined())
    #expect(of(large) == expected + of(small).suffix(1))
    #expect(large.elements[0].namespace == "urn:p")
    #expect(large.elements[1].children.isEmpty)
  }
}

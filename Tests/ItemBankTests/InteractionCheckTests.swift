import Diagnostics
import ItemBank
import Testing

struct InteractionCheckTests {
  @Test(arguments: [
    PairItem.order, .match, .associate, .gapMatch, .hottext,
  ])
  func `a good item of each interaction has nothing to report`(text: PairItem) {
    #expect(text.read().codes == [])
  }

  private static let faults: [(PairItem, String, String, [String])] = [
    (PairItem.order, "identifier=\"C\"", "identifier=\"B\"", ["duplicate-identifier"]),
    (.order, "<qti-value>C<", "<qti-value>Z<", ["unknown-choice"]),
    (.match, "A C<", "A Z<", ["unknown-choice"]),
    (.match, "<qti-value>A C<", "<qti-value>C A<", ["reversed-pair"]),
    (.gapMatch, "T G1<", "G1 T<", ["reversed-pair"]),
    (.gapMatch, "T G1<", "K G1<", ["match-max"]),
    (.gapMatch, "identifier=\"G2\"", "identifier=\"K\"", ["duplicate-identifier"]),
    (.associate, "D C<", "A C<", ["match-max"]),
    (.associate, "max-associations=\"2\"", "max-associations=\"1\"", ["max-choices"]),
    (.hottext, "max-choices=\"2\"", "max-choices=\"1\"", ["max-choices"]),
    (.associate, "base-type=\"pair\"", "base-type=\"directedPair\"", ["base-type"]),
    (.order, "cardinality=\"ordered\"", "cardinality=\"multiple\"", ["cardinality"]),
    (.match, "cardinality=\"multiple\"", "cardinality=\"ordered\"", ["cardinality"]),
    (.order, "cardinality=\"ordered\"", "cardinality=\"record\"", ["unsupported-record"]),
    (
      .match, "response-identifier=\"RESPONSE\"", "response-identifier=\"R2\"",
      ["undeclared-response"]
    ),
    (.gapMatch, "qti-gap-text", "span", ["no-choices"]),
    (.hottext, "qti-hottext identifier", "qti-value identifier", ["not-xml"]),
  ]

  @Test(arguments: faults)
  func `a fault of an interaction has its own code`(
    text: PairItem, old: String, new: String, codes: [String]
  ) {
    let bytes = Array(text.text.replacing(old, with: new).utf8)
    let found = AssessmentItem.read(bytes: bytes, file: "t.xml").diagnostics.map(\.code)
    #expect(found.contains(codes[0]), "\(found)")
  }

  @Test(arguments: [
    ("extended-text", "unsupported-extended-text"), ("upload", "unsupported-upload"),
    ("portable-custom", "unsupported-pci"), ("hotspot", "unsupported-graphic"),
    ("graphic-order", "unsupported-graphic"), ("graphic-gap-match", "unsupported-graphic"),
    ("select-point", "unsupported-graphic"), ("drawing", "unsupported-interaction"),
    ("slider", "unsupported-interaction"), ("media", "unsupported-interaction"),
  ])
  func `each interaction outside the set is refused by its own message`(
    name: String, code: String
  ) {
    var text = PairItem.order
    text.interaction = "<qti-\(name)-interaction response-identifier=\"RESPONSE\"/>"
    let (item, codes) = text.read()
    #expect(item == nil)
    #expect(codes.filter { $0.hasPrefix("unsupported") } == [code])
  }

  @Test func `an interaction inside another is refused`() {
    var text = PairItem.hottext
    text.interaction = text.interaction.replacing(
      "<p>他", with: "<p><qti-text-entry-interaction response-identifier=\"R2\"/>他")
    #expect(text.read().codes.contains("nested-interaction"))
  }

  @Test func `an outcome that is a record is refused`() {
    var text = RuledItem.setting("<qti-null/>")
    text.outcomes += """
      <qti-outcome-declaration identifier="REC" cardinality="record"/>
      """
    #expect(text.read().codes == ["unsupported-record"])
  }

  @Test func `looking up needs a table`() {
    var text = RuledItem()
    text.processing = """
      <qti-lookup-outcome-value identifier="SCORE"><qti-variable identifier="R"/>\
      </qti-lookup-outcome-value>
      """
    #expect(text.read().codes == ["missing-lookup-table"])
  }

  @Test(arguments: [
    ("string", ["expression-type"]), ("integer", ["float-match"]), ("float", ["float-match"]),
  ])
  func `a comparison of values that are never equal is reported`(type: String, codes: [String]) {
    var text = RuledItem()
    text.processing = """
      <qti-response-condition><qti-response-if><qti-match><qti-variable identifier="R"/>\
      <qti-base-value base-type="\(type)">1</qti-base-value></qti-match><qti-exit-response/>\
      </qti-response-if></qti-response-condition>
      """
    let found = text.read()
    #expect(found.item != nil)
    #expect(Set(found.codes).isSuperset(of: codes))
  }
}

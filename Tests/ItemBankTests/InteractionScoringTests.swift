import Diagnostics
import Foundation
import ItemBank
import Testing

struct InteractionScoringTests {
  private func score(_ text: PairItem, _ response: String) throws -> Double? {
    let (item, codes) = text.read()
    return try #require(item, "\(codes)")
      .score(json: "{\"RESPONSE\":\(response)}")["SCORE"]?.number
  }

  private static let answers: [(PairItem, String, Double)] = [
    (PairItem.order, #"{"list":{"identifier":["A","B","C"]}}"#, 1.0),
    (.order, #"{"list":{"identifier":["A","B"]}}"#, 0),
    (.order, #"{"list":{"identifier":["C","B","A"]}}"#, 0),
    (.order, #"{"base":null}"#, 0), (.order, #"{"list":{"identifier":[]}}"#, 0),
    (.match, #"{"list":{"directedPair":[["B","D"],["A","C"]]}}"#, 1),
    (.match, #"{"list":{"directedPair":[["A","C"]]}}"#, 0),
    (.match, #"{"list":{"directedPair":[["A","C"],["B","C"]]}}"#, 0),
    (.match, #"{"list":{"directedPair":[["A","C"],["B","D"],["A","C"]]}}"#, 0),
    (.associate, #"{"list":{"pair":[["C","D"],["B","A"]]}}"#, 1),
    (.associate, #"{"list":{"pair":[["C","D"]]}}"#, 0),
    (.gapMatch, #"{"list":{"directedPair":[["T","G1"],["K","G2"]]}}"#, 1),
    (.gapMatch, #"{"list":{"directedPair":[["T","G1"],["T","G2"]]}}"#, 0),
    (.gapMatch, #"{"list":{"directedPair":[["G1","T"],["K","G2"]]}}"#, 0),
    (.hottext, #"{"list":{"identifier":["B","A"]}}"#, 1),
    (.hottext, #"{"list":{"identifier":["B"]}}"#, 0),
  ]

  @Test(arguments: answers)
  func `the answers of each interaction are compared with the key`(
    text: PairItem, response: String, expected: Double
  ) throws {
    #expect(try score(text, response) == expected)
  }

  private static let impossible: [(PairItem, String)] = [
    (PairItem.order, #"{"list":{"identifier":["Z"]}}"#),
    (.match, #"{"list":{"directedPair":[["A","Z"]]}}"#),
    (.match, #"{"list":{"directedPair":[["A","C"],["A","D"]]}}"#),
    (.match, #"{"list":{"pair":[["A","C"]]}}"#),
    (.associate, #"{"list":{"pair":[["A","B"],["A","C"]]}}"#),
    (.associate, #"{"list":{"pair":[["A","B"],["C","D"],["A","D"]]}}"#),
    (.gapMatch, #"{"list":{"directedPair":[["K","G1"],["K","G2"]]}}"#),
    (.gapMatch, #"{"list":{"directedPair":[["K","G9"]]}}"#),
    (.hottext, #"{"list":{"identifier":["A","B","C"]}}"#),
    (.hottext, #"{"base":{"identifier":"A"}}"#),
  ]

  @Test(arguments: impossible)
  func `an answer the interaction could not have given is refused`(text: PairItem, response: String)
  {
    #expect(throws: ResponseError.self) { try score(text, response) }
  }

  @Test(arguments: [
    (#"[["A","C"],["B","C"]]"#, 0.5), (#"[["A","D"],["B","C"]]"#, -1), (#"[["A","C"]]"#, 1.5),
    (#"[["A","C"],["B","D"]]"#, 2), (#"[["C","A"]]"#, -0.5), (#"[["A","D"],["A","D"]]"#, -0.5),
  ])
  func `unmapped pairs cost the default and the sum is clamped`(pairs: String, expected: Double)
    throws
  {
    var text = PairItem.match
    text.template = "map_response"
    text.mapping = """
      <qti-mapping lower-bound="-1" upper-bound="2" default-value="-0.5">\
      <qti-map-entry map-key="A C" mapped-value="1.5"/>\
      <qti-map-entry map-key="B D" mapped-value="1.5"/>\
      <qti-map-entry map-key="B C" mapped-value="-1"/></qti-mapping>
      """
    #expect(try score(text, "{\"list\":{\"directedPair\":\(pairs)}}") == expected)
  }

  @Test(arguments: [
    ("1", ResponseValue.single(.float(1))), (" -2.5e1\n", .single(.float(-25))), ("", .null),
    ("  ", .null), ("７２", nil), ("1,5", nil), ("0x10", nil), ("七十二", nil), ("inf", nil),
  ])
  func `a number is written with plain digits`(text: String, response: ResponseValue?) {
    let number = ResponseDeclaration(identifier: "R", cardinality: .single, baseType: .float)
    #expect(number.response(written: text) == response)
  }

  @Test func `a text is kept as written and an empty one is no answer`() {
    let text = ResponseDeclaration(identifier: "R", cardinality: .single, baseType: .string)
    #expect(text.response(written: " a ") == .single(.string(" a ")))
    #expect(text.response(written: "") == .null)
    let whole = ResponseDeclaration(identifier: "R", cardinality: .single, baseType: .integer)
    #expect(whole.response(written: "1.5") == nil)
    #expect(whole.response(written: " 7 ") == .single(.integer(7)))
  }

  @Test func `an empty text is NULL for a mapping whatever its bounds`() throws {
    var text = PairItem.order
    text.interaction = "<p><qti-text-entry-interaction response-identifier=\"RESPONSE\"/></p>"
    text.cardinality = "single"
    text.baseType = "string"
    text.correct = "<qti-value>甲</qti-value>"
    text.template = "map_response"
    text.mapping = """
      <qti-mapping lower-bound="1" upper-bound="2">\
      <qti-map-entry map-key="甲" mapped-value="2" case-sensitive="true"/></qti-mapping>
      """
    #expect(try score(text, #"{"base":{"string":""}}"#) == 0)
    #expect(try score(text, #"{"base":{"string":"乙"}}"#) == 1)
    #expect(try score(text, #"{"base":{"string":"甲"}}"#) == 2)
    #expect(throws: ResponseError.self) { try score(text, #"{"base":{"float":1}}"#) }
  }

  @Test(arguments: ["v2p1", "v2p2"])
  func `QTI 2 is scored by the same rules under its own names`(version: String) throws {
    let (item, codes) = RuledItem.read(
      version,
      """
      <responseDeclaration identifier="R1" cardinality="single" baseType="identifier">\
      <correctResponse><value>x</value></correctResponse></responseDeclaration>\
      <responseDeclaration identifier="R2" cardinality="ordered" baseType="identifier">\
      <correctResponse><value>a</value><value>b</value></correctResponse></responseDeclaration>\
      <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>\
      <outcomeDeclaration identifier="GRADE" cardinality="single" baseType="string">\
      <matchTable defaultValue="低"><matchTableEntry sourceValue="2" targetValue="高"/></matchTable>\
      </outcomeDeclaration><itemBody><object type="text/html" data="story.html">情境</object>\
      <p>在<inlineChoiceInteraction responseIdentifier="R1" shuffle="false">\
      <inlineChoice identifier="x">课前</inlineChoice><inlineChoice identifier="y">课后</inlineChoice>\
      </inlineChoiceInteraction>做。</p><orderInteraction responseIdentifier="R2" shuffle="true">\
      <simpleChoice identifier="a">甲</simpleChoice><simpleChoice identifier="b">乙</simpleChoice>\
      </orderInteraction></itemBody><responseProcessing><responseCondition><responseIf>\
      <match><variable identifier="R1"/><correct identifier="R1"/></match>\
      <setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/>\
      <baseValue baseType="float">1</baseValue></sum></setOutcomeValue></responseIf>\
      </responseCondition><responseCondition><responseIf><and><not><isNull>\
      <variable identifier="R2"/></isNull></not><match><variable identifier="R2"/>\
      <correct identifier="R2"/></match></and><setOutcomeValue identifier="SCORE"><sum>\
      <variable identifier="SCORE"/><baseValue baseType="integer">1</baseValue></sum>\
      </setOutcomeValue></responseIf></responseCondition><lookupOutcomeValue identifier="GRADE">\
      <variable identifier="SCORE"/></lookupOutcomeValue></responseProcessing>
      """)
    let read = try #require(item, "\(codes)")
    #expect(read.stimulusReferences.map(\.href) == ["story.html"])
    #expect(!"\(read.body)".contains("情境"))
    let both = try read.score(
      json: #"{"R1":{"base":{"identifier":"x"}},"R2":{"list":{"identifier":["a","b"]}}}"#)
    #expect(both["SCORE"]?.number == 2)
    #expect(both["GRADE"] == .single(.string("高")))
    let one = try read.score(json: #"{"R1":{"base":{"identifier":"x"}}}"#)
    #expect(one["SCORE"]?.number == 1)
    #expect(one["GRADE"] == .single(.string("低")))
  }

  @Test func `a scenario of QTI 2 is a page of HTML`() {
    let page = "<html><head><title>情境</title></head><body><p onclick=\"x()\">故事</p></body></html>"
    let (stimulus, diagnostics) = AssessmentStimulus.read(
      htmlBytes: Array(page.utf8), id: AssessmentStimulus.ID(rawValue: "s1"), file: "s.html")
    #expect(stimulus?.content.html == "<p>故事</p>")
    #expect(stimulus?.title == "情境")
    #expect(diagnostics.map(\.code) == ["removed-markup"])
  }
}

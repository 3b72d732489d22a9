import Foundation
import ItemBank
import Testing

/// The rules of the specification that engines get wrong, one test each.
struct ScoringTrapTests {
  private func score(_ text: RuledItem, _ json: String) throws -> OutcomeValue? {
    let (item, codes) = text.read()
    return try #require(item, "\(codes)").score(json: json)["SCORE"]
  }

  /// A choice of several with a mapping that rules read.
  private func mapped(_ mapping: String) -> RuledItem {
    var text = RuledItem()
    text.declarations = """
      <qti-response-declaration identifier="R" cardinality="multiple" base-type="identifier">\
      \(mapping)</qti-response-declaration>
      """
    text.body = """
      <qti-choice-interaction response-identifier="R" max-choices="0">\
      <qti-simple-choice identifier="A">甲</qti-simple-choice>\
      <qti-simple-choice identifier="B">乙</qti-simple-choice>\
      <qti-simple-choice identifier="C">丙</qti-simple-choice></qti-choice-interaction>
      """
    text.processing = """
      <qti-set-outcome-value identifier="SCORE"><qti-map-response identifier="R"/>\
      </qti-set-outcome-value>
      """
    return text
  }

  private let entry = #"<qti-map-entry map-key="A" mapped-value="2"/>"#

  @Test func `trap 1: NULL under map-response is 0 before the bounds`() throws {
    let text = mapped("<qti-mapping lower-bound=\"1\">\(entry)</qti-mapping>")
    #expect(try score(text, #"{"R":{"base":null}}"#)?.number == 0)
    #expect(try score(text, #"{"R":{"list":{"identifier":[]}}}"#)?.number == 0)
    #expect(try score(text, #"{"R":{"list":{"identifier":["B"]}}}"#)?.number == 1)
  }

  @Test func `trap 2: each unmapped answer costs the default and then the sum is clamped`() throws {
    let text = mapped("<qti-mapping lower-bound=\"-1\" default-value=\"-1\">\(entry)</qti-mapping>")
    #expect(try score(text, #"{"R":{"list":{"identifier":["A","B"]}}}"#)?.number == 1)
    #expect(try score(text, #"{"R":{"list":{"identifier":["A","B","C"]}}}"#)?.number == 0)
    #expect(try score(text, #"{"R":{"list":{"identifier":["B","C"]}}}"#)?.number == -1)
  }

  @Test func `trap 3: a repeated value is mapped once`() throws {
    let text = mapped("<qti-mapping default-value=\"-1\">\(entry)</qti-mapping>")
    #expect(try score(text, #"{"R":{"list":{"identifier":["A","A"]}}}"#)?.number == 2)
    #expect(try score(text, #"{"R":{"list":{"identifier":["B","B"]}}}"#)?.number == -1)
  }

  @Test func `trap 4: a pair is unordered and a directed pair is not`() throws {
    let associate = try #require(PairItem.associate.read().item)
    let json = #"{"RESPONSE":{"list":{"pair":[["B","A"],["C","D"]]}}}"#
    #expect(try associate.score(json: json)["SCORE"]?.number == 1)
    let match = try #require(PairItem.match.read().item)
    let forth = #"{"RESPONSE":{"list":{"directedPair":[["A","C"],["B","D"]]}}}"#
    #expect(try match.score(json: forth)["SCORE"]?.number == 1)
    let back = #"{"RESPONSE":{"list":{"directedPair":[["C","A"],["B","D"]]}}}"#
    #expect(try match.score(json: back)["SCORE"]?.number == 0)
  }

  @Test func `trap 5: an interpolation table takes the first entry not above the score`() throws {
    var text = RuledItem()
    text.outcomes += """
      <qti-outcome-declaration identifier="GRADE" cardinality="single" base-type="identifier">\
      <qti-interpolation-table default-value="none">\
      <qti-interpolation-table-entry source-value="90" include-boundary="false" target-value="A"/>\
      <qti-interpolation-table-entry source-value="60" target-value="B"/>\
      <qti-interpolation-table-entry source-value="0" target-value="C"/>\
      </qti-interpolation-table></qti-outcome-declaration>
      """
    text.processing = """
      <qti-lookup-outcome-value identifier="GRADE"><qti-variable identifier="R"/>\
      </qti-lookup-outcome-value>
      """
    let item = try #require(text.read().item)
    for (score, grade) in [(95.0, "A"), (90, "B"), (60, "B"), (59.5, "C"), (-1, "none")] {
      let outcomes = try item.score(["R": .single(.float(score))])
      #expect(outcomes["GRADE"] == .single(.identifier(grade)), "\(score)")
    }
  }

  @Test func `trap 6: a numeric outcome without a default starts at 0`() throws {
    var text = RuledItem()
    text.processing = """
      <qti-set-outcome-value identifier="SCORE"><qti-sum><qti-variable identifier="SCORE"/>\
      <qti-base-value base-type="float">1</qti-base-value></qti-sum></qti-set-outcome-value>
      """
    #expect(try score(text, "{}")?.number == 1)
  }

  @Test(arguments: [
    ("v2p1", "", 0.0), ("v2p2", "", 1), ("v2p2", "caseSensitive=\"true\"", 0),
    ("v2p1", "caseSensitive=\"false\"", 1),
  ])
  func `trap 7: letter case counts by version where an entry does not say`(
    version: String, attribute: String, score: Double
  ) throws {
    let (item, codes) = RuledItem.read(
      version,
      """
      <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"><mapping>\
      <mapEntry mapKey="Bloom" mappedValue="1" \(attribute)/></mapping></responseDeclaration>\
      <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>\
      <itemBody><p><textEntryInteraction responseIdentifier="RESPONSE"/></p></itemBody>\
      <responseProcessing template="map_response"/>
      """)
    let read = try #require(item)
    #expect(codes == (attribute.isEmpty ? ["case-sensitive"] : []))
    let response = #"{"RESPONSE":{"base":{"string":"BLOOM"}}}"#
    #expect(try read.score(json: response)["SCORE"]?.number == score)
  }

  @Test func `trap 8: a quotient by 0 is NULL and a condition that is NULL is false`() throws {
    var text = RuledItem()
    text.processing = """
      <qti-response-condition><qti-response-if><qti-gt><qti-divide>\
      <qti-base-value base-type="float">1</qti-base-value><qti-variable identifier="R"/>\
      </qti-divide><qti-base-value base-type="float">0</qti-base-value></qti-gt>\
      <qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">1</qti-base-value>\
      </qti-set-outcome-value></qti-response-if>\
      <qti-response-else><qti-set-outcome-value identifier="SCORE">\
      <qti-base-value base-type="float">2</qti-base-value></qti-set-outcome-value>\
      </qti-response-else></qti-response-condition>
      """
    #expect(try score(text, #"{"R":{"base":{"float":2}}}"#)?.number == 1)
    #expect(try score(text, #"{"R":{"base":{"float":0}}}"#)?.number == 2)
    #expect(try score(text, #"{"R":{"base":null}}"#)?.number == 2)
  }

  @Test func `trap 9: identifiers are collapsed and texts are not`() throws {
    var match = PairItem.match
    match.correct = "<qti-value>\n\t A   C\n</qti-value><qti-value>B D </qti-value>"
    let item = try #require(match.read().item)
    let json = #"{"RESPONSE":{"list":{"directedPair":[["A","C"],["B","D"]]}}}"#
    #expect(try item.score(json: json)["SCORE"]?.number == 1)
    var text = RuledItem()
    text.declarations = """
      <qti-response-declaration identifier="R" cardinality="single" base-type="string">\
      <qti-correct-response><qti-value> a b</qti-value></qti-correct-response>\
      </qti-response-declaration>
      """
    text.processing = """
      <qti-response-condition><qti-response-if><qti-match><qti-variable identifier="R"/>\
      <qti-correct identifier="R"/></qti-match><qti-set-outcome-value identifier="SCORE">\
      <qti-base-value base-type="float">1</qti-base-value></qti-set-outcome-value>\
      </qti-response-if></qti-response-condition>
      """
    #expect(try score(text, #"{"R":{"base":{"string":" a b"}}}"#)?.number == 1)
    #expect(try score(text, #"{"R":{"base":{"string":"a b"}}}"#)?.number == 0)
  }

  @Test func `trap 10: broken rules of real files are reported and not guessed at`() throws {
    var float = RuledItem()
    float.declarations = """
      <qti-response-declaration identifier="R" cardinality="single" base-type="float">\
      <qti-correct-response><qti-value>0.1</qti-value></qti-correct-response>\
      </qti-response-declaration>
      """
    float.processing = """
      <qti-response-condition><qti-response-if><qti-match><qti-variable identifier="R"/>\
      <qti-correct identifier="R"/></qti-match><qti-exit-response/></qti-response-if>\
      </qti-response-condition>
      """
    #expect(float.read().codes == ["float-match"])
    #expect(float.read().item != nil)
    #expect(mapped("").read().codes == ["missing-mapping"])
    var pair = PairItem.match
    pair.baseType = "identifier"
    #expect(pair.read().codes.contains("identifier"))
    #expect(pair.read().item == nil)
  }

  @Test func `trap 11: scoring is a function of the frozen item and the response alone`() throws {
    let text = mapped("<qti-mapping>\(entry)</qti-mapping>")
    let before = try #require(text.read().item)
    let after = try #require(
      mapped("<qti-mapping>\(entry.replacing("2", with: "3"))</qti-mapping>").read().item)
    #expect(before.contentHash != after.contentHash)
    let json = #"{"R":{"list":{"identifier":["A"]}}}"#
    #expect(try before.score(json: json)["SCORE"]?.number == 2)
    #expect(try after.score(json: json)["SCORE"]?.number == 3)
    #expect(try before.score(json: json)["SCORE"]?.number == 2)
  }
}

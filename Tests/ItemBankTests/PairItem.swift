import Diagnostics
import ItemBank

/// The text of an item whose answers are pairs or an order, put together from its parts.
struct PairItem {
  var interaction: String
  var cardinality = "multiple"
  var baseType: String
  var correct: String
  var mapping = ""
  var template = "match_correct"

  var text: String {
    """
    <qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="t1" \
    title="题目" adaptive="false" time-dependent="false">\
    <qti-response-declaration identifier="RESPONSE" cardinality="\(cardinality)" \
    base-type="\(baseType)"><qti-correct-response>\(correct)</qti-correct-response>\(mapping)\
    </qti-response-declaration>\
    <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>\
    <qti-item-body>\(interaction)</qti-item-body>\
    <qti-response-processing template="https://x.example/\(template).xml"/></qti-assessment-item>
    """
  }

  func read() -> (item: AssessmentItem?, codes: [String]) {
    let (item, diagnostics) = AssessmentItem.read(bytes: Array(text.utf8), file: "t.xml")
    return (item, diagnostics.map(\.code))
  }

  private static func choices(_ names: String, _ max: Int = 1) -> String {
    names.map {
      "<qti-simple-associable-choice identifier=\"\($0)\" match-max=\"\(max)\">选项\($0)"
        + "</qti-simple-associable-choice>"
    }.joined()
  }

  static let match = PairItem(
    interaction: """
      <qti-match-interaction response-identifier="RESPONSE" max-associations="3">\
      <qti-prompt>配对</qti-prompt><qti-simple-match-set>\(choices("AB"))</qti-simple-match-set>\
      <qti-simple-match-set>\(choices("CD", 2))</qti-simple-match-set></qti-match-interaction>
      """, baseType: "directedPair",
    correct: "<qti-value>A C</qti-value><qti-value>B D</qti-value>")

  static let associate = PairItem(
    interaction: """
      <qti-associate-interaction response-identifier="RESPONSE" max-associations="2">\
      <qti-prompt>配成对</qti-prompt>\(choices("ABCD"))</qti-associate-interaction>
      """, baseType: "pair", correct: "<qti-value>A B</qti-value><qti-value>D C</qti-value>")

  static let order = PairItem(
    interaction: """
      <qti-order-interaction response-identifier="RESPONSE" shuffle="true">\
      <qti-prompt>排序</qti-prompt>\
      <qti-simple-choice identifier="A">甲</qti-simple-choice>\
      <qti-simple-choice identifier="B">乙</qti-simple-choice>\
      <qti-simple-choice identifier="C">丙</qti-simple-choice></qti-order-interaction>
      """, cardinality: "ordered", baseType: "identifier",
    correct: "<qti-value>A</qti-value><qti-value>B</qti-value><qti-value>C</qti-value>")

  static let gapMatch = PairItem(
    interaction: """
      <qti-gap-match-interaction response-identifier="RESPONSE">\
      <qti-gap-text identifier="K" match-max="1">支架</qti-gap-text>\
      <qti-gap-text identifier="T" match-max="0">证据</qti-gap-text>\
      <p>先有<qti-gap identifier="G1"/>，再撤<strong>去<qti-gap identifier="G2"/></strong>。</p>\
      </qti-gap-match-interaction>
      """, baseType: "directedPair",
    correct: "<qti-value>T G1</qti-value><qti-value>K G2</qti-value>")

  static let hottext = PairItem(
    interaction: """
      <qti-hottext-interaction response-identifier="RESPONSE" max-choices="2">\
      <p>他<qti-hottext identifier="A">先看数据</qti-hottext>，后\
      <qti-hottext identifier="B">问学生</qti-hottext>，\
      <qti-hottext identifier="C">再布置</qti-hottext>。</p></qti-hottext-interaction>
      """, baseType: "identifier", correct: "<qti-value>A</qti-value><qti-value>B</qti-value>")
}

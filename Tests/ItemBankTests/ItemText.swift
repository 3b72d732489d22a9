import Diagnostics
import ItemBank

/// The text of a QTI item, put together from the parts a test is about.
struct ItemText {
  var root = #"identifier="t1" title="题目" adaptive="false" time-dependent="false""#
  var cardinality = "single"
  var declaration = """
    <qti-correct-response><qti-value>B</qti-value></qti-correct-response>
    """
  var outcomes = """
    <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
    """
  var interaction = #"response-identifier="RESPONSE" max-choices="1""#
  var body = ""
  var choices = """
    <qti-simple-choice identifier="A">甲</qti-simple-choice>
    <qti-simple-choice identifier="B">乙</qti-simple-choice>
    <qti-simple-choice identifier="C">丙</qti-simple-choice>
    """
  var processing = #"<qti-response-processing template="https://x.example/match_correct"/>"#

  var text: String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" \(root)>
    <qti-response-declaration identifier="RESPONSE" cardinality="\(cardinality)" \
    base-type="identifier">\(declaration)</qti-response-declaration>
    \(outcomes)
    <qti-item-body>\(body)<qti-choice-interaction \(interaction)>\
    <qti-prompt>问题？</qti-prompt>\(choices)</qti-choice-interaction></qti-item-body>
    \(processing)
    </qti-assessment-item>
    """
  }

  /// A multiple choice with a mapping.
  static func mapped(_ mapping: String) -> ItemText {
    var text = ItemText()
    text.cardinality = "multiple"
    text.declaration = mapping
    text.interaction = #"response-identifier="RESPONSE" max-choices="0""#
    text.processing = #"<qti-response-processing template="https://x.example/map_response.xml"/>"#
    return text
  }

  func read() -> (item: AssessmentItem?, codes: [String]) {
    let (item, diagnostics) = AssessmentItem.read(bytes: Array(text.utf8), file: "t.xml")
    return (item, diagnostics.map(\.code))
  }
}

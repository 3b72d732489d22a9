import Diagnostics
import Foundation
import ItemBank
import Testing

/// The text of an item with rules of its own, put together from the parts a test is about.
struct RuledItem {
  var declarations = #"""
    <qti-response-declaration identifier="R" cardinality="single" base-type="float"/>
    """#
  var outcomes = #"""
    <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
    """#
  var body = #"<p>数<qti-text-entry-interaction response-identifier="R"/></p>"#
  var processing = ""

  var text: String {
    """
    <qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="t1" \
    title="题目" adaptive="false" time-dependent="false">\(declarations)\(outcomes)\
    <qti-item-body>\(body)</qti-item-body>\
    <qti-response-processing>\(processing)</qti-response-processing></qti-assessment-item>
    """
  }

  func read() -> (item: AssessmentItem?, codes: [String]) {
    let (item, diagnostics) = AssessmentItem.read(bytes: Array(text.utf8), file: "t.xml")
    return (item, diagnostics.map(\.code))
  }

  /// Reads QTI 2 written out whole.
  static func read(_ version: String, _ content: String) -> (item: AssessmentItem?, codes: [String])
  {
    let text = """
      <assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_\(version)" identifier="t1" \
      title="题目" adaptive="false" timeDependent="false">\(content)</assessmentItem>
      """
    let (item, diagnostics) = AssessmentItem.read(bytes: Array(text.utf8), file: "t.xml")
    return (item, diagnostics.map(\.code))
  }

  /// An item that sets `X`, of a type, to an expression.
  static func setting(_ expression: String, type: String = "float") -> RuledItem {
    var text = RuledItem()
    text.outcomes += """
      <qti-outcome-declaration identifier="X" cardinality="single" base-type="\(type)"/>
      """
    text.processing = """
      <qti-set-outcome-value identifier="X">\(expression)</qti-set-outcome-value>
      """
    return text
  }
}

extension AssessmentItem {
  /// The outcomes of a response in the PCI JSON form.
  func score(json: String) throws -> [String: OutcomeValue] {
    try score(ResponseValue.responses(pciJSON: Data(json.utf8)))
  }
}

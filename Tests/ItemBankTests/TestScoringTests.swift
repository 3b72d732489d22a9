import Diagnostics
import ItemBank
import Testing

struct TestScoringTests {
  private func test(_ processing: String) throws -> AssessmentTest {
    let text = """
      <qti-assessment-test xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="t" \
      title="测验"><qti-outcome-declaration identifier="TOTAL" cardinality="single" \
      base-type="float"/><qti-outcome-declaration identifier="PLAN" cardinality="single" \
      base-type="float"/><qti-test-part identifier="p" navigation-mode="linear" \
      submission-mode="individual"><qti-assessment-section identifier="s1" title="" visible="true">\
      <qti-assessment-item-ref identifier="i1" href="a.xml" category="PLAN X">\
      <qti-weight identifier="W" value="3"/></qti-assessment-item-ref>\
      <qti-assessment-section identifier="s2" title="" visible="true">\
      <qti-assessment-item-ref identifier="i2" href="b.xml" category="ASSESS"/>\
      </qti-assessment-section></qti-assessment-section></qti-test-part>\
      <qti-outcome-processing>\(processing)</qti-outcome-processing></qti-assessment-test>
      """
    let (test, diagnostics) = AssessmentTest.read(bytes: Array(text.utf8), file: "t.xml")
    return try #require(test, "\(diagnostics.map(\.code))")
  }

  private func score(_ processing: String, _ responses: [String: String] = ["i1": "B", "i2": "B"])
    throws -> [String: OutcomeValue]
  {
    let item = try #require(ItemText().read().item)
    return try test(processing).score(
      items: ["i1": item, "i2": item],
      responses: responses.mapValues { ["RESPONSE": .choice(SimpleChoice.ID(rawValue: $0))] })
  }

  private func sum(_ attributes: String, into outcome: String = "TOTAL") -> String {
    """
    <qti-set-outcome-value identifier="\(outcome)"><qti-sum>\
    <qti-test-variables variable-identifier="SCORE" \(attributes)/></qti-sum>\
    </qti-set-outcome-value>
    """
  }

  @Test(arguments: [
    ("", 2.0), ("include-category=\"PLAN\"", 1), ("include-category=\"PLAN ASSESS\"", 2),
    ("exclude-category=\"X\"", 1), ("weight-identifier=\"W\"", 4),
    ("section-identifier=\"s2\"", 1), ("section-identifier=\"s1\"", 2),
    ("section-identifier=\"s2\" weight-identifier=\"W\"", 1),
  ])
  func `scores are added up by category, section and weight`(attributes: String, total: Double)
    throws
  {
    #expect(try score(sum(attributes))["TOTAL"]?.number == total)
  }

  @Test func `an item nobody answered counts as 0 and no item at all is NULL`() throws {
    #expect(try score(sum(""), ["i1": "B"])["TOTAL"]?.number == 1)
    #expect(try score(sum("include-category=\"NONE\""))["TOTAL"] == .null)
  }

  @Test func `an item's outcome is named by its reference`() throws {
    let processing = """
      <qti-outcome-condition><qti-outcome-if><qti-gt>\
      <qti-variable identifier="i1.SCORE" weight-identifier="W"/>\
      <qti-base-value base-type="float">2.5</qti-base-value></qti-gt>\
      <qti-set-outcome-value identifier="PLAN"><qti-base-value base-type="float">7</qti-base-value>\
      </qti-set-outcome-value><qti-exit-test/></qti-outcome-if></qti-outcome-condition>\(sum(""))
      """
    #expect(try score(processing)["PLAN"]?.number == 7)
    #expect(try score(processing)["TOTAL"]?.number == 0)
    #expect(try score(processing, ["i1": "A"])["PLAN"]?.number == 0)
  }

  @Test func `a missing item and an unknown reference are refused`() throws {
    let item = try #require(ItemText().read().item)
    let test = try test(sum(""))
    #expect(throws: TestScoringError.missingItem(reference: "i2")) {
      try test.score(items: ["i1": item], responses: [:])
    }
    #expect(throws: TestScoringError.unknownReference("i9")) {
      try test.score(items: ["i1": item, "i2": item], responses: ["i9": [:]])
    }
    #expect(throws: TestScoringError.response(reference: "i1", .unknownVariable("X"))) {
      try test.score(items: ["i1": item, "i2": item], responses: ["i1": ["X": .null]])
    }
  }
}

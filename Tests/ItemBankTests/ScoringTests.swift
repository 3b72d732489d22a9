import Foundation
import ItemBank
import Testing

struct ScoringTests {
  /// Items with responses and outcomes, as the manifests write them.
  struct Cases: Decodable {
    struct Item: Decodable {
      var file: String
      var cases: [Case]
    }

    struct Case: Decodable {
      var response: [String: ResponseValue]
      var expected: [String: Double]
    }

    var items: [Item]
  }

  @Test func `every checking case gets the outcomes worked out by hand`() throws {
    let data = Data(try Fixture.bytes("qti/cases/manifest.json"))
    let cases = try JSONDecoder().decode(Cases.self, from: data)
    #expect(cases.items.count == 10)
    for entry in cases.items {
      let bytes = try Fixture.bytes("qti/cases/\(entry.file)")
      let item = try #require(AssessmentItem.read(bytes: bytes, file: entry.file).item)
      for one in entry.cases {
        let outcomes = try item.score(one.response)
        for (name, expected) in one.expected {
          let value = try #require(outcomes[name]?.number)
          // The values are sums of a few decimals; 1e-9 is far above their rounding.
          #expect(abs(value - expected) < 1e-9, "\(entry.file) \(one.response)")
        }
      }
    }
  }

  private func score(_ text: ItemText, _ choices: [String]) throws -> Double? {
    let item = try #require(text.read().item)
    let response = ResponseValue.choices(choices.map { SimpleChoice.ID(rawValue: $0) })
    return try item.score(["RESPONSE": response])["SCORE"]?.number
  }

  @Test func `no answer to a mapping scores 0 although the lower bound is above 0`() throws {
    let text = ItemText.mapped(
      #"<qti-mapping lower-bound="1"><qti-map-entry map-key="A" mapped-value="2"/></qti-mapping>"#)
    #expect(try score(text, []) == 0)
    #expect(try score(text, ["B"]) == 1)
    let item = try #require(text.read().item)
    #expect(try item.score(["RESPONSE": .null])["SCORE"]?.number == 0)
    #expect(try item.score([:])["SCORE"]?.number == 0)
  }

  @Test func `each unmapped answer costs the default before the bounds apply`() throws {
    let text = ItemText.mapped(
      """
      <qti-mapping lower-bound="-1" upper-bound="1.5" default-value="-1">\
      <qti-map-entry map-key="A" mapped-value="2"/></qti-mapping>
      """)
    #expect(try score(text, ["A"]) == 1.5)
    #expect(try score(text, ["A", "B"]) == 1)
    #expect(try score(text, ["A", "B", "C"]) == 0)
    #expect(try score(text, ["B", "C"]) == -1)
  }

  @Test func `a repeated answer is mapped once`() throws {
    let text = ItemText.mapped(
      "<qti-mapping><qti-map-entry map-key=\"A\" mapped-value=\"2\"/></qti-mapping>")
    #expect(try score(text, ["A", "A"]) == 2)
  }

  @Test func `a mapping may have a lower bound only or an upper bound only`() throws {
    let entry = "<qti-map-entry map-key=\"A\" mapped-value=\"2\"/>"
    let upper = ItemText.mapped("<qti-mapping upper-bound=\"1\">\(entry)</qti-mapping>")
    #expect(try score(upper, ["A"]) == 1)
    let lower = ItemText.mapped(
      "<qti-mapping lower-bound=\"0\" default-value=\"-3\">\(entry)</qti-mapping>")
    #expect(try score(lower, ["B"]) == 0)
    #expect(try score(lower, ["A"]) == 2)
  }

  @Test func `a numeric outcome without a default starts at 0 and another at null`() throws {
    var text = ItemText()
    text.outcomes += """
      <qti-outcome-declaration identifier="N" cardinality="single" base-type="integer"/>
      <qti-outcome-declaration identifier="F" cardinality="single" base-type="identifier"/>
      <qti-outcome-declaration identifier="D" cardinality="single" base-type="float">\
      <qti-default-value><qti-value> 2.5 </qti-value></qti-default-value>\
      </qti-outcome-declaration>
      """
    let item = try #require(text.read().item)
    let outcomes = try item.score([:])
    #expect(outcomes["N"] == .single(.integer(0)))
    #expect(outcomes["F"] == .null)
    #expect(outcomes["D"] == .single(.float(2.5)))
    #expect(outcomes["SCORE"] == .single(.float(0)))
  }

  @Test func `a subset or a superset of the right answers is wrong`() throws {
    var text = ItemText.mapped(
      """
      <qti-correct-response><qti-value>A</qti-value><qti-value>B</qti-value>\
      </qti-correct-response>
      """)
    text.processing = "<qti-response-processing template=\"match_correct.xml\"/>"
    #expect(try score(text, ["B", "A"]) == 1)
    #expect(try score(text, ["A"]) == 0)
    #expect(try score(text, ["A", "B", "C"]) == 0)
    #expect(try score(text, ["A", "A"]) == 0)
  }

  @Test func `an integer SCORE is an integer`() throws {
    var text = ItemText()
    text.outcomes = """
      <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="integer"/>
      """
    let item = try #require(text.read().item)
    let outcomes = try item.score(["RESPONSE": .choice(SimpleChoice.ID(rawValue: "B"))])
    #expect(outcomes["SCORE"] == .single(.integer(1)))
  }

  @Test func `a response variable nobody touched has its default value`() throws {
    var text = ItemText()
    text.declaration += "<qti-default-value><qti-value>B</qti-value></qti-default-value>"
    let item = try #require(text.read().item)
    #expect(try item.score([:])["SCORE"]?.number == 1)
    #expect(try item.score(["RESPONSE": .null])["SCORE"]?.number == 0)
  }

  @Test(arguments: [
    ("CC2_match", "B", 3.0, "B", "FEEDBACK"), ("CC2_match", "A", 0, "A", "FEEDBACK"),
    ("CC2_match_basic", "B", 3, "correct", "FEEDBACKBASIC"),
    ("CC2_match_basic", "C", 0, "incorrect", "FEEDBACKBASIC"),
    ("CC2_map_response", "A", 3, "correct", "FEEDBACK"),
    ("CC2_map_response", "B", 1, "incorrect", "FEEDBACK"),
  ])
  func `the templates of Common Cartridge give MAXSCORE and set feedback`(
    template: String, choice: String, score: Double, feedback: String, variable: String
  ) throws {
    var text = ItemText()
    text.declaration += """
      <qti-mapping><qti-map-entry map-key="A" mapped-value="3"/>\
      <qti-map-entry map-key="B" mapped-value="1"/></qti-mapping>
      """
    text.outcomes += """
      <qti-outcome-declaration identifier="MAXSCORE" cardinality="single" base-type="float">\
      <qti-default-value><qti-value>3</qti-value></qti-default-value></qti-outcome-declaration>
      <qti-outcome-declaration identifier="\(variable)" cardinality="single" \
      base-type="identifier"/>
      """
    text.processing = """
      <qti-response-processing template="http://purl.imsglobal.org/x/rptemplates/\(template).xml"/>
      """
    let item = try #require(text.read().item)
    let outcomes = try item.score(["RESPONSE": .choice(SimpleChoice.ID(rawValue: choice))])
    #expect(outcomes["SCORE"]?.number == score)
    #expect(outcomes[variable] == .single(.identifier(feedback)))
  }
}

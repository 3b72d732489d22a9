import ItemBank
import Testing

struct RuleTests {
  private func float(_ number: String) -> String {
    "<qti-base-value base-type=\"float\">\(number)</qti-base-value>"
  }

  @Test func `depth and size of the rules are bounded`() {
    let deep =
      String(repeating: "<qti-not>", count: 150) + "<qti-null/>"
      + String(repeating: "</qti-not>", count: 150)
    #expect(RuledItem.setting(deep).read().codes == ["processing-too-large"])
    let large =
      "<qti-multiple>" + String(repeating: "<qti-null/>", count: 5_000) + "</qti-multiple>"
    #expect(RuledItem.setting(large).read().codes == ["processing-too-large"])
  }

  @Test func `a container that doubles over and over ends as NULL`() throws {
    var text = RuledItem()
    text.outcomes += """
      <qti-outcome-declaration identifier="L" cardinality="multiple" base-type="integer">\
      <qti-default-value><qti-value>1</qti-value></qti-default-value></qti-outcome-declaration>
      """
    let twice = "<qti-variable identifier=\"L\"/><qti-variable identifier=\"L\"/>"
    text.processing = String(
      repeating: """
        <qti-set-outcome-value identifier="L"><qti-multiple>\(twice)</qti-multiple>\
        </qti-set-outcome-value>
        """, count: 60)
    let item = try #require(text.read().item)
    #expect(try item.score([:])["L"] == .null)
  }

  @Test func `exit ends all rules and else if follows if`() throws {
    var text = RuledItem()
    let set = { (value: String) in
      "<qti-set-outcome-value identifier=\"SCORE\">\(float(value))</qti-set-outcome-value>"
    }
    let isMore = { (value: String) in
      "<qti-gt><qti-variable identifier=\"R\"/>\(float(value))</qti-gt>"
    }
    text.processing = """
      \(set("9"))<qti-response-condition>\
      <qti-response-if>\(isMore("10"))\(set("3"))<qti-exit-response/></qti-response-if>\
      <qti-response-else-if>\(isMore("5"))\(set("2"))</qti-response-else-if>\
      <qti-response-else>\(set("1"))<qti-response-condition><qti-response-if>\
      <qti-is-null><qti-variable identifier="R"/></qti-is-null><qti-exit-response/>\
      </qti-response-if></qti-response-condition></qti-response-else></qti-response-condition>\
      <qti-set-outcome-value identifier="SCORE"><qti-sum><qti-variable identifier="SCORE"/>\
      \(float("0.5"))</qti-sum></qti-set-outcome-value>
      """
    let item = try #require(text.read().item)
    #expect(try item.score(json: #"{"R":{"base":{"float":11}}}"#)["SCORE"]?.number == 3)
    #expect(try item.score(json: #"{"R":{"base":{"float":6}}}"#)["SCORE"]?.number == 2.5)
    #expect(try item.score(json: #"{"R":{"base":{"float":5}}}"#)["SCORE"]?.number == 1.5)
    #expect(try item.score([:])["SCORE"]?.number == 1)
  }
}

import Foundation
import ItemBank
import Testing

struct ResponseTests {
  private func response(_ json: String) throws -> ResponseValue {
    try ResponseValue(pciJSON: Data(json.utf8))
  }

  @Test func `the PCI form of every base type is read and written back`() throws {
    let forms = [
      #"{"base":null}"#, #"{"base":{"identifier":"B"}}"#, #"{"base":{"float":0.72}}"#,
      #"{"base":{"integer":3}}"#, #"{"base":{"boolean":true}}"#, #"{"base":{"string":" 空 格 "}}"#,
      #"{"base":{"point":[1,2]}}"#, #"{"base":{"pair":["A","B"]}}"#,
      #"{"base":{"directedPair":["P","F"]}}"#, #"{"base":{"uri":"https://a.example/b"}}"#,
      #"{"base":{"duration":1.5}}"#, #"{"list":{"identifier":["A","C"]}}"#,
      #"{"list":{"directedPair":[["P1","F1"],["P2","F2"]]}}"#, #"{"list":{"identifier":[]}}"#,
    ]
    for form in forms {
      let written = String(decoding: try response(form).pciJSON(), as: UTF8.self)
      #expect(written == form)
    }
  }

  @Test func `a pair has no direction and a directed pair has`() throws {
    #expect(
      try response(#"{"base":{"pair":["B","A"]}}"#) == response(#"{"base":{"pair":["A","B"]}}"#))
    #expect(
      try response(#"{"base":{"directedPair":["B","A"]}}"#)
        != response(#"{"base":{"directedPair":["A","B"]}}"#))
  }

  @Test(arguments: [
    "", "null", "[]", "7", #""B""#, "{}", #"{"base":{}}"#, #"{"base":"B"}"#, #"{"list":null}"#,
    #"{"base":{"identifier":7}}"#, #"{"base":{"identifier":null}}"#, #"{"base":{"colour":"B"}}"#,
    #"{"base":{"identifier":"B","string":"B"}}"#, #"{"list":{"identifier":"B"}}"#,
    #"{"base":null,"list":{"identifier":["B"]}}"#, #"{"base":{"integer":1.5}}"#,
    #"{"base":{"pair":["A"]}}"#, #"{"base":{"file":{"data":"","mime":"a/b"}}}"#,
    #"{"base":{"boolean":1}}"#, #"{"record":[]}"#,
  ])
  func `anything but the PCI form is refused`(json: String) {
    #expect(throws: ResponseError.malformed(variable: nil)) { try response(json) }
  }

  @Test func `a malformed response names its variable`() {
    let data = Data(#"{"R1":{"base":null},"R2":{"base":7}}"#.utf8)
    #expect(throws: ResponseError.malformed(variable: "R2")) {
      try ResponseValue.responses(pciJSON: data)
    }
  }

  @Test(arguments: [
    (#"{"OTHER":{"base":null}}"#, ResponseError.unknownVariable("OTHER")),
    (
      #"{"RESPONSE":{"base":{"identifier":"Z"}}}"#,
      .unknownChoice(variable: "RESPONSE", choice: "Z")
    ),
    (
      #"{"RESPONSE":{"list":{"identifier":["A"]}}}"#,
      .wrongCardinality(variable: "RESPONSE", expected: .single)
    ),
    (
      #"{"RESPONSE":{"base":{"string":"A"}}}"#,
      .wrongBaseType(variable: "RESPONSE", expected: .identifier, found: .string)
    ),
  ])
  func `a response that does not fit its declaration is refused`(
    json: String, error: ResponseError
  ) throws {
    let item = try #require(ItemText().read().item)
    #expect(throws: error) {
      try item.score(ResponseValue.responses(pciJSON: Data(json.utf8)))
    }
  }

  @Test func `more choices than allowed are refused and repeated ones count once`() throws {
    var text = ItemText.mapped(
      "<qti-mapping><qti-map-entry map-key=\"A\" mapped-value=\"1\"/></qti-mapping>")
    text.interaction = #"response-identifier="RESPONSE" max-choices="2""#
    let item = try #require(text.read().item)
    let choices = { (names: [String]) in
      ResponseValue.choices(names.map { SimpleChoice.ID(rawValue: $0) })
    }
    #expect(throws: ResponseError.tooManyChoices(variable: "RESPONSE", maximum: 2)) {
      try item.score(["RESPONSE": choices(["A", "B", "C"])])
    }
    #expect(try item.score(["RESPONSE": choices(["A", "B", "A"])])["SCORE"]?.number == 1)
    let single = ResponseValue.choice(SimpleChoice.ID(rawValue: "A"))
    #expect(throws: ResponseError.wrongCardinality(variable: "RESPONSE", expected: .multiple)) {
      try item.score(["RESPONSE": single])
    }
  }
}

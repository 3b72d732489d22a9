import ItemBank
import Testing

struct CandidateContentTests {
  private func group(_ text: PairItem) throws -> CandidateContent.Group {
    let item = try #require(text.read().item)
    guard case .group(let group) = try #require(item.candidateContent().parts.first) else {
      throw NoGroup()
    }
    return group
  }

  private struct NoGroup: Error {}

  private func controls(_ parts: [CandidateContent.Part]) -> [CandidateContent.Control] {
    parts.compactMap { part in
      if case .control(let control) = part { control } else { nil }
    }
  }

  private func labels(_ control: CandidateContent.Control) -> [String] {
    switch control.kind {
    case .select(let options), .radios(let options), .checkboxes(let options):
      options.map(\.label.text)
    case .mark(let option, _): [option.label.text]
    case .text: []
    }
  }

  @Test func `an order is asked for with a number for every choice`() throws {
    let group = try group(.order)
    #expect(group.task == .putInOrder)
    let controls = controls(group.parts)
    #expect(controls.map(\.field) == ["RESPONSE.1", "RESPONSE.2", "RESPONSE.3"])
    #expect(controls.map { $0.label?.text } == ["甲", "乙", "丙"])
    #expect(controls.allSatisfy { labels($0) == ["1", "2", "3"] })
  }

  @Test func `choices are shown in the order asked for`() throws {
    let item = try #require(PairItem.order.read().item)
    let content = item.candidateContent(
      arrangements: ["RESPONSE": ["C", "A"].map { SimpleChoice.ID(rawValue: $0) }])
    guard case .group(let group) = try #require(content.parts.first) else { throw NoGroup() }
    #expect(controls(group.parts).map { $0.label?.text } == ["丙", "甲", "乙"])
  }

  @Test func `a match is one select for every source`() throws {
    let group = try group(.match)
    #expect(group.task == .match)
    #expect(group.prompt?.text == "配对")
    let controls = controls(group.parts)
    #expect(controls.map { $0.label?.text } == ["选项A", "选项B"])
    #expect(controls.map(labels) == [["选项C", "选项D"], ["选项C", "选项D"]])
  }

  @Test func `pairs are made with two selects each`() throws {
    let controls = controls(try group(.associate).parts)
    #expect(controls.count == 4)
    #expect(labels(controls[0]).count == 4)
  }

  @Test func `gaps are selects in their text whose pieces join to well formed HTML`() throws {
    let group = try group(.gapMatch)
    let html = group.parts.map { part in
      if case .markup(let markup) = part { markup.html } else { "[]" }
    }.joined()
    #expect(html == "<p>先有[]，再撤<strong>去[]</strong>。</p>")
    #expect(controls(group.parts).map(\.field) == ["RESPONSE.1", "RESPONSE.2"])
    #expect(controls(group.parts).map(labels) == [["支架", "证据"], ["支架", "证据"]])
  }

  @Test func `passages are marks of one field`() throws {
    let group = try group(.hottext)
    #expect(group.task == .takeSeveral(maximum: 2))
    #expect(Set(controls(group.parts).map(\.field)) == ["RESPONSE"])
    #expect(controls(group.parts).flatMap(labels) == ["先看数据", "问学生", "再布置"])
  }

  @Test func `one choice is radios and several are checkboxes`() throws {
    let one = try #require(ItemText().read().item).candidateContent()
    guard case .group(let group) = try #require(one.parts.first) else { throw NoGroup() }
    guard case .radios = try #require(controls(group.parts).first).kind else { throw NoGroup() }
    let several = try #require(
      ItemText.mapped(
        "<qti-mapping><qti-map-entry map-key=\"A\" mapped-value=\"1\"/></qti-mapping>"
      )
      .read().item)
    guard case .group(let other) = try #require(several.candidateContent().parts.first) else {
      throw NoGroup()
    }
    #expect(other.task == .takeSeveral(maximum: 0))
  }

  @Test func `questions in a sentence keep the sentence around them`() throws {
    var text = RuledItem.setting("<qti-null/>")
    text.body = """
      <p>故事</p><p>约<qti-text-entry-interaction response-identifier="R" expected-length="4"/>%。</p>
      """
    let item = try #require(text.read().item)
    #expect(item.body.count == 2)
    let parts = item.candidateContent().parts
    #expect(parts.count == 4)
    let control = try #require(controls(parts).first)
    #expect(control.field == "R")
    #expect(
      control.kind
        == .text(CandidateContent.TextField(content: .decimal, expectedLength: 4)))
  }

  @Test func `nothing of keys is in what a candidate gets`() throws {
    var text = PairItem.match
    text.mapping = """
      <qti-mapping><qti-map-entry map-key="A C" mapped-value="7.25"/></qti-mapping>
      """
    let item = try #require(text.read().item)
    let content = "\(item.candidateContent())"
    #expect(!content.contains("7.25"))
    #expect(!content.contains("directedPair"))
  }
}

import ItemBank
import Testing

/// What was entered into the controls of an item, and the response it is.
struct EnteredResponsesTests {
  private func taken(_ choices: String...) -> [CandidateEntry] {
    choices.map { .taken(.choice(SimpleChoice.ID(rawValue: $0))) }
  }

  private func places(_ places: Int?...) -> [String: [CandidateEntry]] {
    [String: [CandidateEntry]](
      uniqueKeysWithValues: places.enumerated().compactMap { index, place in
        place.map { ("RESPONSE.\(index + 1)", [.taken(.place($0))]) }
      })
  }

  private func response(
    _ text: PairItem, _ entries: [String: [CandidateEntry]]
  ) throws -> ResponseValue? {
    let item = try #require(text.read().item)
    return try item.responses(entered: entries, in: item.candidateContent())["RESPONSE"]
  }

  private func reason(
    _ text: PairItem, _ entries: [String: [CandidateEntry]]
  ) throws -> EntryFault.Reason? {
    do {
      _ = try response(text, entries)
      return nil
    } catch let fault as EntryFault {
      return fault.reason
    }
  }

  @Test func `places make an order, whatever order the choices are shown in`() throws {
    #expect(
      try response(.order, places(2, 3, 1))
        == .list(.identifier, [.identifier("C"), .identifier("A"), .identifier("B")]))
  }

  @Test func `an order is complete or empty: what is missing, twice or skipped is named`() throws {
    #expect(try response(.order, [:]) == nil)
    #expect(try reason(.order, places(1, nil, 2)) == .placesMissing(1))
    #expect(try reason(.order, places(2, 2, 1)) == .placeTaken(2))
    var some = PairItem.order
    some.interaction = some.interaction.replacing(
      "shuffle=\"true\"", with: "shuffle=\"true\" min-choices=\"2\"")
    #expect(try reason(some, places(1, nil, 3)) == .placeSkipped(2))
    #expect(try response(some, places(2, nil, 1))?.identifiers == ["C", "A"])
  }

  @Test func `a match left half open is what it is, and counts as such`() throws {
    #expect(
      try response(.match, ["RESPONSE.2": taken("D")])
        == .list(.directedPair, [.directedPair("B", "D")]))
  }

  @Test func `a choice used more often than it may be is refused where it is used`() throws {
    let once = PairItem.associate
    let entries = [
      "RESPONSE.1": taken("A"), "RESPONSE.2": taken("B"), "RESPONSE.3": taken("A"),
      "RESPONSE.4": taken("C"),
    ]
    #expect(try reason(once, entries) == .usedTooOften(maximum: 1))
  }

  @Test func `half a pair and a choice paired with itself are refused by number`() throws {
    #expect(try reason(.associate, ["RESPONSE.3": taken("A")]) == .halfPair(2))
    #expect(
      try reason(.associate, ["RESPONSE.1": taken("A"), "RESPONSE.2": taken("A")])
        == .pairWithItself(1))
  }

  @Test func `more passages than asked for are refused, fewer are not`() throws {
    #expect(try reason(.hottext, ["RESPONSE": taken("A", "B", "C")]) == .tooMany(maximum: 2))
    #expect(try response(.hottext, ["RESPONSE": taken("B")])?.identifiers == ["B"])
  }

  @Test func `a gap holds the word that was chosen for it`() throws {
    #expect(
      try response(.gapMatch, ["RESPONSE.2": taken("K")])
        == .list(.directedPair, [.directedPair("K", "G2")]))
  }

  @Test(arguments: [PairItem.order, .match, .associate, .gapMatch, .hottext])
  func `a right answer shown again in the controls is entered as the same answer`(text: PairItem)
    throws
  {
    let item = try #require(text.read().item)
    let declaration = try #require(item.responseDeclarations.first)
    let right = ResponseValue.list(declaration.baseType, declaration.correctResponse)
    let content = item.candidateContent()
    let entries = content.entries(of: ["RESPONSE": right])
    #expect(try item.responses(entered: entries, in: content) == ["RESPONSE": right])
  }

  @Test func `a text is taken as written and a number has to be one`() throws {
    var text = RuledItem.setting("<qti-null/>")
    text.body = "<p>约<qti-text-entry-interaction response-identifier=\"R\"/>%。</p>"
    let item = try #require(text.read().item)
    let content = item.candidateContent()
    #expect(
      try item.responses(entered: ["R": [.written(" 12.5 ")]], in: content)
        == ["R": .single(.float(12.5))])
    #expect(throws: EntryFault(.notANumber, in: ["R"])) {
      try item.responses(entered: ["R": [.written("一半")]], in: content)
    }
    #expect(throws: EntryFault(.tooLong(maximum: AssessmentItem.longestText), in: ["R"])) {
      try item.responses(
        entered: ["R": [.written(String(repeating: "1", count: 501))]], in: content)
    }
    #expect(content.entries(of: ["R": .single(.float(12))]) == ["R": [.written("12")]])
  }

  @Test func `names of choices are exchanged in every kind of value`() throws {
    let other = { (name: String) in name == "A" ? "Z" : name }
    #expect(
      ResponseValue.list(.pair, [.pair("A", "B")]).renamed(other)
        == .list(.pair, [.pair("B", "Z")]))
    #expect(
      ResponseValue.single(.directedPair("A", "B")).renamed(other)
        == .single(.directedPair("Z", "B")))
    #expect(ResponseValue.single(.string("A")).renamed(other) == .single(.string("A")))
  }
}

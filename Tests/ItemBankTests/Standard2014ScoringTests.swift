import Competency
import ItemBank
import TestSupport
import Testing

/// Every answer to the items of the 2014 standard that are not single choices, tried out.
struct Standard2014ScoringTests {
  private let items: [BankItem]

  init() throws {
    items = try ShippedContent().bank.items.filter {
      $0.framework?.rawValue == "cn-2014" && !$0.item.asksForOneChoice
    }
  }

  /// Every answer a teacher can give to a question; of orders the whole ones.
  private func responses(_ interaction: Interaction) -> [ResponseValue] {
    let ids = interaction.choices.map(\.id)
    switch interaction {
    case .order:
      return permutations(ids).map { .choices($0) }
    case .match(let match):
      let targets = match.targets.map(\.id.rawValue)
      return permutations(targets).map { order in
        .list(
          .directedPair,
          zip(match.sources, order).map { .directedPair($0.id.rawValue, $1) })
      }
    case .inlineChoice:
      return ids.map { .choice($0) }
    case .choice(let choice):
      return subsets(ids, atMost: choice.maxChoices).map { .choices($0) }
    case .hottext(let hottext):
      return subsets(ids, atMost: hottext.maxChoices).map { .choices($0) }
    case .associate, .gapMatch, .textEntry:
      return []
    }
  }

  private func permutations<Element>(_ elements: [Element]) -> [[Element]] {
    guard !elements.isEmpty else { return [[]] }
    return elements.indices.flatMap { place -> [[Element]] in
      var rest = elements
      let first = rest.remove(at: place)
      return permutations(rest).map { [first] + $0 }
    }
  }

  private func subsets<Element>(_ elements: [Element], atMost count: Int) -> [[Element]] {
    (0..<(1 << elements.count)).map { mask in
      elements.indices.filter { mask >> $0 & 1 == 1 }.map { elements[$0] }
    }.filter { $0.count <= count }
  }

  private func scores(_ item: AssessmentItem) throws -> Set<Double> {
    var combined: [[String: ResponseValue]] = [[:]]
    for interaction in item.interactions {
      combined = combined.flatMap { known in
        responses(interaction).map { value in
          known.merging([interaction.responseIdentifier: value]) { $1 }
        }
      }
    }
    return Set(try combined.map { try #require(try item.score($0)["SCORE"]?.number) })
  }

  @Test func `every answer scores a whole number, and every category can be reached`() throws {
    #expect(items.count == 12)
    for item in items {
      let maximum = try #require(item.maximumCategory)
      // Of four pairs of four things three cannot be right alone, but a fifth thing may be taken.
      #expect(
        try scores(item.item) == Set((0...maximum).map(Double.init)), "\(item.id.rawValue)")
    }
  }

  @Test func `nothing answered scores nothing`() throws {
    for item in items {
      #expect(try item.item.score([:])["SCORE"]?.number == 0, "\(item.id.rawValue)")
    }
  }

  @Test func `the first and the last step count before the ones between`() throws {
    let item = try #require(items.first { $0.id.rawValue == "i-07" }).item
    let key = try #require(item.responseDeclaration("RESPONSE")?.correctResponse)
      .compactMap { value -> String? in
        if case .identifier(let identifier) = value { identifier } else { nil }
      }
    func score(_ order: [Int]) throws -> Double? {
      try item.score([
        "RESPONSE": .choices(order.map { SimpleChoice.ID(rawValue: key[$0]) })
      ])["SCORE"]?.number
    }
    #expect(try score([0, 1, 2, 3, 4]) == 4)
    #expect(try score([0, 1, 3, 2, 4]) == 3)
    #expect(try score([0, 2, 1, 3, 4]) == 2)
    #expect(try score([0, 4, 1, 2, 3]) == 1)
    #expect(try score([4, 3, 2, 1, 0]) == 0)
  }
}

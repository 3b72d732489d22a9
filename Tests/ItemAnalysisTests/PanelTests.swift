import ItemBank
import Psychometrics
import Testing

@testable import ItemAnalysis

/// What a panel's scores and judgements come to.
struct PanelTests {
  private static let choices = ["A", "B", "C"].map(SimpleChoice.ID.init(rawValue:))

  private func panel(_ scores: [[Int]]) -> PanelKeying? {
    var judges: [Int: [SimpleChoice.ID: Int]] = [:]
    for (judge, points) in scores.enumerated() {
      judges[judge + 1] = [SimpleChoice.ID: Int](
        zip(Self.choices, points), uniquingKeysWith: { $1 })
    }
    return PanelKeying(
      item: .init(rawValue: "i"), choices: Self.choices, maximum: 4, scores: judges)
  }

  @Test func `the key is the rounded mean, a half goes up, and dissent is kept by number`() throws {
    let keying = try #require(
      panel([[4, 0, 1], [4, 1, 2], [4, 0, 1], [4, 1, 2], [4, 0, 1], [3, 1, 4]]))
    #expect(keying.judgeCount == 6)
    #expect(keying.choices.map(\.key) == [4, 1, 2])
    #expect(abs(keying.choices[2].mean - 11.0 / 6) < 1e-12)
    // numpy.std(ddof=1)
    #expect(abs(keying.choices[2].deviation - 1.1690451944500122) < 1e-12)
    #expect(keying.choices[2].counts == [0, 3, 2, 0, 1])
    #expect(keying.choices[2].dissents == [.init(judge: 6, points: 4)])
    #expect(keying.choices[0].dissents.isEmpty && keying.choices[1].dissents.isEmpty)
    // Five of six hold A best; the sixth prefers C.
    #expect(abs(keying.bestShare - 5.0 / 6) < 1e-12)
    // The spread of C is above one point.
    #expect(!keying.isSettled)
    #expect(
      keying.differences(from: [Self.choices[0]: 4, Self.choices[1]: 1, Self.choices[2]: 1])
        .map(\.id) == [Self.choices[2]])
  }

  @Test func `a panel that agrees is settled, one judge fewer is not enough`() throws {
    let agreed = [[4, 0, 2], [4, 0, 2], [4, 1, 2], [4, 0, 1], [3, 0, 2], [4, 0, 3]]
    let whole = try #require(panel(agreed))
    #expect(whole.hasEnoughJudges && whole.hasBest && whole.isSettled)
    let few = try #require(panel(Array(agreed.dropLast())))
    #expect(!few.hasEnoughJudges && !few.isSettled)
    let flat = try #require(panel([[Int]](repeating: [3, 0, 2], count: 6)))
    #expect(!flat.hasBest && !flat.isSettled)
  }

  @Test func `a judge without a score for every choice is not counted, and no judge is no key`()
    throws
  {
    #expect(panel([]) == nil)
    let keying = try #require(panel([[4, 0, 2], [4, 0]]))
    #expect(keying.judgeCount == 1)
    #expect(keying.choices.map(\.deviation) == [0, 0, 0])
  }

  // Cut scores

  private static let models: [ResponseModel] = [-0.5, 0.2, 0.9].map { middle in
    .partialCredit(
      slope: 1.1,
      PartialCreditItem(slope: 1.1, stepLocations: [middle - 0.4, middle, middle + 0.5])
    )
  }
  private static let items = ["i1", "i2", "i3"].map(AssessmentItem.ID.init(rawValue:))

  private func judgements(_ said: [(judge: Int, round: Int, item: String, score: Double)])
    -> CutScoreJudgements
  {
    CutScoreJudgements(
      items: Self.items, models: Self.models,
      judgements: said.map {
        .init(judge: $0.judge, round: $0.round, item: $0.item, values: ["applying": $0.score])
      })
  }

  private func first(_ judges: ClosedRange<Int>) -> [(Int, Int, String, Double)] {
    judges.flatMap { judge in
      Self.items.enumerated().map { place, item in
        (judge, 1, item.rawValue, Double(10 + judge - 2 * place) / 10)
      }
    }
  }

  @Test func `what is not said again in the second round stands as it was said`() throws {
    var said = first(1...6)
    said.append((2, 2, "i2", 2.4))
    let judgements = judgements(said)
    #expect(judgements.expectations(of: "applying", upTo: 1)[2] == [1.2, 1.0, 0.8])
    #expect(judgements.expectations(of: "applying", upTo: 2)[2] == [1.2, 2.4, 0.8])
    let scores = judgements.expectations(of: "applying", upTo: 2).sorted { $0.key < $1.key }
    let expected = try Angoff.cut(judgements: scores.map(\.value), models: Self.models)
    #expect(judgements.angoff("applying", upTo: 2) == .cut(expected, judges: 6))
    #expect(judgements.angoff("applying", upTo: 1) != judgements.angoff("applying", upTo: 2))
  }

  @Test func `a judge who left half-way is left out, and too few judges give no border`() {
    var said = first(1...6)
    said.append((7, 1, "i1", 3))
    #expect(judgements(said).expectations(of: "applying", upTo: 1).keys.sorted() == Array(1...6))
    #expect(judgements(first(1...5)).angoff("applying", upTo: 2) == .tooFewJudges(5))
  }

  @Test func `the spread names nobody and needs three judges`() {
    let judgements = judgements(first(1...3))
    #expect(judgements.spread(of: Self.items[0], border: "applying", round: 1) == [1.1, 1.2, 1.3])
    #expect(
      self.judgements(first(1...2)).spread(of: Self.items[0], border: "applying", round: 1).isEmpty)
  }

  @Test func `bookmarks give the booklet's border`() throws {
    let marks = [3, 4, 4, 5, 4, 3]
    let judgements = CutScoreJudgements(
      items: Self.items, models: Self.models,
      judgements: marks.enumerated().map {
        .init(judge: $0.offset + 1, round: 1, item: "", values: ["applying": Double($0.element)])
      })
    let expected = try Bookmark(models: Self.models).cut(marks: marks)
    #expect(judgements.bookmark("applying") == .cut(expected, judges: 6))
  }

  @Test func `people move with the borders, up or down`() {
    let (low, high) = (
      AbilityCut(location: -0.4, standardError: 0.2), AbilityCut(location: 0.8, standardError: 0.2)
    )
    var shift = LevelShift(
      from: [low, high],
      to: [
        AbilityCut(location: -1, standardError: 0.1), AbilityCut(location: 1.2, standardError: 0.1),
      ])
    for ability in [-2.0, -0.7, -0.6, 0.0, 1.0, 2.0] {
      shift.add(CompositeAbility(mean: ability, standardError: 0.1))
    }
    #expect(shift.personCount == 6 && shift.raised == 2 && shift.lowered == 1)
  }
}

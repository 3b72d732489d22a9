import Competency
import Delivery
import ItemBank
import Psychometrics
import TestSupport
import Testing

struct GrowthComparisonTests {
  private let bank: Bank

  init() throws {
    bank = try ShippedContent().bank
  }

  private typealias Side = (
    result: TestResult, start: TestSession.Start, items: Set<AssessmentItem.ID>
  )

  private func side(
    _ start: TestSession.Start, _ manner: TestSession.Manner,
    avoiding seen: Set<AssessmentItem.ID> = []
  ) throws -> Side {
    var session = try TestSession(start: start, bank: bank, avoiding: seen)
    for event in session.events(in: manner, bank: bank) { try session.apply(event, bank: bank) }
    return (
      try #require(session.result(bank: bank)), start, Set(session.stages.flatMap(\.items))
    )
  }

  private func obstacle(_ before: Side, _ after: Side) -> GrowthComparison.Obstacle? {
    do throws(GrowthComparison.Obstacle) {
      _ = try GrowthComparison(before: before, after: after)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: ["A", "B", "C"])
  func `a second form asks nothing that the first has asked`(environment: String) throws {
    for seed in 0..<20 as Range<UInt64> {
      var start = Cast.wang(seed: seed, in: bank)
      start.environment = Environment.ID(rawValue: environment)
      let first = try side(start, .first)
      start.seed = seed + 1000
      var second = try TestSession(start: start, bank: bank, avoiding: first.items)
      #expect(first.items.isDisjoint(with: second.stages.flatMap(\.items)))
      while let stage = second.currentStage {
        try second.apply(.stageSubmitted(stage.number), bank: bank)
        if let selected = second.selectedStages(
          bank: bank, exposure: ItemExposure(), avoiding: first.items)
        {
          try second.apply(.stagesSelected(selected), bank: bank)
        }
      }
      #expect(first.items.isDisjoint(with: second.stages.flatMap(\.items)))
    }
  }

  @Test func `where no form is left without known items they come back`() throws {
    let all = Set(bank.items(of: bank.blueprints[0].test).map(\.id))
    let session = try TestSession(start: Cast.wang(in: bank), bank: bank, avoiding: all)
    #expect(session.stages.count == 4)
  }

  @Test func `each difference is that of the composites over the error of both`() throws {
    let before = try side(Cast.wang(in: bank), .weakest)
    let after = try side(Cast.wang(seed: 8, in: bank), .best, avoiding: before.items)
    let comparison = try GrowthComparison(before: before, after: after)
    let (first, second) = (before.result.overall, after.result.overall)
    let error =
      (first.standardError * first.standardError + second.standardError * second.standardError)
      .squareRoot()
    #expect(abs(comparison.overall.growth.difference - (second.ability - first.ability)) < 1e-15)
    #expect(abs(comparison.overall.growth.standardError - error) < 1e-15)
    #expect(comparison.overall.growth.verdict == .certain)
    #expect(comparison.repeatedItemCount == 0)
    #expect(comparison.dimensions.map(\.id) == before.result.dimensions.map(\.id))
    let back = try GrowthComparison(before: after, after: before)
    #expect(back.overall.growth.verdict == .none, "a fall is no growth")
    #expect(try GrowthComparison(before: before, after: before).repeatedItemCount == 16)
  }

  @Test func `what does not measure the same is not compared, and the reason is named`() throws {
    let before = try side(Cast.wang(in: bank), .first)
    let elsewhere = try side(Cast.li(in: bank), .first)
    #expect(obstacle(before, elsewhere) == .otherEnvironment)
    var other = before
    other.result.versions.measurement += "x"
    #expect(obstacle(before, other) == .otherMeasurement)
    other = before
    other.result.versions.calibration += "x"
    #expect(obstacle(before, other) == nil, "one bank is on one scale")
    other.result.versions.bank += "x"
    #expect(obstacle(before, other) == .otherCalibration)
    other.result.versions.calibration = before.result.versions.calibration
    #expect(obstacle(before, other) == nil)
    other = before
    other.result.evidence.removeLast(9)
    #expect(obstacle(other, before) == .tooFewAnswers)
    #expect(obstacle(before, other) == .tooFewAnswers)
    #expect(obstacle(before, before) == nil)
  }
}

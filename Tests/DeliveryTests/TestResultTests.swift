import Competency
import Delivery
import ItemBank
import TestSupport
import Testing

struct TestResultTests {
  private let bank: Bank

  init() throws {
    bank = try ShippedContent().bank
  }

  private func result(
    _ manner: TestSession.Manner, _ start: (Bank) -> TestSession.Start
  ) throws -> TestResult {
    var session = try TestSession(start: start(bank), bank: bank)
    for event in session.events(in: manner, bank: bank) { try session.apply(event, bank: bank) }
    return try #require(session.result(bank: bank))
  }

  @Test func `replayed from its events a session gives the same result to the last bit`() throws {
    let first = try result(.first) { Cast.li(in: $0) }
    let again = try result(.first) { Cast.li(in: $0) }
    #expect(first == again)
    for (one, other) in zip(first.points, again.points) {
      #expect(one.ability.bitPattern == other.ability.bitPattern)
      #expect(one.standardError.bitPattern == other.standardError.bitPattern)
    }
  }

  @Test func `who takes the best choices everywhere is above who takes the weakest`() throws {
    let (best, weakest) = (
      try result(.best) { Cast.zhao(in: $0) }, try result(.weakest) { Cast.zhao(in: $0) }
    )
    for (high, low) in zip(best.points, weakest.points) { #expect(high.ability > low.ability) }
    #expect(best.priorities.isEmpty)
    #expect(!weakest.priorities.isEmpty)
  }

  @Test func `at most five points are named, each asked about and needed or likely`() throws {
    let result = try result(.weakest) { Cast.wang(in: $0) }
    #expect((1...5).contains(result.priorities.count))
    for id in result.priorities {
      let point = try #require(result.points.first { $0.point == id })
      #expect(point.evidenceCount > 0)
      #expect(point.verdict == .needed || point.verdict == .likely)
    }
    #expect((1...result.priorities.count).contains(result.unorderedPriorityCount))
  }

  @Test func `what was not asked has no verdict, and what the teacher lacks is out of scope`()
    throws
  {
    let result = try result(.weakest) { Cast.wang(in: $0) }
    let framework = bank.frameworks[0]
    for (point, measured) in zip(framework.points, result.points) {
      #expect((measured.verdict == nil) == (measured.evidenceCount == 0))
      #expect(measured.isInScope == (point.environment.rawValue == "A"))
      if !measured.isInScope { #expect(measured.evidenceCount == 0) }
    }
  }

  @Test func `我不确定 counts as the lowest category and is kept apart`() throws {
    let (unsure, weakest) = (
      try result(.unsure) { Cast.li(in: $0) }, try result(.weakest) { Cast.li(in: $0) }
    )
    #expect(unsure.points.map(\.ability) == weakest.points.map(\.ability))
    #expect(unsure.evidence.allSatisfy { $0.isUnsure && $0.category == 0 })
    // Where there is no weakest choice to take, the cast says 我不确定 as well.
    let chosen = weakest.evidence.filter { bank.item($0.item)?.item.asksForOneChoice == true }
    #expect(!chosen.isEmpty && chosen.allSatisfy { !$0.isUnsure })
    #expect(unsure.points.allSatisfy { $0.misconceptions.isEmpty })
    #expect(weakest.points.contains { !$0.misconceptions.isEmpty })
  }

  @Test func `an item without an answer is left out, not counted as zero`() throws {
    var session = try TestSession(start: Cast.wang(in: bank), bank: bank)
    let item = session.stages[0].items[0]
    let best = try #require(TestSession.answer(to: item, in: .best, bank: bank))
    try session.apply(.responded(item: item, answer: best, sequence: 1), bank: bank)
    let result = try #require(session.result(bank: bank))
    #expect(result.evidence.map(\.item) == [item])
    #expect(result.overall.ability > bank.frameworks[0].measurement.priorMean)
  }

  @Test func `without any answer the result is the prior`() throws {
    let session = try TestSession(start: Cast.wang(in: bank), bank: bank)
    let result = try #require(session.result(bank: bank))
    let constants = bank.frameworks[0].measurement
    let variance =
      constants.generalVariance + constants.dimensionVariance + constants.environmentVariance
      + constants.specificVariance
    for point in result.points {
      #expect(point.ability == constants.priorMean)
      #expect(abs(point.standardError - variance.squareRoot()) < 1e-12)
      #expect(point.verdict == nil)
    }
    #expect(result.priorities.isEmpty)
  }

  @Test func `provisional parameters widen every point by the framework's variance`() throws {
    let result = try result(.first) { Cast.wang(in: $0) }
    #expect(result.isProvisional)
    let added = bank.frameworks[0].measurement.provisionalVariance
    #expect(result.points.allSatisfy { $0.standardError * $0.standardError > added })
  }

  @Test func `level probabilities sum to one and the whole lies among its dimensions`() throws {
    let result = try result(.first) { Cast.zhao(in: $0) }
    for composite in result.dimensions.map(\.composite) + [result.overall] {
      #expect(abs(composite.levelProbabilities.reduce(0, +) - 1) < 1e-12)
      #expect(composite.levelProbabilities.allSatisfy { $0 >= 0 })
    }
    let abilities = result.dimensions.map(\.composite.ability)
    #expect(try #require(abilities.min()) <= result.overall.ability)
    #expect(try #require(abilities.max()) >= result.overall.ability)
  }
}

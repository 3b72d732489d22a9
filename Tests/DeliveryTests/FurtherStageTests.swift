import Competency
import ItemBank
import Psychometrics
import TestSupport
import Testing

@testable import Delivery

/// One stage more on top of a finished test.
struct FurtherStageTests {
  private let bank: Bank
  private let framework: Framework

  init() throws {
    let content = try ShippedContent()
    bank = content.bank
    framework = content.bank.frameworks[0]
  }

  private func answer(_ session: inout TestSession, _ manner: TestSession.Manner) throws {
    for event in session.events(in: manner, bank: bank) { try session.apply(event, bank: bank) }
  }

  private func finished(_ start: TestSession.Start, _ manner: TestSession.Manner) throws
    -> TestSession
  {
    var session = try TestSession(start: start, bank: bank)
    try answer(&session, manner)
    return session
  }

  @Test(arguments: ["A", "B", "C"])
  func `it asks new items of the teacher's environments, none parallel to one that was asked`(
    environment: String
  ) throws {
    for seed in 0..<12 as Range<UInt64> {
      var start = Cast.wang(seed: seed, in: bank)
      start.environment = Environment.ID(rawValue: environment)
      let session = try finished(start, TestSession.Manner.allCases[Int(seed % 4)])
      let known = session.stages.flatMap(\.items)
      let further = try #require(
        session.furtherStage(bank: bank, exposure: ItemExposure(), avoiding: Set(known)))
      #expect(further.stage.number == 1)
      #expect(further.stage.items.count == 4)
      #expect(Set(known).isDisjoint(with: further.stage.items))
      let both = known + further.stage.items
      let families = both.compactMap { bank.item($0)?.parallelFamily }
      #expect(Set(families).count == families.count)
      let scenarios = (session.stages + [further.stage]).flatMap(\.groups).compactMap(\.stimulus)
      #expect(Set(scenarios).count == scenarios.count, "a scenario is read once")
      let included = Set(framework.environment(start.environment)?.includes ?? [])
      let points = further.stage.items.compactMap { bank.item($0)?.points.first }
      #expect(
        points.allSatisfy { framework.point($0).map { included.contains($0.environment) } == true })
    }
  }

  @Test func `its result is of both together, and the finished session's stays`() throws {
    let session = try finished(Cast.zhao(in: bank), .first)
    let first = try #require(session.result(bank: bank))
    let further = try #require(
      session.furtherStage(bank: bank, exposure: ItemExposure(), avoiding: []))
    var continued = TestSession(continuing: session, with: further.stage)
    #expect(continued.state == .interacting(stage: 1))
    #expect(continued.result(bank: bank) == first, "nothing is answered yet")
    try answer(&continued, .best)
    let both = try #require(continued.result(bank: bank))
    #expect(both.evidence.map(\.item) == first.evidence.map(\.item) + further.stage.items)
    #expect(Array(both.evidence.prefix(16)) == first.evidence)
    for (before, after) in zip(first.points, both.points) where before.isInScope {
      #expect(after.standardError < before.standardError + 0.02)
      #expect(after.evidenceCount >= before.evidenceCount)
    }
    #expect(session.result(bank: bank) == first)
    // Answers of the finished session cannot be changed from here.
    let old = session.stages[0].items[0]
    #expect(throws: SessionError.itemNotPresented(old.rawValue)) {
      try continued.apply(.responded(item: old, answer: .unsure, sequence: 99), bank: bank)
    }
  }

  @Test func `two can follow, and then no more`() throws {
    var session = try finished(Cast.li(in: bank), .weakest)
    var items = Set(session.stages.flatMap(\.items))
    for number in 1...TestSession.furtherStageLimit {
      let further = try #require(
        session.furtherStage(bank: bank, exposure: ItemExposure(), avoiding: []))
      #expect(items.isDisjoint(with: further.stage.items))
      items.formUnion(further.stage.items)
      var next = TestSession(continuing: session, with: further.stage)
      try answer(&next, .weakest)
      #expect(next.furtherStages == number)
      #expect(Set(next.givenStages.flatMap(\.items)) == items)
      session = next
    }
    #expect(session.furtherStage(bank: bank, exposure: ItemExposure(), avoiding: []) == nil)
  }

  @Test func `none follows what is open, what was drawn, or a bank that the teacher knows`() throws
  {
    var session = try TestSession(start: Cast.wang(in: bank), bank: bank)
    #expect(session.furtherStage(bank: bank, exposure: ItemExposure(), avoiding: []) == nil)
    try answer(&session, .first)
    let all = Set(bank.items.map(\.id))
    #expect(session.furtherStage(bank: bank, exposure: ItemExposure(), avoiding: all) == nil)
    var drawn = try #require(bank.blueprint(of: session.start.test))
    drawn.selection = nil
    let other = Bank(
      version: bank.version, title: bank.title, frameworks: bank.frameworks, items: bank.items,
      stimuli: bank.stimuli, tests: bank.tests, blueprints: [drawn])
    #expect(session.furtherStage(bank: other, exposure: ItemExposure(), avoiding: []) == nil)
  }

  @Test func `the same session is offered the same stage with the same expectation`() throws {
    let session = try finished(Cast.wang(seed: 5, in: bank), .first)
    let offers = (0..<2).map { _ in
      session.furtherStage(bank: bank, exposure: ItemExposure(), avoiding: [])
    }
    #expect(offers[0] != nil && offers[0] == offers[1])
    let offer = try #require(offers[0])
    #expect(offer.before == (try #require(session.result(bank: bank))).unclearPoints)
    #expect(offer.expectedUnclear >= 0)
    // Four items can be about a handful of points each.
    #expect(offer.expectedUnclear < Double(offer.before.count) + 1)
  }

  /// The probability by adding up thin slices of what may be believed, not by its closed form.
  @Test func `the chance of a clear verdict is the sum over what may come to be believed`() throws {
    let session = try finished(Cast.zhao(seed: 11, in: bank), .first)
    let further = try #require(
      session.furtherStage(bank: bank, exposure: ItemExposure(), avoiding: []))
    let posterior = SessionEvidence(session: session, bank: bank, framework: framework).posterior
    var expected = posterior
    for place in 0..<posterior.count {
      expected.covariance[place * posterior.count + place] *= 0.3 + 0.02 * Double(place)
    }
    #expect(!further.stage.items.isEmpty)
    let forecast = ClarityForecast(
      posterior: posterior, expected: expected, framework: framework, isProvisional: true)
    let constants = framework.measurement
    for place in 0..<posterior.count {
      let after = expected.variance(ofPoint: place)
      let spread = (posterior.variance(ofPoint: place) - after).squareRoot()
      var sum = 0.0
      for slice in -4000...4000 {
        let z = Double(slice) * 0.002
        let probability = Normal.probability(
          below: constants.target, mean: posterior.mean[place] + spread * z,
          variance: after + constants.provisionalVariance
            + constants.targetStandardError * constants.targetStandardError)
        if GapVerdict(probabilityBelowTarget: probability) != .uncertain {
          sum += Normal.density(z) * 0.002
        }
      }
      #expect(abs(sum - forecast.clearProbability(at: place)) < 0.002)
    }
    #expect(abs(Normal.cumulative(ClarityForecast.likelyQuantile) - 0.60) < 1e-12)
    #expect(abs(Normal.cumulative(ClarityForecast.notNeededQuantile) - 0.80) < 1e-12)
  }
}

import Competency
import Delivery
import Foundation
import ItemBank
import Psychometrics
import TestSupport
import Testing

/// A result against the posterior put together from the framework's constants and the items'
/// parameters.
struct MeasuredResultTests {
  private let bank: Bank
  private let framework: Framework

  init() throws {
    bank = try ShippedContent().bank
    framework = bank.frameworks[0]
  }

  private func results() throws -> [TestResult] {
    try (0..<9 as Range<UInt64>).map { seed in
      let start =
        switch seed % 3 {
        case 0: Cast.wang(seed: seed, in: bank)
        case 1: Cast.li(seed: seed, in: bank)
        default: Cast.zhao(seed: seed, in: bank)
        }
      var session = try TestSession(start: start, bank: bank)
      for event in session.events(in: seed < 3 ? .first : .weakest, bank: bank) {
        try session.apply(event, bank: bank)
      }
      return try #require(session.result(bank: bank))
    }
  }

  private var prior: AbilityPrior {
    let constants = framework.measurement
    return AbilityPrior(
      mean: framework.points.map { _ in constants.priorMean },
      covariance: framework.points.flatMap { row in
        framework.points.map { column in
          constants.generalVariance
            + (row.dimension == column.dimension ? constants.dimensionVariance : 0)
            + (row.environment == column.environment ? constants.environmentVariance : 0)
            + (row.id == column.id ? constants.specificVariance : 0)
        }
      })
  }

  private func posterior(of result: TestResult) throws -> AbilityPosterior {
    var stories: [AssessmentStimulus.ID] = []
    let responses = try result.evidence.map { evidence in
      let item = try #require(bank.item(evidence.item))
      let parameters = try #require(item.parameters)
      var testlet: Int?
      if let story = item.scenario {
        if !stories.contains(story) { stories.append(story) }
        testlet = stories.firstIndex(of: story)
      }
      return ScoredResponse(
        loadings: framework.points.enumerated().compactMap { place, point in
          parameters.loadingShares[point.id].map {
            Loading(point: place, weight: parameters.slope * $0)
          }
        },
        model: PartialCreditItem(
          slope: parameters.slope, stepLocations: parameters.stepLocations), testlet: testlet,
        score: evidence.category)
    }
    let measured = AbilityPosterior.laplace(
      prior: prior, responses: responses, testletVariance: framework.measurement.testletVariance)
    return result.isProvisional
      ? measured.adding(variance: framework.measurement.provisionalVariance) : measured
  }

  private func below(_ bound: Double, _ mean: Double, _ variance: Double) -> Double {
    0.5 * erfc((mean - bound) / (2 * variance).squareRoot())
  }

  @Test func `points are those of the posterior, and the target's own error counts`() throws {
    let constants = framework.measurement
    let target = constants.targetStandardError * constants.targetStandardError
    #expect(target > 0 && constants.provisionalVariance > 0)
    for result in try results() {
      let posterior = try posterior(of: result)
      for (place, point) in result.points.enumerated() {
        #expect(abs(point.ability - posterior.mean[place]) < 1e-9)
        let variance = posterior.covariance[place * (framework.points.count + 1)]
        #expect(abs(point.standardError - variance.squareRoot()) < 1e-9)
        #expect(
          abs(
            point.probabilityBelowTarget
              - below(constants.target, posterior.mean[place], variance + target)) < 1e-9)
      }
    }
  }

  @Test func `some answers share a story, so that it is counted`() throws {
    let isShared = try results().contains { result in
      let stories = result.evidence.compactMap { bank.item($0.item)?.scenario }
      return Set(stories).count < stories.count
    }
    #expect(isShared)
  }

  @Test func `a composite is the mean of its points in scope, with what they share`() throws {
    let constants = framework.measurement
    let target = constants.targetStandardError * constants.targetStandardError
    let cuts = constants.levels.compactMap(\.cutScore)
    for result in try results() {
      let posterior = try posterior(of: result)
      let inScope = result.points.indices.filter { result.points[$0].isInScope }
      let parts =
        [(result.overall, inScope)]
        + framework.dimensions.enumerated().map { place, dimension in
          (
            result.dimensions[place].composite,
            inScope.filter { framework.points[$0].dimension == dimension.id }
          )
        }
      for (shown, points) in parts where !points.isEmpty {
        let count = Double(points.count)
        let mean = points.reduce(0) { $0 + posterior.mean[$1] } / count
        var variance = 0.0
        for row in points {
          for column in points {
            variance += posterior.covariance[row * framework.points.count + column] / count / count
          }
        }
        #expect(abs(shown.ability - mean) < 1e-9)
        #expect(abs(shown.standardError - variance.squareRoot()) < 1e-9)
        #expect(
          abs(shown.probabilityBelowTarget - below(constants.target, mean, variance + target))
            < 1e-9)
        let reached = cuts.map {
          below($0.location, mean, variance + $0.standardError * $0.standardError)
        }
        #expect(abs(shown.levelProbabilities[0] - reached[0]) < 1e-9)
      }
    }
  }

  @Test func `those of the first points whose order is not told apart are counted`() throws {
    var counts: Set<Int> = []
    for result in try results() where !result.priorities.isEmpty {
      let posterior = try posterior(of: result)
      let places = try result.priorities.map { id in
        try #require(framework.points.firstIndex { $0.id == id })
      }
      let size = framework.points.count
      let unordered = places.prefix { other in
        guard other != places[0] else { return true }
        let variance =
          posterior.covariance[places[0] * (size + 1)] + posterior.covariance[other * (size + 1)]
          - 2 * posterior.covariance[places[0] * size + other]
        return below(posterior.mean[other], posterior.mean[places[0]], variance)
          < GapVerdict.orderingProbability
      }
      #expect(result.unorderedPriorityCount == unordered.count)
      counts.insert(unordered.count)
    }
    #expect(!counts.isEmpty)
  }
}

struct GrowthTests {
  private func growth(_ difference: Double, _ first: Double, _ second: Double, linking: Double = 0)
    -> Growth
  {
    Growth(
      from: CompositeAbility(mean: 0.3, standardError: first),
      to: CompositeAbility(mean: 0.3 + difference, standardError: second),
      linkingStandardError: linking)
  }

  @Test func `the error of a difference is that of both measurements and of the link`() {
    // 0.2² + 0.3² + 0.6² = 0.7².
    #expect(abs(growth(0.5, 0.2, 0.3, linking: 0.6).standardError - 0.7) < 1e-15)
    #expect(abs(growth(0.5, 0.3, 0.4).standardError - 0.5) < 1e-15)
    #expect(abs(growth(0.5, 0.3, 0.4).difference - 0.5) < 1e-15)
  }

  @Test func `growth is likely from 80 per cent and certain from 95, one-sided`() {
    // The quantiles of the standard normal distribution: .8416 and 1.6449, of an error of .5.
    #expect(growth(0.5 * 0.8415, 0.3, 0.4).verdict == .none)
    #expect(growth(0.5 * 0.8417, 0.3, 0.4).verdict == .likely)
    #expect(growth(0.5 * 1.6448, 0.3, 0.4).verdict == .likely)
    #expect(growth(0.5 * 1.6449, 0.3, 0.4).verdict == .certain)
    #expect(growth(-2, 0.3, 0.4).verdict == .none)
  }
}

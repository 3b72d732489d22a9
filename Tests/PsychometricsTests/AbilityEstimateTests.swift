import Foundation
import Psychometrics
import Testing

struct AbilityEstimateTests {
  private func lsat7() throws -> (CalibrationOracle.Scores, [ResponseModel]) {
    let scores = try CalibrationOracle.scores()
    let models = try scores.parameters.map {
      ResponseModel.logistic(try LogisticItem(slope: $0[0], intercept: $0[1]))
    }
    return (scores, models)
  }

  private func responses(_ pattern: [Int], _ models: [ResponseModel]) -> [ItemResponse] {
    zip(models, pattern).map { ItemResponse(model: $0, score: $1) }
  }

  @Test func `EAP of all patterns of LSAT7 is mirt's`() throws {
    let (scores, models) = try lsat7()
    let prior = Quadrature.standardNormal(nodes: 121)
    let table = LogLikelihoodTable(items: models, prior: prior)
    for (place, pattern) in scores.patterns.enumerated() {
      let estimate = AbilityEstimate.expectedAPosteriori(
        responses(pattern, models), prior: prior)
      #expect(abs(estimate.ability - scores.eap[place]) < 1e-8)
      #expect(abs(estimate.standardError - scores.eapErrors[place]) < 1e-8)
      let tabulated = table.expectedAPosteriori(pattern)
      #expect(abs(tabulated.ability - estimate.ability) < 1e-13)
    }
  }

  /// mirt's search stops within 2e-6 of these roots (its own equations, solved to 1e-14 by another
  /// program, are that far from its output), and its errors are differences of differences.
  @Test func `MAP and WLE of all patterns of LSAT7 are mirt's`() throws {
    let (scores, models) = try lsat7()
    for (place, pattern) in scores.patterns.enumerated() {
      let answers = responses(pattern, models)
      let map = AbilityEstimate.maximumAPosteriori(answers)
      #expect(abs(map.ability - scores.map[place]) < 3e-6)
      #expect(abs(map.standardError - scores.mapErrors[place]) < 2e-5)
      let weighted = try #require(AbilityEstimate.weightedLikelihood(answers))
      #expect(abs(weighted.ability - scores.wle[place]) < 3e-6)
      #expect(abs(weighted.standardError - scores.wleErrors[place]) < 1e-4)
    }
  }

  @Test func `EAP is the integral, whatever the family`() throws {
    let answers = try ItemSamples.all().map { ItemResponse(model: $0, score: 1) }
    let estimate = AbilityEstimate.expectedAPosteriori(answers)
    // The trapezoid rule in steps of 1/1000 over ±12.
    var (mass, first, second) = (0.0, 0.0, 0.0)
    for step in -12000...12000 {
      let ability = Double(step) / 1000
      let logDensity = answers.reduce(-0.5 * ability * ability) {
        $0 + log($1.model.categoryProbabilities(at: ability)[$1.score])
      }
      let density = exp(logDensity)
      mass += density
      first += density * ability
      second += density * ability * ability
    }
    let mean = first / mass
    #expect(abs(estimate.ability - mean) < 1e-8)
    #expect(abs(estimate.standardError - (second / mass - mean * mean).squareRoot()) < 1e-8)
  }

  @Test func `no answers give the prior`() {
    let expected = AbilityEstimate.expectedAPosteriori([])
    #expect(abs(expected.ability) < 1e-12)
    #expect(abs(expected.standardError - 1) < 1e-6)
    let mode = AbilityEstimate.maximumAPosteriori([], mean: 0.5, standardDeviation: 2)
    #expect(mode == AbilityEstimate(ability: 0.5, standardError: 2))
    #expect(AbilityEstimate.maximumLikelihood([]) == nil)
    #expect(AbilityEstimate.weightedLikelihood([]) == nil)
  }

  @Test(arguments: [(1200, 0), (0, 1200), (600, 600)])
  func `a pattern whose likelihood underflows still has estimates`(
    right: Int, wrong: Int
  ) throws {
    let model = ResponseModel.logistic(try LogisticItem(slope: 1.7, intercept: 0))
    let answers =
      Array(repeating: ItemResponse(model: model, score: 1), count: right)
      + Array(repeating: ItemResponse(model: model, score: 0), count: wrong)
    let estimates = [
      AbilityEstimate.expectedAPosteriori(answers), .maximumAPosteriori(answers),
      try #require(.weightedLikelihood(answers)),
    ]
    for estimate in estimates {
      #expect(estimate.ability.isFinite)
      #expect(estimate.standardError >= 0)
      #expect(estimate.standardError.isFinite)
      #expect(right == wrong ? abs(estimate.ability) < 1e-9 : estimate.ability.magnitude > 1)
    }
  }

  @Test func `maximum likelihood has none for all-right patterns, and is a root otherwise`() throws
  {
    let (_, models) = try lsat7()
    #expect(AbilityEstimate.maximumLikelihood(responses([1, 1, 1, 1, 1], models)) == nil)
    #expect(AbilityEstimate.maximumLikelihood(responses([0, 0, 0, 0, 0], models)) == nil)
    let answers = responses([1, 0, 1, 1, 0], models)
    let estimate = try #require(AbilityEstimate.maximumLikelihood(answers))
    let slope = answers.reduce(0) { $0 + $1.model.curve(of: $1.score, at: estimate.ability).slope }
    #expect(abs(slope) < 1e-12)
  }

  @Test func `of several maxima the highest is taken`() throws {
    // A person who guessed: two hard items right, with a high asymptote, and easy ones wrong.
    let hard = ResponseModel.logistic(
      try LogisticItem(discrimination: 3, difficulty: 2.5, lowerAsymptote: 0.35))
    let easy = ResponseModel.logistic(try LogisticItem(discrimination: 2, difficulty: -1))
    let answers = [
      ItemResponse(model: hard, score: 1), ItemResponse(model: hard, score: 1),
      ItemResponse(model: easy, score: 0), ItemResponse(model: easy, score: 1),
    ]
    let estimate = try #require(AbilityEstimate.maximumLikelihood(answers))
    func height(_ ability: Double) -> Double {
      answers.reduce(0) { $0 + $1.model.curve(of: $1.score, at: ability).logProbability }
    }
    let best = (-800...800).map { Double($0) / 100 }.max { height($0) < height($1) }
    #expect(abs(estimate.ability - (try #require(best))) < 0.011)
  }

  @Test func `sums of scores have the probabilities of all their patterns`() throws {
    let models = Array(try ItemSamples.all().dropFirst(3).prefix(4))
    let prior = Quadrature.standardNormal(nodes: 41)
    let conversion = SumScoreConversion(items: models, prior: prior)
    // By hand: every pattern, its sum, and its probability at every node.
    var mass = [Double](repeating: 0, count: conversion.probabilities.count)
    var first = mass
    var pattern = [0, 0, 0, 0]
    while true {
      for (node, weight) in zip(prior.nodes, prior.weights) {
        let probability = zip(models, pattern).reduce(weight) {
          $0 * $1.0.categoryProbabilities(at: node)[$1.1]
        }
        mass[pattern.reduce(0, +)] += probability
        first[pattern.reduce(0, +)] += probability * node
      }
      guard let place = pattern.indices.first(where: { pattern[$0] < models[$0].maximumScore })
      else { break }
      pattern[place] += 1
      for earlier in 0..<place { pattern[earlier] = 0 }
    }
    for sum in mass.indices {
      #expect(abs(conversion.probabilities[sum] - mass[sum]) < 1e-13)
      #expect(abs(conversion.estimates[sum].ability - first[sum] / mass[sum]) < 1e-11)
    }
  }

  @Test func `every sum of 1,200 items has an ability, and abilities rise with sums`() throws {
    let models = try (0..<1200).map {
      ResponseModel.logistic(
        try LogisticItem(discrimination: 1.5, difficulty: -3 + 3 * Double($0) / 1200))
    }
    let conversion = SumScoreConversion(items: models, prior: .standardNormal(nodes: 7))
    let estimates = conversion.estimates
    #expect(estimates.count == 1201)
    #expect(estimates.allSatisfy { $0.ability.isFinite && $0.standardError.isFinite })
    #expect(zip(estimates, estimates.dropFirst()).allSatisfy { $0.ability <= $1.ability + 1e-9 })
  }
}

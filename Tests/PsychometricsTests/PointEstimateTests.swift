import Psychometrics
import Testing

/// Point estimates where the likelihood is not that of a slope and an intercept alone.
struct PointEstimateTests {
  private func height(_ answers: [ItemResponse], _ ability: Double, precision: Double) -> Double {
    answers.reduce(-0.5 * precision * ability * ability) {
      $0 + $1.model.curve(of: $1.score, at: ability).logProbability
    }
  }

  @Test func `the standard error is the curvature of what was maximised`() throws {
    let models = try ItemSamples.all()
    // Answers whose observed information is another than the expected one.
    let scores = [1, 0, 1, 1, 2, 2, 1, 2]
    let answers = zip(models, scores).map { ItemResponse(model: $0, score: $1) }
    let likely = try #require(AbilityEstimate.maximumLikelihood(answers))
    let probable = AbilityEstimate.maximumAPosteriori(answers, standardDeviation: 0.8)
    for (estimate, precision) in [(likely, 0), (probable, 1 / 0.64)] {
      let step = 1e-3
      let (below, here, above) = (
        height(answers, estimate.ability - step, precision: precision),
        height(answers, estimate.ability, precision: precision),
        height(answers, estimate.ability + step, precision: precision)
      )
      let curvature = (2 * here - above - below) / (step * step)
      #expect(abs(estimate.standardError * curvature.squareRoot() - 1) < 1e-5)
      let expected =
        answers.reduce(precision) { $0 + $1.model.information(at: estimate.ability) }
      #expect(abs(expected / curvature - 1) > 0.01)
    }
  }

  @Test(arguments: [3, 6])
  func `of a low and a high maximum the higher one is taken`(solved: Int) throws {
    // A person who guessed hard items, or who slipped on easy ones.
    let hard = ResponseModel.logistic(
      try LogisticItem(discrimination: 4, difficulty: 2, lowerAsymptote: 0.2))
    let easy = ResponseModel.logistic(try LogisticItem(discrimination: 1, difficulty: -1))
    let answers =
      [ItemResponse](repeating: ItemResponse(model: hard, score: 1), count: solved)
      + [0, 0, 0, 1, 1].map { ItemResponse(model: easy, score: $0) }
    let grid = (-800...800).map { Double($0) / 100 }
    let heights = grid.map { height(answers, $0, precision: 0) }
    let maxima = grid.indices.dropFirst().dropLast().filter {
      heights[$0] > heights[$0 - 1] && heights[$0] > heights[$0 + 1]
    }
    #expect(maxima.count == 2)
    let best = try #require(maxima.max { heights[$0] < heights[$1] })
    let estimate = try #require(AbilityEstimate.maximumLikelihood(answers))
    #expect(abs(estimate.ability - grid[best]) < 0.011)
  }
}

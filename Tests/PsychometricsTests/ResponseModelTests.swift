import Foundation
import Psychometrics
import Testing

struct ResponseModelTests {
  private let abilities = [-30, -6, -2.5, -0.3, 0, 0.8, 3, 6, 30.0]

  @Test func `the probabilities of all categories sum to 1`() throws {
    for model in try ItemSamples.all() {
      for ability in abilities {
        let sum = model.categoryProbabilities(at: ability).reduce(0, +)
        #expect(abs(sum - 1) < 1e-13, "\(model) at \(ability)")
      }
    }
  }

  @Test func `the derivatives of every category are those of finite differences`() throws {
    let step = 1e-4
    for model in try ItemSamples.all() {
      for ability in [-2.5, -0.3, 0, 0.8, 3] {
        for score in 0...model.maximumScore {
          let curve = model.curve(of: score, at: ability)
          let above = model.curve(of: score, at: ability + step).logProbability
          let below = model.curve(of: score, at: ability - step).logProbability
          let slope = (above - below) / (2 * step)
          let curvature = (above - 2 * curve.logProbability + below) / (step * step)
          #expect(abs(curve.slope - slope) < 1e-7)
          #expect(abs(curve.curvature - curvature) < 1e-5)
        }
      }
    }
  }

  @Test func `the information is the variance of the score function, whose mean is 0`() throws {
    for model in try ItemSamples.all() {
      for ability in [-2.5, -0.3, 0, 0.8, 3] {
        let curves = model.curves(at: ability)
        let mean = curves.reduce(0) { $0 + exp($1.logProbability) * $1.slope }
        // The expected curvature is the other form of the information.
        let expected = -curves.reduce(0) { $0 + exp($1.logProbability) * $1.curvature }
        #expect(abs(mean) < 1e-13)
        #expect(abs(model.information(at: ability) - expected) < 1e-12)
      }
    }
  }

  @Test func `far from the item both answers keep their relative precision`() throws {
    let item = try LogisticItem(slope: 2, intercept: 0)
    #expect(item.logProbability(of: false, at: 300) == -600)
    #expect(abs(item.logProbability(of: true, at: 20) / -exp(-40) - 1) < 1e-12)
    let graded = try GradedItem(slope: 1, intercepts: [0, -1e-9])
    // σ(0) − σ(−10⁻⁹) = 2.5 · 10⁻¹⁰.
    #expect(abs(exp(graded.curve(of: 1, at: 0).logProbability) / 2.5e-10 - 1) < 1e-8)
  }

  @Test func `slope and intercept, discrimination and difficulty are two views of one item`() throws
  {
    let item = try LogisticItem(discrimination: 1.6, difficulty: -0.75)
    #expect(abs(item.intercept - 1.2) < 1e-15)
    #expect(abs((item.difficulty ?? 0) + 0.75) < 1e-15)
    #expect(abs(item.probability(at: -0.75) - 0.5) < 1e-15)
    #expect(try LogisticItem(slope: 0, intercept: 1).difficulty == nil)
  }

  @Test(arguments: [(0.3, 0.3), (0.9, 0.2), (-0.1, 1), (0, 1.1)])
  func `asymptotes out of order are refused`(lower: Double, upper: Double) {
    #expect(throws: ItemParameterError.asymptotesOutOfOrder(lower: lower, upper: upper)) {
      try LogisticItem(slope: 1, intercept: 0, lowerAsymptote: lower, upperAsymptote: upper)
    }
  }

  @Test func `numbers that are no parameters are refused`() {
    #expect(throws: ItemParameterError.notFinite) { try LogisticItem(slope: .nan, intercept: 0) }
    #expect(throws: ItemParameterError.interceptsNotFalling) {
      try GradedItem(slope: 1, intercepts: [0, 0.5])
    }
    #expect(throws: ItemParameterError.noCategories) { try GradedItem(slope: 1, intercepts: []) }
    #expect(throws: ItemParameterError.noCategories) {
      try NominalItem(slopes: [0], intercepts: [0])
    }
  }
}

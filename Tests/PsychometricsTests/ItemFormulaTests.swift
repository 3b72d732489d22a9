import Foundation
import Testing

@testable import Psychometrics

/// Closed forms of one item against their definitions.
struct ItemFormulaTests {
  private static let items: [(slope: Double, intercept: Double, lower: Double, upper: Double)] = [
    (1.3, -0.4, 0, 1), (-0.7, 2, 0, 1), (1.8, 0.5, 0.2, 1), (2, -1, 0.1, 0.93), (1.1, 0.3, 0, 0.9),
  ]

  private func model(_ place: Int) throws -> LogisticItem {
    let item = Self.items[place]
    return try LogisticItem(
      slope: item.slope, intercept: item.intercept, lowerAsymptote: item.lower,
      upperAsymptote: item.upper)
  }

  @Test(arguments: items.indices)
  func `a right answer lies between the asymptotes as the logistic curve says`(place: Int) throws {
    let (item, model) = (Self.items[place], try model(place))
    for ability in [-4, -1.1, 0, 0.6, 3.2] {
      let logistic = 1 / (1 + exp(-item.slope * ability - item.intercept))
      let expected = item.lower + (item.upper - item.lower) * logistic
      #expect(abs(model.probability(at: ability) - expected) < 1e-15)
      #expect(
        abs(exp(model.curve(of: true, at: ability).logProbability) - expected) < 1e-14)
    }
  }

  @Test(arguments: items.indices)
  func `information is the squared rise of the probability over its binomial variance`(
    place: Int
  ) throws {
    let (item, model) = (Self.items[place], try model(place))
    for ability in [-4, -1.1, 0, 0.6, 3.2] {
      let logistic = 1 / (1 + exp(-item.slope * ability - item.intercept))
      let probability = item.lower + (item.upper - item.lower) * logistic
      let rise = (item.upper - item.lower) * item.slope * logistic * (1 - logistic)
      let expected = rise * rise / (probability * (1 - probability))
      #expect(abs(model.information(at: ability) / expected - 1) < 1e-12)
    }
  }

  @Test(arguments: items.indices)
  func `no ability of a range informs more than the bound, and one informs as much`(
    place: Int
  ) throws {
    let model = try model(place)
    for range in [-6.0...6, -1...(-0.5), 0.25...0.375, 2...5] {
      let width = range.upperBound - range.lowerBound
      let most =
        (0...20_000)
        .map { model.information(at: range.lowerBound + width * Double($0) / 20_000) }.max() ?? 0
      let bound = model.informationBound(within: range)
      #expect(most <= bound)
      // With an upper asymptote the bound is that of the item without one, at any ability.
      if Self.items[place].upper == 1 { #expect(bound < most * (1 + 1e-6)) }
    }
  }

  @Test func `the probability of what hardly ever happens keeps its digits`() {
    for logit in [-20.0, -40, -300, -700] {
      #expect(abs(Logistic.probability(logit) / exp(logit) - 1) < 1e-8)
    }
    #expect(abs(Logistic.probability(-40) / 4.248354255291589e-18 - 1) < 1e-14)
  }

  @Test func `the normal density is the rise of its cumulative probability`() {
    #expect(abs(Normal.density(0) - 1 / (2 * Double.pi).squareRoot()) < 1e-16)
    for z in [-3, -0.7, 0.2, 1.9] {
      #expect(abs(Normal.density(z) * (2 * Double.pi).squareRoot() / exp(-z * z / 2) - 1) < 1e-15)
      let rise = (Normal.cumulative(z + 1e-4) - Normal.cumulative(z - 1e-4)) / 2e-4
      #expect(abs(Normal.density(z) - rise) < 1e-8)
    }
  }
}

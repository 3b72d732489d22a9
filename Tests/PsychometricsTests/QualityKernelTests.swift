import Foundation
import Testing

@testable import Psychometrics

/// Pieces of the item statistics, each by another way.
struct QualityKernelTests {
  /// Cells of three outcomes by a matching score and a group.
  private static let cells: [OrdinalRegression.Cell] = (0..<6).flatMap { score in
    [0.0, 1].map { group in
      let matching = (Double(score) - 2.5) / 1.7
      let (place, shift) = (Double(score), 2 * group)
      return OrdinalRegression.Cell(
        predictors: [matching, group, matching * group],
        counts: [9 - place + shift, 6 + shift, 2 + 2 * place - 0.5 * shift])
    }
  }

  /// P(outcome ≥ k) = σ(τ_k + β·x), written out.
  private func logLikelihood(_ cells: [OrdinalRegression.Cell], _ parameters: [Double]) -> Double {
    cells.reduce(0) { sum, cell in
      let pull = zip(parameters.dropFirst(2), cell.predictors).reduce(0) { $0 + $1.0 * $1.1 }
      let reached = [1] + parameters.prefix(2).map { 1 / (1 + exp(-$0 - pull)) } + [0]
      return sum
        + zip(cell.counts, zip(reached, reached.dropFirst())).reduce(0) {
          $0 + $1.0 * log($1.1.0 - $1.1.1)
        }
    }
  }

  @Test(arguments: 0...3)
  func `a regression on three outcomes is the top of its likelihood`(predictors: Int) {
    let cells = Self.cells.map {
      OrdinalRegression.Cell(
        predictors: Array($0.predictors.prefix(predictors)), counts: $0.counts)
    }
    let found = OrdinalRegression(cells)
    #expect(found.isConverged)
    let top = logLikelihood(cells, found.parameters)
    #expect(abs(found.logLikelihood - top) < 1e-9)
    for place in found.parameters.indices {
      var (above, below) = (found.parameters, found.parameters)
      above[place] += 1e-4
      below[place] -= 1e-4
      let slope = (logLikelihood(cells, above) - logLikelihood(cells, below)) / 2e-4
      #expect(abs(slope) < 1e-4, "\(place)")
    }
  }

  @Test func `an effect is the rise of Nagelkerke's share`() throws {
    var generator = SeededGenerator(seed: 91)
    var (scores, matching, isFocal) = ([Int16](), [Int?](), [Bool?]())
    for person in 0..<600 {
      let level = generator.number(below: 6)
      let draw = generator.number(below: 12)
      let limit = 2 * level + (person % 2 == 0 ? 0 : 2)
      scores.append(draw < limit / 2 ? 2 : (draw < limit ? 1 : 0))
      matching.append(level)
      isFocal.append(person % 2 == 0)
    }
    let strata = StratifiedScores(
      scores: scores[...], matchingScores: matching, isFocal: isFocal)
    let found = try #require(LogisticFunctioning(strata))
    let known = matching.compactMap { $0 }.map(Double.init)
    let mean = known.reduce(0, +) / 600
    let deviation = (known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 600).squareRoot()
    func fit(_ count: Int) -> Double {
      OrdinalRegression(
        strata.strata.flatMap { stratum in
          [(stratum.reference, 0.0), (stratum.focal, 1)].map { counts, group in
            let score = (Double(stratum.matchingScore) - mean) / deviation
            return OrdinalRegression.Cell(
              predictors: Array([score, group, score * group].prefix(count)),
              counts: counts.map(Double.init))
          }
        }
      ).logLikelihood
    }
    let (empty, matched, whole) = (fit(0), fit(1), fit(3))
    // Nagelkerke (1991), Biometrika 78, 691–692: (1 − e^(2 (l₀ − l)/n)) / (1 − e^(2 l₀/n)).
    func share(_ value: Double) -> Double {
      (1 - exp(2 * (empty - value) / 600)) / (1 - exp(2 * empty / 600))
    }
    #expect(abs(found.effectSize - (share(whole) - share(matched))) < 1e-9)
    #expect(abs(found.any.chiSquare - 2 * (whole - matched)) < 1e-7)
    #expect(found.effectSize > 0.01)
  }

  @Test func `equal rest scores stand in the fifth of their middle`() {
    // Three of ten with 0, whose middle is at .15, and seven with 1, at .65.
    let scores: [Int16] = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]
    let rests = [0, 0, 0, 1, 1, 1, 1, 1, 1, 1]
    let analysis = OptionAnalysis(
      choices: scores, optionCount: 2, scores: scores[...],
      totals: zip(scores, rests).map { Int($0) + $1 })
    #expect(analysis.groupCounts == [3, 0, 0, 7, 0])
  }

  @Test func `Q3 is the correlation of what the model leaves`() throws {
    let models = try [-0.8, 0, 0.7].map {
      ResponseModel.logistic(try LogisticItem(discrimination: 1.3, difficulty: $0))
    }
    var generator = SeededGenerator(seed: 92)
    let abilities = (0..<120).map { Double($0 - 60) / 30 }
    let columns = models.map { model in
      abilities.map { ability -> Int16 in
        let right = model.categoryProbabilities(at: ability)[1]
        return Double(generator.next() >> 11) * 0x1p-53 < right ? 1 : 0
      }
    }
    let found = LocalDependence(
      ScoreTable(columns: columns), models: models, abilities: abilities)
    #expect(found.pairs.count == 3)
    for pair in found.pairs {
      let residuals = [pair.first, pair.second].map { item in
        zip(columns[item], abilities).map { score, ability in
          let difficulty = [-0.8, 0, 0.7][item]
          return Double(score) - 1 / (1 + exp(-1.3 * (ability - difficulty)))
        }
      }
      let means = residuals.map { $0.reduce(0, +) / 120 }
      func product(_ first: Int, _ second: Int) -> Double {
        zip(residuals[first], residuals[second]).reduce(0) {
          $0 + ($1.0 - means[first]) * ($1.1 - means[second])
        }
      }
      let expected = product(0, 1) / (product(0, 0) * product(1, 1)).squareRoot()
      #expect(abs(pair.correlation - expected) < 1e-12)
    }
  }

  @Test func `nineteen in twenty predicted mean squares lie in their band`() throws {
    // With the ability known, the mean square of 400 answers of probability p is nearly normal with
    // mean 1 and variance (μ₄ − v²)/(400 v²).
    let model = ResponseModel.logistic(try LogisticItem(slope: 1, intercept: -0.9))
    let column = (0..<400).map { Int16($0 % 4 == 0 ? 1 : 0) }
    let fit = try #require(
      ResidualFit.all(
        ScoreTable(columns: [column]), models: [model],
        quadrature: Quadrature(nodes: [0], logMasses: [0]), draws: 2000, seed: 93
      ).first ?? nil)
    let right = 1 / (1 + exp(0.9))
    let variance = right * (1 - right)
    let fourth = variance * (1 - 3 * variance)
    let half = 1.96 * ((fourth - variance * variance) / (400 * variance * variance)).squareRoot()
    // The ends of 2,000 draws are good to a tenth of the width.
    for band in [fit.infitBand, fit.outfitBand] {
      #expect(abs(band.upper - 1 - half) < 0.12 * half)
      #expect(abs(1 - band.lower - half) < 0.12 * half)
    }
  }

  @Test func `the error of approximation is the surplus over degrees and persons but one`() {
    let fit = ScoreFit(chiSquare: 30, degreesOfFreedom: 10, probability: nil, count: 101)
    #expect(abs((fit.rootMeanSquareError ?? 0) - 0.02.squareRoot()) < 1e-15)
    let good = ScoreFit(chiSquare: 9, degreesOfFreedom: 10, probability: nil, count: 101)
    #expect(good.rootMeanSquareError == 0)
  }
}

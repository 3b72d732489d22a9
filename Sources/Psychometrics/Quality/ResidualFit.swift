import RealModule

/// The mean squares of an item's residuals, with the band that the model itself gives.
///
/// Outfit is the mean of the squared standardised residuals; infit weighs them by their information. Both
/// are about 1. The band comes from answers drawn from the model at abilities drawn from each person's
/// posterior: it allows for the number of persons and for not knowing the abilities.
///
/// Sources: Wright & Masters (1982), *Rating scale analysis*; Sinharay, Johnson & Stern (2006), Applied
/// Psychological Measurement 30(4), 298–321, for posterior prediction.
public struct ResidualFit: Hashable, Sendable {
  /// The information-weighted mean square.
  public var infit: Double
  /// Where 95 % of predicted ones lie.
  public var infitBand: ConfidenceInterval
  /// The unweighted mean square.
  public var outfit: Double
  /// Where 95 % of predicted ones lie.
  public var outfitBand: ConfidenceInterval
  /// How many persons answered.
  public var count: Int

  /// The fewest persons an item is judged by.
  public static let minimumCount = 50

  /// Whether a mean square lies outside .7…1.3 and outside its band, with enough persons.
  public var isConspicuous: Bool {
    func isOutside(_ value: Double, _ band: ConfidenceInterval) -> Bool {
      !(0.7...1.3).contains(value) && (value < band.lower || value > band.upper)
    }
    return count >= Self.minimumCount
      && (isOutside(infit, infitBand) || isOutside(outfit, outfitBand))
  }

  /// Measures all items.
  ///
  /// - Parameters:
  ///   - table: the scores.
  ///   - models: the items' models.
  ///   - quadrature: the prior.
  ///   - draws: how many times abilities and answers are drawn.
  ///   - seed: what they are drawn from.
  /// - Returns: a fit for each item; nil where nobody answered.
  /// - Complexity: O(persons · (items · nodes + draws · items)).
  public static func all(
    _ table: ScoreTable, models: [ResponseModel], quadrature: Quadrature, draws: Int = 100,
    seed: UInt64
  ) -> [ResidualFit?] {
    precondition(models.count == table.itemCount && draws >= 20, "every item has a model")
    var sums = ResidualSums(models: models, quadrature: quadrature, draws: draws)
    var generator = SeededGenerator(seed: seed, purpose: "residuals")
    for person in 0..<table.personCount {
      let scores = models.indices.map { table.score(person: person, item: $0) }
      sums.add(scores, using: &generator)
    }
    return models.indices.map { sums.fit(ofItem: $0) }
  }
}

/// The sums of squared residuals over persons, for every draw.
private struct ResidualSums {
  private struct Moments {
    var probabilities: [Double]
    var mean: Double
    var variance: Double
    var logProbabilities: [Double]
  }
  private struct Sum {
    var squares = 0.0
    var variances = 0.0
    var standardised = 0.0
  }

  private let quadrature: Quadrature
  private let draws: Int
  /// For each item and node.
  private let moments: [[Moments]]
  private var observed: [[Sum]]
  private var predicted: [[Sum]]
  private var counts: [Int]

  init(models: [ResponseModel], quadrature: Quadrature, draws: Int) {
    self.quadrature = quadrature
    self.draws = draws
    moments = models.map { model in
      quadrature.nodes.map { node in
        let curves = model.curves(at: node)
        let probabilities = curves.map { Double.exp($0.logProbability) }
        var (mean, square) = (0.0, 0.0)
        for (score, probability) in probabilities.enumerated() {
          mean += Double(score) * probability
          square += Double(score * score) * probability
        }
        return Moments(
          probabilities: probabilities, mean: mean, variance: max(square - mean * mean, 1e-12),
          logProbabilities: curves.map(\.logProbability))
      }
    }
    let none = [Sum](repeating: Sum(), count: draws)
    observed = models.map { _ in none }
    predicted = observed
    counts = models.map { _ in 0 }
  }

  mutating func add(_ scores: [Int?], using generator: inout SeededGenerator) {
    var logs = quadrature.logWeights
    for (item, score) in scores.enumerated() {
      guard let score else { continue }
      counts[item] += 1
      for node in logs.indices { logs[node] += moments[item][node].logProbabilities[score] }
    }
    let largest = logs.reduce(-.infinity, max)
    let masses = logs.map { Double.exp($0 - largest) }
    let total = masses.reduce(0, +)
    for draw in 0..<draws {
      let node = Self.drawn(masses, total: total, using: &generator)
      for (item, score) in scores.enumerated() {
        guard let score else { continue }
        let at = moments[item][node]
        let other = Self.drawn(at.probabilities, total: 1, using: &generator)
        Self.add(Double(score), at, to: &observed[item][draw])
        Self.add(Double(other), at, to: &predicted[item][draw])
      }
    }
  }

  private static func add(_ score: Double, _ moments: Moments, to sum: inout Sum) {
    let square = (score - moments.mean) * (score - moments.mean)
    sum.squares += square
    sum.variances += moments.variance
    sum.standardised += square / moments.variance
  }

  private static func drawn(
    _ masses: [Double], total: Double, using generator: inout SeededGenerator
  ) -> Int {
    var rest = Double(generator.next() >> 11) * 0x1p-53 * total
    for (place, mass) in masses.enumerated() {
      rest -= mass
      if rest < 0 { return place }
    }
    return masses.count - 1
  }

  func fit(ofItem item: Int) -> ResidualFit? {
    let count = counts[item]
    guard count > 0 else { return nil }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func band(_ values: [Double]) -> ConfidenceInterval {
      let sorted = values.sorted()
      let low = Int(0.025 * Double(sorted.count))
      return ConfidenceInterval(lower: sorted[low], upper: sorted[sorted.count - 1 - low])
    }
    func infits(_ sums: [Sum]) -> [Double] { sums.map { $0.squares / $0.variances } }
    func outfits(_ sums: [Sum]) -> [Double] { sums.map { $0.standardised / Double(count) } }
    return ResidualFit(
      infit: mean(infits(observed[item])), infitBand: band(infits(predicted[item])),
      outfit: mean(outfits(observed[item])), outfitBand: band(outfits(predicted[item])),
      count: count)
  }
}

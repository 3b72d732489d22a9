import RealModule

/// Whether an item's scores at each sum score are as its response model says: S-X².
///
/// Persons who answered everything are divided by their sum score; at each sum the observed numbers in
/// the item's categories are compared with those the model expects. Sums with one person join the next
/// one, cells that expect less than one join their neighbours, as R mirt does, so that its numbers can be
/// compared.
///
/// Sources: Orlando & Thissen (2000), Applied Psychological Measurement 24(1), 50–64; Kang & Chen (2008),
/// Journal of Educational Measurement 45(4), 391–406, for more than two categories.
public struct ScoreFit: Hashable, Sendable {
  /// The statistic.
  public var chiSquare: Double
  /// Cells compared, less one a row, less the item's parameters.
  public var degreesOfFreedom: Int
  /// The probability of a statistic at least as large when the model holds; nil without degrees of
  /// freedom.
  public var probability: Double?
  /// How many persons it is from.
  public var count: Int

  /// The root mean square error of approximation; nil without degrees of freedom.
  public var rootMeanSquareError: Double? {
    guard degreesOfFreedom > 0, count > 1 else { return nil }
    let degrees = Double(degreesOfFreedom)
    return (max(chiSquare - degrees, 0) / (degrees * Double(count - 1))).squareRoot()
  }

  /// Compares all items of a test with their models.
  ///
  /// - Parameters:
  ///   - table: the scores.
  ///   - models: the items' models, as many.
  ///   - parameterCounts: how many parameters of each item were estimated from these scores.
  ///   - quadrature: the distribution of ability.
  /// - Returns: a statistic for each item.
  /// - Complexity: O(nodes · items² · sums).
  public static func all(
    _ table: ScoreTable, models: [ResponseModel], parameterCounts: [Int], quadrature: Quadrature
  ) -> [ScoreFit] {
    precondition(
      models.count == table.itemCount && parameterCounts.count == models.count,
      "every item has a model")
    let items = models.indices
    let persons = (0..<table.personCount).filter { person in
      items.allSatisfy { table.score(person: person, item: $0) != nil }
    }
    let totals = persons.map { person in
      items.reduce(0) { $0 + (table.score(person: person, item: $1) ?? 0) }
    }
    let curves = quadrature.nodes.map { node in models.map { $0.categoryProbabilities(at: node) } }
    let whole = curves.map(SumScoreDistribution.probabilities)
    return items.map { item in
      var cells = ScoreCells(
        item: item, model: models[item], curves: curves, whole: whole,
        weights: quadrature.weights)
      for (person, total) in zip(persons, totals) {
        cells.observe(sum: total, score: table.score(person: person, item: item) ?? 0)
      }
      return cells.fit(parameters: parameterCounts[item], count: persons.count)
    }
  }
}

/// Observed and expected numbers of persons by sum score and category.
private struct ScoreCells {
  private struct Row {
    var observed: [Double]
    var expected: [Double]
    var count: Double { observed.reduce(0, +) }
  }

  /// The rows for the sums between none and all.
  private var rows: [Row]
  private let shares: [[Double]]

  init(
    item: Int, model: ResponseModel, curves: [[[Double]]], whole: [[Double]], weights: [Double]
  ) {
    let categories = model.maximumScore + 1
    let sums = (whole.first?.count ?? 1)
    var joint = [[Double]](
      repeating: [Double](repeating: 0, count: categories), count: sums)
    var margin = [Double](repeating: 0, count: sums)
    for (node, weight) in weights.enumerated() {
      var others = curves[node]
      let own = others.remove(at: item)
      let rest = SumScoreDistribution.probabilities(others)
      for (sum, probability) in rest.enumerated() {
        for category in 0..<categories {
          joint[sum + category][category] += weight * probability * own[category]
        }
      }
      for sum in 0..<sums { margin[sum] += weight * whole[node][sum] }
    }
    shares = (0..<sums).map { sum in joint[sum].map { $0 / max(margin[sum], 1e-300) } }
    rows = [Row](
      repeating: Row(
        observed: [Double](repeating: 0, count: categories),
        expected: [Double](repeating: 0, count: categories)),
      count: sums)
  }

  mutating func observe(sum: Int, score: Int) { rows[sum].observed[score] += 1 }

  mutating func fit(parameters: Int, count: Int) -> ScoreFit {
    for sum in rows.indices {
      let persons = rows[sum].count
      rows[sum].expected = shares[sum].map { $0 * persons }
    }
    rows = Array(rows.dropFirst().dropLast()).filter { $0.count > 0 }
    joinLonelyRows()
    if (rows.first?.expected.count ?? 0) > 2 { joinCategories() }
    joinRows()
    var (statistic, cells) = (0.0, 0)
    for row in rows {
      for (observed, expected) in zip(row.observed, row.expected) where expected > 0 {
        statistic += (observed - expected) * (observed - expected) / expected
        cells += 1
      }
    }
    let degrees = cells - rows.count - parameters
    return ScoreFit(
      chiSquare: statistic, degreesOfFreedom: degrees,
      probability: degrees > 0
        ? ChiSquare.upperTail(statistic, degreesOfFreedom: Double(degrees)) : nil,
      count: count)
  }

  private static func sum(_ first: Row, _ second: Row) -> Row {
    Row(
      observed: zip(first.observed, second.observed).map { $0 + $1 },
      expected: zip(first.expected, second.expected).map { $0 + $1 })
  }

  /// A sum with a single person joins the next one; the last one the one before.
  private mutating func joinLonelyRows() {
    var joined: [Row] = []
    var carried: Row?
    for (place, row) in rows.enumerated() {
      let row = carried.map { Self.sum($0, row) } ?? row
      carried = nil
      if row.count == 1, place < rows.count - 1 { carried = row } else { joined.append(row) }
    }
    if let last = joined.last, last.count == 1, joined.count > 1 {
      joined.removeLast()
      joined[joined.count - 1] = Self.sum(joined[joined.count - 1], last)
    }
    rows = joined
  }

  /// In each row the smallest expected cell joins its smaller neighbour until all expect at least one;
  /// cells move to the left and leave zeros.
  private mutating func joinCategories() {
    for place in rows.indices where rows[place].expected.contains(where: { $0 < 1 }) {
      var (observed, expected) = (rows[place].observed, rows[place].expected)
      let width = expected.count
      while expected.count > 2, let smallest = expected.min(), smallest < 1,
        let cell = expected.firstIndex(of: smallest)
      {
        let isLast = cell == expected.count - 1
        let neighbour =
          cell == 0
          ? 1 : (isLast || expected[cell - 1] <= expected[cell + 1] ? cell - 1 : cell + 1)
        expected[neighbour] += expected[cell]
        observed[neighbour] += observed[cell]
        expected.remove(at: cell)
        observed.remove(at: cell)
      }
      let zeros = [Double](repeating: 0, count: width - expected.count)
      rows[place] = Row(observed: observed + zeros, expected: expected + zeros)
    }
    // A column that hardly any row fills joins the one before.
    for column in stride(from: (rows.first?.expected.count ?? 1) - 1, to: 0, by: -1) {
      let filled = rows.count { $0.expected[column] > 0 }
      guard Double(filled) / Double(max(rows.count, 1)) < 0.05 else { continue }
      for place in rows.indices {
        rows[place].expected[column - 1] += rows[place].expected.remove(at: column)
        rows[place].observed[column - 1] += rows[place].observed.remove(at: column)
      }
    }
  }

  /// A row with a cell that expects less than one joins the neighbouring row with fewer persons.
  private mutating func joinRows() {
    while rows.count > 1,
      let place = rows.firstIndex(where: { $0.expected.contains { $0 < 1 && $0 != 0 } })
    {
      let isLast = place == rows.count - 1
      let neighbour =
        place == 0
        ? 1
        : (isLast || rows[place - 1].count <= rows[place + 1].count ? place - 1 : place + 1)
      rows[neighbour] = Self.sum(rows[neighbour], rows[place])
      rows.remove(at: place)
    }
  }
}

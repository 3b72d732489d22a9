/// One pass over the patterns: their likelihood, and how many persons are expected where.
///
/// A person's likelihood at a node is a product of one table row a group; the posterior goes back
/// into tables of the same shape. The order of every sum is fixed, so the result depends neither on
/// the processor nor on the number of threads.
struct ExpectationStep: Sendable {
  typealias Lane = NodeGrid.Lane

  let groups: ItemGroups
  let curves: ItemCurves
  let tables: LikelihoodTables
  /// The prior of each population at the nodes, row after row; filled-up nodes have none.
  let priors: [Lane]

  init(groups: ItemGroups, curves: ItemCurves, priors: [Lane]) {
    self.groups = groups
    self.curves = curves
    self.priors = priors
    tables = LikelihoodTables(groups, curves: curves)
  }

  /// Some patterns of one population.
  struct Portion: Hashable, Sendable {
    var population: Int
    var patterns: Range<Int>
  }

  /// The patterns in portions, by their number alone, so that sums are the same for any threads.
  static func portions(_ groups: ItemGroups, size: Int) -> [Portion] {
    groups.populationRanges.enumerated().flatMap { population, range in
      stride(from: range.lowerBound, to: range.upperBound, by: size).map {
        Portion(population: population, patterns: $0..<min($0 + size, range.upperBound))
      }
    }
  }

  /// Passes over one portion.
  func pass(_ portion: Portion) -> ExpectedCounts {
    let lanes = curves.lanes
    var counts = ExpectedCounts(
      rows: groups.rows, populations: groups.populationRanges.count, lanes: lanes)
    var posterior = [Lane](repeating: .zero, count: lanes)
    var logLikelihood = 0.0
    let width = groups.groups.count
    counts.rows.withUnsafeMutableBufferPointer { buckets in
      counts.populations.withUnsafeMutableBufferPointer { populations in
        posterior.withUnsafeMutableBufferPointer { posterior in
          groups.patternRows.withUnsafeBufferPointer { rows in
            for pattern in portion.patterns {
              let own = UnsafeBufferPointer(
                rebasing: rows[pattern * width..<(pattern + 1) * width])
              let weight = groups.weights[pattern]
              logLikelihood +=
                weight * writePosterior(own, portion.population, into: posterior, mass: weight)
              for lane in 0..<lanes {
                let share = posterior[lane]
                // Nodes whose whole lane holds less than rounding of one person add nothing.
                guard share.sum() > 1e-22 * weight else { continue }
                populations[portion.population * lanes + lane] += share
                for row in own { buckets[Int(row) * lanes + lane] += share }
              }
            }
          }
        }
      }
    }
    counts.logLikelihood = logLikelihood
    return counts
  }

  /// Writes a pattern's posterior over the nodes, of a given mass.
  ///
  /// - Returns: the logarithm of the pattern's likelihood.
  @inline(__always)
  func writePosterior(
    _ rows: UnsafeBufferPointer<Int32>, _ population: Int,
    into posterior: UnsafeMutableBufferPointer<Lane>, mass: Double
  ) -> Double {
    let lanes = curves.lanes
    let prior = population * lanes
    var total = Lane.zero
    tables.rows.withUnsafeBufferPointer { tables in
      priors.withUnsafeBufferPointer { priors in
        var lane = 0
        while lane + 1 < lanes {
          var (first, second) = (priors[prior + lane], priors[prior + lane + 1])
          for row in rows {
            let start = Int(row) * lanes + lane
            first *= tables[start]
            second *= tables[start + 1]
          }
          posterior[lane] = first
          posterior[lane + 1] = second
          total += first
          total += second
          lane += 2
        }
        if lane < lanes {
          var product = priors[prior + lane]
          for row in rows { product *= tables[Int(row) * lanes + lane] }
          posterior[lane] = product
          total += product
        }
      }
    }
    let sum = total.sum()
    guard sum > 1e-200 else {
      return writePosteriorOfLogarithms(rows, population, into: posterior, mass: mass)
    }
    let factor = mass / sum
    for lane in 0..<lanes { posterior[lane] *= factor }
    return rows.reduce(Elementary.log(sum)) { $0 + tables.logScales[Int($1)] }
  }

  /// The same in logarithms, for a pattern so unlikely that products underflow.
  private func writePosteriorOfLogarithms(
    _ rows: UnsafeBufferPointer<Int32>, _ population: Int,
    into posterior: UnsafeMutableBufferPointer<Lane>, mass: Double
  ) -> Double {
    let lanes = curves.lanes
    var logDensity = (0..<8 * lanes).map {
      Elementary.log(priors[population * lanes + $0 / 8][$0 % 8])
    }
    for (group, row) in zip(groups.groups, rows) {
      for (digit, item) in group.items.enumerated() {
        let category = groups.digit(digit, of: Int(row) - group.firstRow, in: group)
        guard category < groups.categories[item] else { continue }
        let start = curves.probabilityStart(item: item, category: category)
        for node in logDensity.indices where logDensity[node] > -.infinity {
          logDensity[node] += Elementary.log(curves.probabilities[start + node / 8][node % 8])
        }
      }
    }
    let largest = logDensity.reduce(-.infinity, max)
    guard largest > -.infinity else {
      for lane in 0..<lanes { posterior[lane] = .zero }
      return -.infinity
    }
    let density = logDensity.map { Elementary.exp($0 - largest) }
    let total = density.reduce(0, +)
    for lane in 0..<lanes {
      posterior[lane] = .zero
      for place in 0..<8 { posterior[lane][place] = density[8 * lane + place] * mass / total }
    }
    return largest + Elementary.log(total)
  }
}

/// How many persons are expected at each node, for each code of each group of items.
struct ExpectedCounts: Sendable {
  typealias Lane = NodeGrid.Lane

  /// The logarithm of the likelihood of the patterns, weighted.
  var logLikelihood = 0.0
  /// The expected numbers: a row of lanes for every code of every group of items.
  var rows: [Lane]
  /// The expected number of each population's persons at each node, row after row.
  var populations: [Lane]

  init(rows: Int, populations: Int, lanes: Int) {
    self.rows = [Lane](repeating: .zero, count: rows * lanes)
    self.populations = [Lane](repeating: .zero, count: populations * lanes)
  }

  /// Adds the counts of other patterns.
  mutating func add(_ other: ExpectedCounts) {
    logLikelihood += other.logLikelihood
    for place in rows.indices { rows[place] += other.rows[place] }
    for place in populations.indices { populations[place] += other.populations[place] }
  }

  /// The expected numbers of each category of each item: the rows of ``ItemCurves/probabilities``.
  func categoryCounts(_ groups: ItemGroups, layout: ItemCurves.Layout, lanes: Int) -> [Lane] {
    var counts = [Lane](repeating: .zero, count: (layout.probabilityRows.last ?? 0) * lanes)
    for group in groups.groups {
      var unit = 1
      for (digit, item) in group.items.enumerated() {
        let base = group.bases[digit]
        for code in 0..<group.codes {
          let category = (code / unit) % base
          guard category < groups.categories[item] else { continue }
          let source = (group.firstRow + code) * lanes
          let target = (layout.probabilityRows[item] + category) * lanes
          for lane in 0..<lanes { counts[target + lane] += rows[source + lane] }
        }
        unit *= base
      }
    }
    return counts
  }
}

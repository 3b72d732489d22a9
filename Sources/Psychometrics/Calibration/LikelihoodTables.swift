/// The likelihood of every code of every group of items at every node.
///
/// Each row is divided by its largest number, whose logarithm is kept beside it, so that products
/// over many groups stay far from underflow.
struct LikelihoodTables: Sendable {
  typealias Lane = NodeGrid.Lane

  /// The likelihoods, a row of lanes for every code of every group.
  private(set) var rows: [Lane]
  /// The logarithm each row was divided by.
  private(set) var logScales: [Double]

  init(_ groups: ItemGroups, curves: ItemCurves) {
    let lanes = curves.lanes
    rows = [Lane](repeating: Lane(repeating: 1), count: groups.rows * lanes)
    logScales = [Double](repeating: 0, count: groups.rows)
    for group in groups.groups {
      for code in 0..<group.codes {
        let row = group.firstRow + code
        multiply(row, code: code, group: group, categories: groups.categories, curves: curves)
        scale(row, lanes: lanes)
      }
    }
  }

  private mutating func multiply(
    _ row: Int, code: Int, group: ItemGroups.Group, categories: [Int], curves: ItemCurves
  ) {
    let lanes = curves.lanes
    var rest = code
    for (item, base) in zip(group.items, group.bases) {
      let category = rest % base
      rest /= base
      guard category < categories[item] else { continue }
      let source = curves.probabilityStart(item: item, category: category)
      for lane in 0..<lanes {
        rows[row * lanes + lane] *= curves.probabilities[source + lane]
      }
    }
  }

  private mutating func scale(_ row: Int, lanes: Int) {
    var largest = 0.0
    for lane in 0..<lanes { largest = max(largest, rows[row * lanes + lane].max()) }
    // A row of zeros has no scale; the persons it concerns are computed in logarithms.
    guard largest > 0 else { return }
    logScales[row] = Elementary.log(largest)
    let factor = 1 / largest
    for lane in 0..<lanes { rows[row * lanes + lane] *= factor }
  }
}

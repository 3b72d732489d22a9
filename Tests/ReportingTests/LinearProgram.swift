/// The maximum of c·x subject to ranges on rows and 0 ≤ x ≤ upper.
///
/// The two-phase simplex method with Bland's rule, on a dense tableau: small and slow, which is what a test needs.
struct LinearProgram {
  let upper: [Double]
  let rows: [[Double]]
  let ranges: [ClosedRange<Double>]

  /// The maximum; the programme always has a solution here, for the truth is one.
  func maximum(_ objective: [Double]) -> Double {
    // Every constraint as a·x ≤ b. Equalities give way by a hair, for sums are rounded.
    var constraints: [([Double], Double)] = []
    for (row, range) in zip(rows, ranges) {
      constraints.append((row, range.upperBound + 1e-7))
      constraints.append((row.map { -$0 }, -(range.lowerBound - 1e-7)))
    }
    for (place, bound) in upper.enumerated() {
      constraints.append((upper.indices.map { $0 == place ? 1 : 0 }, bound))
    }
    let count = upper.count
    let slacks = constraints.count
    // Columns: x, slacks, one artificial variable, right-hand side.
    let width = count + slacks + 2
    var table = constraints.enumerated().map { place, constraint in
      var line = constraint.0 + [Double](repeating: 0, count: slacks + 2)
      line[count + place] = 1
      line[count + slacks] = -1
      line[width - 1] = constraint.1
      return line
    }
    var basis = (0..<slacks).map { count + $0 }
    if let worst = table.indices.min(by: { table[$0][width - 1] < table[$1][width - 1] }),
      table[worst][width - 1] < 0
    {
      Self.pivot(&table, &basis, row: worst, column: count + slacks)
      var phase = [Double](repeating: 0, count: width - 1)
      phase[count + slacks] = -1
      _ = Self.solve(&table, &basis, phase)
      if let row = basis.firstIndex(of: count + slacks),
        let column = (0..<(count + slacks)).first(where: { abs(table[row][$0]) > 1e-9 })
      {
        Self.pivot(&table, &basis, row: row, column: column)
      }
    }
    for row in table.indices { table[row][count + slacks] = 0 }
    return Self.solve(
      &table, &basis, objective + [Double](repeating: 0, count: slacks + 1))
  }

  private static func solve(
    _ table: inout [[Double]], _ basis: inout [Int], _ objective: [Double]
  ) -> Double {
    let last = objective.count
    while true {
      let reduced = { (table: [[Double]], basis: [Int], column: Int) -> Double in
        var value = objective[column]
        for row in table.indices { value -= objective[basis[row]] * table[row][column] }
        return value
      }
      guard
        let column = (0..<last).first(where: { reduced(table, basis, $0) > 1e-9 })
      else { break }
      var best: (row: Int, ratio: Double)?
      for row in table.indices where table[row][column] > 1e-9 {
        let ratio = table[row][last] / table[row][column]
        if let known = best,
          ratio > known.ratio + 1e-12
            || (abs(ratio - known.ratio) <= 1e-12 && basis[row] > basis[known.row])
        {
          continue
        }
        best = (row, ratio)
      }
      guard let best else { return .infinity }
      pivot(&table, &basis, row: best.row, column: column)
    }
    return table.indices.reduce(0) { $0 + objective[basis[$1]] * table[$1][last] }
  }

  private static func pivot(
    _ table: inout [[Double]], _ basis: inout [Int], row: Int, column: Int
  ) {
    let scale = table[row][column]
    table[row] = table[row].map { $0 / scale }
    let line = table[row]
    for other in table.indices where other != row && table[other][column] != 0 {
      let factor = table[other][column]
      for place in line.indices { table[other][place] -= factor * line[place] }
    }
    basis[row] = column
  }
}

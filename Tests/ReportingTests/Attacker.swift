@testable import Reporting

/// Somebody who has every table of every level and night, and knows who is counted in each.
///
/// The attacker shares no code with what is attacked: sums are rows over people, subtracted from
/// each other and eliminated; what is left of a person or a group is bounded by linear programming.
struct Attacker {
  /// A published number: the sum over some results, known to lie in a range.
  struct Row {
    var name: String
    var entries: Set<Figure.Entry>
    var range: ClosedRange<Double>
  }

  /// The published numbers about one point.
  let rows: [Row]

  /// Two numbers that differ by few people: the difference speaks of these alone.
  ///
  /// - Returns: the names and how many people the difference is about, where that is below K.
  func isolations(below minimum: Int) -> [String] {
    let exact = distinct(rows.filter { $0.range.lowerBound == $0.range.upperBound })
    var found: [String] = []
    for (place, row) in exact.enumerated() {
      if row.entries.count < minimum { found.append("\(row.name): \(row.entries.count)") }
      for other in exact[(place + 1)...] {
        let people = Set(row.entries.symmetricDifference(other.entries).map(\.person))
        if !people.isEmpty && people.count < minimum {
          found.append("\(row.name) − \(other.name): \(people.count)")
        }
      }
    }
    for row in eliminated(exact) where row.people < minimum {
      found.append("elimination: \(row.people)")
    }
    return found
  }

  /// The range that all numbers together leave to the sum over some results.
  func range(of target: Set<Figure.Entry>) -> ClosedRange<Double> {
    var relevant = distinct(rows)
    // Only rows that hang together with the target can say anything of it.
    var reached = target
    var chosen: [Row] = []
    var grew = true
    while grew {
      grew = false
      for row in relevant where !row.entries.isDisjoint(with: reached) {
        chosen.append(row)
        reached.formUnion(row.entries)
        grew = true
      }
      relevant.removeAll { row in chosen.contains { $0.entries == row.entries } }
    }
    let (atoms, matrix) = Self.atoms(of: chosen.map(\.entries) + [target])
    let program = LinearProgram(
      upper: atoms.map { Double($0.count) }, rows: Array(matrix.dropLast()),
      ranges: chosen.map(\.range))
    let objective = matrix.last ?? []
    return (-program.maximum(objective.map { -$0 }))...program.maximum(objective)
  }

  /// Rows about the same people say the same: totals of totals.
  private func distinct(_ rows: [Row]) -> [Row] {
    var seen: Set<Set<Figure.Entry>> = []
    return rows.sorted { $0.entries.count < $1.entries.count }
      .filter { !$0.entries.isEmpty && seen.insert($0.entries).inserted }
  }

  /// Groups results that no row tells apart, with each row's coefficients over the groups.
  private static func atoms(
    of sets: [Set<Figure.Entry>]
  ) -> (atoms: [[Figure.Entry]], matrix: [[Double]]) {
    var signatures: [Figure.Entry: [Int]] = [:]
    for (place, set) in sets.enumerated() {
      for entry in set { signatures[entry, default: []].append(place) }
    }
    let groups = Dictionary(grouping: signatures.keys) { signatures[$0] ?? [] }
    let keys = groups.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let matrix = sets.indices.map { row in keys.map { $0.contains(row) ? 1.0 : 0 } }
    return (keys.map { groups[$0] ?? [] }, matrix)
  }

  /// Gauss–Jordan over all exact rows: how many people each remaining row speaks of.
  private func eliminated(_ exact: [Row]) -> [(people: Int, row: [Double])] {
    var (atoms, matrix) = Self.atoms(of: exact.map(\.entries))
    var pivot = 0
    for column in atoms.indices {
      guard let found = (pivot..<matrix.count).first(where: { abs(matrix[$0][column]) > 1e-9 })
      else { continue }
      matrix.swapAt(pivot, found)
      let scale = matrix[pivot][column]
      matrix[pivot] = matrix[pivot].map { $0 / scale }
      for row in matrix.indices where row != pivot && abs(matrix[row][column]) > 1e-9 {
        let factor = matrix[row][column]
        for place in atoms.indices { matrix[row][place] -= factor * matrix[pivot][place] }
      }
      pivot += 1
      if pivot == matrix.count { break }
    }
    return matrix.prefix(pivot).map { row in
      let people = Set(
        atoms.indices.filter { abs(row[$0]) > 1e-9 }.flatMap { atoms[$0].map(\.person) })
      return (people.count, row)
    }
  }
}

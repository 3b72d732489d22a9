/// Whether a number of items can be spread over pairs of categories so that every category of both
/// divisions keeps its bounds.
///
/// A flow from the rows' categories to the columns', with lower and upper bounds; it exists exactly
/// when a circulation does, which is found by augmenting paths.
struct ContentFlow {
  let rows: [ClosedRange<Int>]
  let columns: [ClosedRange<Int>]
  /// How many items each pair of categories has already, row after row.
  let taken: [Int]
  /// How many more each pair could have.
  let available: [Int]
  /// How many items are to be added in all.
  let missing: Int

  /// Whether they can be.
  var isFeasible: Bool {
    let (height, width) = (rows.count, columns.count)
    let rowTaken = (0..<height).map { row in
      (0..<width).reduce(0) { $0 + taken[row * width + $1] }
    }
    let columnTaken = (0..<width).map { column in
      (0..<height).reduce(0) { $0 + taken[$1 * width + column] }
    }
    let rowNeeds = zip(rows, rowTaken).map { (max(0, $0.lowerBound - $1), $0.upperBound - $1) }
    let columnNeeds = zip(columns, columnTaken).map {
      (max(0, $0.lowerBound - $1), $0.upperBound - $1)
    }
    let needs = rowNeeds + columnNeeds
    guard needs.allSatisfy({ $0.0 <= $0.1 }) else { return false }
    return Self.spreads(
      missing, rowNeeds: rowNeeds, columnNeeds: columnNeeds, available: available)
  }

  /// Nodes: source, rows, columns, sink, then the two ends that carry the lower bounds.
  private static func spreads(
    _ missing: Int, rowNeeds: [(Int, Int)], columnNeeds: [(Int, Int)], available: [Int]
  ) -> Bool {
    let (height, width) = (rowNeeds.count, columnNeeds.count)
    let count = height + width + 4
    let (source, sink, supply, demand) = (0, height + width + 1, count - 2, count - 1)
    var capacity = [Int](repeating: 0, count: count * count)
    var wanted = 0
    func add(_ from: Int, _ to: Int, _ bounds: (Int, Int)) {
      capacity[from * count + to] += bounds.1 - bounds.0
      capacity[supply * count + to] += bounds.0
      capacity[from * count + demand] += bounds.0
      wanted += bounds.0
    }
    for (row, bounds) in rowNeeds.enumerated() { add(source, 1 + row, bounds) }
    for (column, bounds) in columnNeeds.enumerated() { add(1 + height + column, sink, bounds) }
    for row in 0..<height {
      for column in 0..<width {
        capacity[(1 + row) * count + 1 + height + column] = available[row * width + column]
      }
    }
    add(sink, source, (missing, missing))
    var flow = 0
    while let path = path(from: supply, to: demand, count: count, capacity: capacity) {
      let amount = zip(path, path.dropFirst()).reduce(Int.max) {
        min($0, capacity[$1.0 * count + $1.1])
      }
      for (from, to) in zip(path, path.dropFirst()) {
        capacity[from * count + to] -= amount
        capacity[to * count + from] += amount
      }
      flow += amount
    }
    return flow == wanted
  }

  /// A shortest path with room left.
  private static func path(from: Int, to: Int, count: Int, capacity: [Int]) -> [Int]? {
    var previous = [Int](repeating: -1, count: count)
    previous[from] = from
    var queue = [from]
    var place = 0
    while place < queue.count, previous[to] < 0 {
      let node = queue[place]
      place += 1
      for next in 0..<count where previous[next] < 0 && capacity[node * count + next] > 0 {
        previous[next] = node
        queue.append(next)
      }
    }
    guard previous[to] >= 0 else { return nil }
    var path = [to]
    while let first = path.first, first != from { path.insert(previous[first], at: 0) }
    return path
  }
}

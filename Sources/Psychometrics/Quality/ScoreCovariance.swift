/// The covariances of all pairs of items, each over the persons who answered both.
///
/// All sums are of whole numbers, so they are exact and no order of persons changes a digit.
struct ScoreCovariance {
  let itemCount: Int
  /// The covariances with n − 1, `itemCount` × `itemCount`; nan where fewer than two persons
  /// answered both items.
  let covariances: [Double]
  /// How many persons answered both items of each pair.
  let pairCounts: [Int]

  init(_ table: ScoreTable) {
    let items = table.itemCount
    itemCount = items
    var covariances = [Double](repeating: .nan, count: items * items)
    var pairCounts = [Int](repeating: 0, count: items * items)
    let columns = (0..<items).map { Column(table.column($0)) }
    for row in 0..<items {
      for column in row..<items {
        let (covariance, count) = columns[row].covariance(with: columns[column])
        for place in [row * items + column, column * items + row] {
          covariances[place] = covariance
          pairCounts[place] = count
        }
      }
    }
    self.covariances = covariances
    self.pairCounts = pairCounts
  }

  subscript(row: Int, column: Int) -> Double { covariances[row * itemCount + column] }

  /// The sum of the covariances of an item with those of a set.
  func sum(ofItem item: Int, with items: [Int]) -> Double {
    items.reduce(0) { $0 + self[item, $1] }
  }

  /// One item's scores, with 0 for what is missing and a mark of what is not.
  private struct Column {
    let scores: [Int32]
    let marks: [Int32]
    let isComplete: Bool
    let sum: Int64

    init(_ column: ArraySlice<Int16>) {
      scores = column.map { $0 == ScoreTable.missing ? 0 : Int32($0) }
      marks = column.map { $0 == ScoreTable.missing ? 0 : 1 }
      isComplete = !column.contains(ScoreTable.missing)
      sum = scores.reduce(0) { $0 + Int64($1) }
    }

    func covariance(with other: Column) -> (Double, Int) {
      let product = Self.product(scores, other.scores)
      let (count, first, second) =
        isComplete && other.isComplete
        ? (Int64(scores.count), sum, other.sum)
        : (
          Self.product(marks, other.marks), Self.product(scores, other.marks),
          Self.product(marks, other.scores)
        )
      guard count >= 2 else { return (.nan, Int(count)) }
      let numerator = Double(count * product - first * second)
      return (numerator / (Double(count) * Double(count - 1)), Int(count))
    }

    /// Σ a·b.
    ///
    /// Whole numbers may be added in any order, so this runs in vector registers.
    private static func product(_ first: [Int32], _ second: [Int32]) -> Int64 {
      var sum: Int64 = 0
      first.withUnsafeBufferPointer { first in
        second.withUnsafeBufferPointer { second in
          for place in first.indices { sum &+= Int64(first[place] &* second[place]) }
        }
      }
      return sum
    }
  }
}

/// The scores of persons on items: whole numbers from 0, with answers missing.
///
/// Statistics of item quality read it item after item, so that is how it lies in memory.
public struct ScoreTable: Hashable, Sendable {
  /// What stands for an answer that is missing.
  public static let missing: Int16 = -1

  /// The largest score an item may give; sums of products of such scores stay exact.
  public static let largestScore = 1000

  /// How many persons there are.
  public let personCount: Int
  /// How many items there are.
  public let itemCount: Int
  /// The scores, item after item, in the order of the persons.
  private let scores: [Int16]

  /// Creates a table.
  ///
  /// - Parameter columns: for each item the scores of all persons, 0…``largestScore`` or
  ///   ``missing``.
  /// - Precondition: the columns are equally long and hold such scores. Whoever reads scores from
  ///   data checks them first.
  public init(columns: [[Int16]]) {
    itemCount = columns.count
    personCount = columns.first?.count ?? 0
    precondition(
      columns.allSatisfy { $0.count == columns.first?.count }, "every item has every person")
    scores = columns.flatMap { $0 }
    precondition(
      scores.allSatisfy { $0 >= Self.missing && $0 <= Self.largestScore },
      "scores are 0…\(Self.largestScore) or missing")
  }

  /// The score of a person on an item; nil when the answer is missing.
  public func score(person: Int, item: Int) -> Int? {
    let score = scores[item * personCount + person]
    return score == Self.missing ? nil : Int(score)
  }

  /// The scores of all persons on an item, ``missing`` among them.
  public func column(_ item: Int) -> ArraySlice<Int16> {
    scores[(item * personCount)..<((item + 1) * personCount)]
  }

  /// The largest score that somebody has on an item; 0 when nobody answered it.
  public func largestScore(onItem item: Int) -> Int {
    max(0, Int(column(item).max() ?? 0))
  }

  /// How many persons answered an item.
  public func answerCount(ofItem item: Int) -> Int {
    column(item).reduce(0) { $1 == Self.missing ? $0 : $0 + 1 }
  }

  /// How many persons have each score on an item, from 0 to the largest one seen.
  public func categoryCounts(ofItem item: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: largestScore(onItem: item) + 1)
    for score in column(item) where score != Self.missing { counts[Int(score)] += 1 }
    return counts
  }

  /// Every person's sum of scores on some items.
  ///
  /// A person who left some of the items out gets the sum in proportion to what was answered, rounded
  /// to a whole number: with nothing missing it is the plain sum.
  ///
  /// - Parameter items: the places of the items.
  /// - Returns: a sum for each person; nil for who answered none of the items.
  public func totals(over items: [Int]) -> [Int?] {
    let largest = items.map { largestScore(onItem: $0) }
    let whole = largest.reduce(0, +)
    var sums = [Int](repeating: 0, count: personCount)
    var reachable = [Int](repeating: 0, count: personCount)
    var answered = [Bool](repeating: false, count: personCount)
    for (item, most) in zip(items, largest) {
      for (person, score) in column(item).enumerated() where score != Self.missing {
        sums[person] += Int(score)
        reachable[person] += most
        answered[person] = true
      }
    }
    return (0..<personCount).map { person in
      guard answered[person] else { return nil }
      if reachable[person] == whole { return sums[person] }
      guard reachable[person] > 0 else { return 0 }
      return Int((Double(sums[person] * whole) / Double(reachable[person])).rounded())
    }
  }
}

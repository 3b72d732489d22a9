/// Differential item functioning of all items of a test between two groups.
public struct DifferentialFunctioning: Hashable, Sendable {
  /// Each item compared with all items as the matching score; nil where it cannot be.
  public var mantelHaenszel: [MantelHaenszel?]
  /// Each item compared with the matching score purified: without the items that favour a group.
  public var purified: [MantelHaenszel?]
  /// Each item's logistic regressions, with all items as the matching score.
  public var logistic: [LogisticFunctioning?]
  /// How often purification was repeated until the flagged items stayed the same.
  public var purificationSteps: Int

  /// Compares two groups on every item.
  ///
  /// The matching score is the sum of all items, the studied one among them, as is usual. Purification
  /// leaves out the items graded B or C (but never the studied one) and starts again, at most ten
  /// times.
  ///
  /// - Parameters:
  ///   - table: the scores of *N* persons on *J* items.
  ///   - isFocal: whether each person is of the focal group; nil for who is of neither.
  /// - Complexity: O(*N* · *J*) for each step.
  public init(_ table: ScoreTable, isFocal: [Bool?]) {
    precondition(isFocal.count == table.personCount, "every person has a group or none")
    let items = Array(0..<table.itemCount)
    let totals = table.totals(over: items)
    let strata = items.map {
      StratifiedScores(scores: table.column($0), matchingScores: totals, isFocal: isFocal)
    }
    mantelHaenszel = strata.map(MantelHaenszel.init)
    logistic = strata.map(LogisticFunctioning.init)
    purified = mantelHaenszel
    purificationSteps = 0
    var flagged: Set<Int> = []
    while purificationSteps < 10 {
      let next = Set(items.filter { (purified[$0]?.grade ?? .negligible) != .negligible })
      if next == flagged { break }
      flagged = next
      purificationSteps += 1
      purified = items.map { item in
        let matching = items.filter { $0 == item || !next.contains($0) }
        return MantelHaenszel(
          StratifiedScores(
            scores: table.column(item), matchingScores: table.totals(over: matching),
            isFocal: isFocal))
      }
    }
  }
}

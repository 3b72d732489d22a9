/// All figures of one night, for every unit at every level: what is published, and nothing else.
///
/// An immutable value. The next one is worked out from it and the present results, by
/// ``taken(after:day:tree:pointEnvironments:needs:rules:)``; it is never corrected.
public struct Snapshot: Hashable, Sendable {
  /// When it was taken, in days of the caller's calendar.
  public let day: Int
  /// The rules it was taken by.
  public let rules: DisclosureRules
  /// The units it covers.
  public let tree: UnitTree
  /// The place of the environment of each point.
  public let pointEnvironments: [Int]
  /// The people counted, in blocks.
  public let blocks: [Block.ID: Block]
  /// For each unit, how many people it enrols directly have finished.
  public let finished: [Int]
  /// For each unit, how many of these teach in each environment.
  public let inScope: [[Int]]

  /// Puts a stored snapshot together again.
  ///
  /// - Parameters:
  ///   - day: when it was taken.
  ///   - rules: the rules it was taken by.
  ///   - tree: the units.
  ///   - pointEnvironments: one a point.
  ///   - blocks: the people counted.
  ///   - finished: one a unit.
  ///   - inScope: one a unit, of one an environment.
  public init(
    day: Int, rules: DisclosureRules, tree: UnitTree, pointEnvironments: [Int],
    blocks: [Block.ID: Block], finished: [Int], inScope: [[Int]]
  ) {
    self.day = day
    self.rules = rules
    self.tree = tree
    self.pointEnvironments = pointEnvironments
    self.blocks = blocks
    self.finished = finished
    self.inScope = inScope
  }

  /// The published figure of a unit's own block; nil where none is.
  public func need(ofBlock block: Block.ID, point: Int) -> ExpectedNeed? {
    blocks[block]?.records[point]?.shown.published(share: rules.extremeShare)
  }

  /// The totals of every unit for every point: sums of published figures, nothing else.
  ///
  /// - Returns: one a unit, of one a point; people 0 where nothing is published.
  public func totals() -> [[ExpectedNeed]] {
    var totals = [[ExpectedNeed]](
      repeating: [ExpectedNeed](repeating: ExpectedNeed(), count: pointEnvironments.count),
      count: tree.units.count)
    for place in tree.units.indices.reversed() {
      for environment in Set(pointEnvironments) {
        let block = Block.ID(unit: tree.units[place].id, environment: environment)
        for (point, record) in blocks[block]?.records ?? [:] {
          totals[place][point] =
            totals[place][point] + record.shown.published(share: rules.extremeShare)
        }
      }
      guard let parent = tree.parents[place] else { continue }
      for point in pointEnvironments.indices {
        totals[parent][point] = totals[parent][point] + totals[place][point]
      }
    }
    return totals
  }
}

/// What a school might train together (校本研修), from its heat map.
public struct TrainingTopics: Hashable, Sendable {
  /// A topic: a point that many need.
  public struct Topic: Hashable, Sendable {
    /// The place of the point in the framework.
    public var point: Int
    /// The need of the whole unit.
    public var shown: GapCell.Shown
    /// The parts of the unit where at least half of the people are expected to need it, in the order
    /// of the map.
    public var parts: [ReportingUnit.ID]
  }

  /// The topics, the one that most people need first.
  public let topics: [Topic]

  /// Reads topics off a map.
  ///
  /// - Parameters:
  ///   - map: the map.
  ///   - count: how many topics at most.
  public init(map: GapMap, count: Int) {
    let candidates = map.total.cells.enumerated().compactMap { point, cell -> Topic? in
      guard case .shown(let shown) = cell, shown.count > 0 else { return nil }
      return Topic(point: point, shown: shown, parts: Self.parts(of: map, needing: point))
    }
    topics = Array(
      candidates.sorted {
        ($1.shown.need.expected, $0.point) < ($0.shown.need.expected, $1.point)
      }.prefix(count))
  }

  private static func parts(of map: GapMap, needing point: Int) -> [ReportingUnit.ID] {
    map.rows.compactMap { row in
      guard case .unit(let unit) = row.subject, case .shown(let shown) = row.cells[point],
        (shown.need.share ?? 0) >= 0.5
      else { return nil }
      return unit
    }
  }
}

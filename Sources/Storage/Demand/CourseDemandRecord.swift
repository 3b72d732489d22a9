import Reporting

/// Figures of demand as they are kept.
struct CourseDemandRecord: Codable, Hashable {
  var people: [Int64]
  /// Of each course the smallest and the largest number.
  var ranges: [String: [Int]]
  var numbers: [String: Int]

  init(_ demand: CourseDemand) {
    people = demand.people
    ranges = demand.ranges.mapValues { [$0.lowest, $0.highest] }
    numbers = demand.numbers
  }

  /// The figures.
  ///
  /// - Throws: ``StoreError/unreadable(table:)`` if a range has not two ends.
  func demand() throws -> CourseDemand {
    CourseDemand(
      people: people,
      ranges: try ranges.mapValues { ends in
        guard ends.count == 2 else { throw StoreError.unreadable(table: "course_demand") }
        return CountRange(lowest: ends[0], highest: ends[1])
      }, numbers: numbers)
  }
}

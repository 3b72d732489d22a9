import Psychometrics

/// Units compared without ranks: those whose 80 % ranges overlap, directly or through others, share
/// a band (无明显差别).
public struct OverlapBands: Hashable, Sendable {
  /// Units that cannot be told apart.
  public struct Band: Hashable, Sendable {
    /// The units, in the order they were given.
    public var units: [ReportingUnit.ID]
    /// The share in need that their ranges cover together, 0…1.
    public var range: ClosedRange<Double>
  }

  /// The bands, the largest need first.
  public let bands: [Band]
  /// The units without enough to compare (数据不足), in the order they were given.
  public let insufficient: [ReportingUnit.ID]

  /// Compares units on a point.
  ///
  /// - Parameters:
  ///   - cells: each unit's cell.
  ///   - rules: the rules the cells were published by.
  public init(_ cells: [(unit: ReportingUnit.ID, cell: GapCell)], rules: DisclosureRules) {
    var insufficient: [ReportingUnit.ID] = []
    var ranges: [(place: Int, range: ClosedRange<Double>)] = []
    for (place, (unit, cell)) in cells.enumerated() {
      guard case .shown(let shown) = cell else {
        insufficient.append(unit)
        continue
      }
      ranges.append((place, Self.range(of: shown, extreme: rules.extremeShare)))
    }
    var groups: [(places: [Int], range: ClosedRange<Double>)] = []
    for (place, range) in ranges.sorted(by: { $0.range.upperBound > $1.range.upperBound }) {
      if let last = groups.last, range.upperBound >= last.range.lowerBound {
        groups[groups.count - 1] = (
          last.places + [place],
          min(last.range.lowerBound, range.lowerBound)...last.range.upperBound
        )
      } else {
        groups.append(([place], range))
      }
    }
    bands = groups.map { group in
      Band(units: group.places.sorted().map { cells[$0].unit }, range: group.range)
    }
    self.insufficient = insufficient
  }

  /// The 80 % range of a unit's share in need; of a band, the band.
  private static func range(
    of shown: GapCell.Shown, extreme: Double
  ) -> ClosedRange<Double> {
    switch shown.form {
    case .lowBand: return 0...extreme
    case .highBand: return (1 - extreme)...1
    case .exact:
      let people = Double(shown.need.people)
      let half = Normal.eightyPercentHalfWidth * shown.need.standardError
      let low = min(1, max(0, (shown.need.expected - half) / people))
      return low...max(low, min(1, (shown.need.expected + half) / people))
    }
  }
}

import Competency
import Courses
import Reporting

/// Figures of demand in words.
struct DemandText {
  let phrases: Phrases

  /// How many plans; that there is no figure yet is said too.
  func plans(_ range: CountRange?) -> String {
    guard let range else { return phrases("demand.none") }
    if range.lowest == 0 {
      return phrases("demand.fewer", ["count": "\(range.highest + 1)"])
    }
    return phrases("demand.range", ["low": "\(range.lowest)", "high": "\(range.highest)"])
  }

  /// How many hours.
  func hours(_ range: ClosedRange<Double>?) -> String {
    guard let range else { return phrases("demand.none") }
    let (low, high) = (Numeral.hours(range.lowerBound), Numeral.hours(range.upperBound))
    return range.lowerBound == 0
      ? phrases("demand.atMost", ["high": high])
      : phrases("demand.range", ["low": low, "high": high])
  }

  /// How many people need a point, or why that is not said.
  func need(_ cell: GapCell) -> String {
    switch cell {
    case .absent(let absence): return phrases("report.cell.\(absence.rawValue)")
    case .shown(let shown):
      switch shown.form {
      case .lowBand: return phrases("report.cell.low")
      case .highBand: return phrases("report.cell.high")
      case .exact:
        return phrases(
          "demand.need",
          [
            "count": "\(shown.count)", "plusMinus": "\(shown.plusMinus)",
            "people": "\(shown.need.people)",
          ])
      }
    }
  }
}

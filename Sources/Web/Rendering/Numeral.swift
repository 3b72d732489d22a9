import Competency

/// Numbers as a person reads them.
enum Numeral {
  /// Hours: whole when they are, else with one decimal.
  static func hours(_ hours: Double) -> String {
    let tenths = (hours * 10).rounded()
    return tenths.truncatingRemainder(dividingBy: 10) == 0
      ? "\(Int(tenths / 10))" : "\(tenths / 10)"
  }

  /// A number with one decimal.
  static func tenths(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }

  /// A probability in per cent, without false precision at the ends: never 0 or 100.
  ///
  /// Rounding never carries it over a border of the verdicts: beside 可能需要 stands no 85.
  static func percent(_ probability: Double) -> String {
    var percent = Int((probability * 100).rounded())
    let verdict = GapVerdict(probabilityBelowTarget: probability)
    while GapVerdict(probabilityBelowTarget: Double(percent) / 100) != verdict {
      percent += Double(percent) / 100 > probability ? -1 : 1
    }
    return "\(min(max(percent, 1), 99))"
  }
}

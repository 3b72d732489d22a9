/// Numbers as a person reads them.
enum Numeral {
  /// Hours: whole when they are, else with one decimal.
  static func hours(_ hours: Double) -> String {
    let tenths = (hours * 10).rounded()
    return tenths.truncatingRemainder(dividingBy: 10) == 0
      ? "\(Int(tenths / 10))" : "\(tenths / 10)"
  }

  /// A probability in per cent, without false precision at the ends: never 0 or 100.
  static func percent(_ probability: Double) -> String {
    "\(min(max(Int((probability * 100).rounded()), 1), 99))"
  }
}

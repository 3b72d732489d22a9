/// Difficulties of items before and after a calibration, with the diagonal on which nothing moved.
struct DifficultyScatter {
  /// One item.
  struct Mark {
    var before: Double
    var after: Double
    /// Whether it moved more than chance explains.
    var isDrifting: Bool
  }

  let marks: [Mark]

  private static let size = 340.0
  private static let (low, high) = (34.0, 326.0)
  private static let range = -3.0...3.0

  /// The picture.
  ///
  /// - Parameters:
  ///   - title: what it shows.
  ///   - description: the same in sentences.
  ///   - across: the name of the axis from left to right.
  ///   - up: the name of the axis from below.
  /// - Returns: an SVG element; items beyond three logits stand on its rim.
  func svg(title: String, description: String, across: String, up: String) -> String {
    var content = [
      SVG.line("axis", from: (Self.low, Self.high), to: (Self.high, Self.high)),
      SVG.line("axis", from: (Self.low, Self.low), to: (Self.low, Self.high)),
      SVG.line("cut", from: (Self.low, Self.high), to: (Self.high, Self.low)),
      SVG.text(across, "band-label", x: Self.high, y: Self.high + 30, anchor: "end"),
      SVG.text(up, "band-label", x: Self.low, y: Self.low - 10),
    ]
    for tick in stride(from: -2.0, through: 2, by: 1) {
      content.append(
        SVG.text(
          SVG.number(tick), "band-label", x: place(tick), y: Self.high + 14, anchor: "middle"))
      content.append(
        SVG.text(
          SVG.number(tick), "band-label", x: Self.low - 6, y: Self.size - place(tick) + 24,
          anchor: "end"))
    }
    // What drifts is drawn last, so that nothing hides it.
    for mark in marks.sorted(by: { !$0.isDrifting && $1.isDrifting }) {
      content.append(
        SVG.circle(
          mark.isDrifting ? "dot-drifting" : "dot-item", x: place(mark.before),
          y: Self.low + Self.high - place(mark.after), radius: mark.isDrifting ? 5 : 3))
    }
    return SVG.picture(
      "scatter", width: Self.size, height: Self.size + 22, title: title, description: description,
      content: content)
  }

  private func place(_ value: Double) -> Double {
    let bounded = min(max(value, Self.range.lowerBound), Self.range.upperBound)
    return Self.low + (Self.high - Self.low) * (bounded - Self.range.lowerBound) / 6
  }
}

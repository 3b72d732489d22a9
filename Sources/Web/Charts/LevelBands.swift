/// Dots and intervals on level bands, drawn for a phone first.
struct LevelBands {
  /// One measurement on the bands.
  struct Mark {
    /// The ability and the range it may lie in, in logits.
    var ability: Double
    var interval: ClosedRange<Double>
    /// Whether it is an earlier one, drawn hollow.
    var isEarlier = false
  }

  /// One row of bands.
  struct Row {
    var name: String
    var marks: [Mark]
  }

  let scale: LevelScale
  let rows: [Row]

  private static let width = 340.0
  private static let (left, right) = (8.0, 332.0)
  private static let (top, rowHeight) = (30.0, 58.0)

  /// The picture.
  ///
  /// - Parameters:
  ///   - name: the part of its identifiers that no other picture of the page has.
  ///   - title: what it shows.
  ///   - description: the same in sentences.
  /// - Returns: an SVG element.
  func svg(_ name: String, title: String, description: String) -> String {
    let height = Self.top + Self.rowHeight * Double(rows.count) + 4
    let borders = [0] + scale.cuts.map(scale.position) + [1]
    var content = (0..<(borders.count - 1)).map { level in
      SVG.text(
        scale.level(at: level), "band-label", x: x((borders[level] + borders[level + 1]) / 2),
        y: 16, anchor: "middle")
    }
    for (place, row) in rows.enumerated() {
      let y = Self.top + Self.rowHeight * Double(place)
      content.append(SVG.text(row.name, "row-label", x: Self.left, y: y + 16))
      for level in 0..<(borders.count - 1) {
        content.append(
          SVG.rectangle(
            "band band-\(level + 1)", x: x(borders[level]), y: y + 24,
            width: x(borders[level + 1]) - x(borders[level]), height: 24))
      }
      for (offset, mark) in zip(Self.offsets(row.marks.count), row.marks) {
        content += drawn(mark, at: y + 36 + offset)
      }
    }
    for cut in scale.cuts.map(scale.position) {
      content.append(SVG.line("cut", from: (x(cut), 22), to: (x(cut), height - 6)))
    }
    return SVG.picture(
      name, width: Self.width, height: height, title: title, description: description,
      content: content)
  }

  /// How far from the middle of its bands each mark of a row is drawn.
  private static func offsets(_ count: Int) -> [Double] {
    (0..<count).map { 12 * (Double($0) - Double(count - 1) / 2) / Double(max(count - 1, 1)) }
  }

  private func drawn(_ mark: Mark, at y: Double) -> [String] {
    let kind = mark.isEarlier ? " earlier" : ""
    return [
      SVG.line(
        "interval\(kind)", from: (x(scale.position(of: mark.interval.lowerBound)), y),
        to: (x(scale.position(of: mark.interval.upperBound)), y)),
      SVG.circle(
        "dot\(kind)", x: x(scale.position(of: mark.ability)), y: y, radius: mark.isEarlier ? 5 : 7),
    ]
  }

  private func x(_ position: Double) -> Double {
    Self.left + (Self.right - Self.left) * position
  }
}

/// Horizontal bars with a name and a number each, and a line that none should pass.
struct RowBars {
  /// One bar.
  struct Bar {
    var name: String
    var value: Double
    /// The number in words, at the end of the row.
    var label: String
  }

  let bars: [Bar]
  /// The value of a bar as long as the picture is wide.
  let longest: Double
  /// Where the line stands; nil for none.
  var limit: Double?

  private static let width = 340.0
  private static let (left, right) = (8.0, 332.0)
  private static let rowHeight = 46.0

  /// The picture.
  ///
  /// - Parameters:
  ///   - name: the part of its identifiers that no other picture of the page has.
  ///   - title: what it shows.
  ///   - description: the same in sentences.
  /// - Returns: an SVG element.
  func svg(_ name: String, title: String, description: String) -> String {
    let scale = (Self.right - Self.left) / max(longest, .leastNormalMagnitude)
    var content: [String] = []
    for (row, bar) in bars.enumerated() {
      let y = Self.rowHeight * Double(row)
      let length = min(max(bar.value, 0) * scale, Self.right - Self.left)
      content += [
        SVG.text(bar.name, "row-label", x: Self.left, y: y + 16),
        SVG.text(bar.label, "value-label", x: Self.right, y: y + 16, anchor: "end"),
        SVG.rectangle(
          "bar-track", x: Self.left, y: y + 22, width: Self.right - Self.left, height: 14),
        SVG.rectangle("bar-online", x: Self.left, y: y + 22, width: length, height: 14),
      ]
      if let limit, limit * scale <= Self.right - Self.left {
        let x = Self.left + limit * scale
        content.append(SVG.line("rule-line", from: (x, y + 19), to: (x, y + 39)))
      }
    }
    return SVG.picture(
      name, width: Self.width, height: Self.rowHeight * Double(bars.count) + 4, title: title,
      description: description, content: content)
  }
}

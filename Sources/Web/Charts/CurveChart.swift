/// Curves over ability, with the levels as its scale; drawn for a phone first.
struct CurveChart {
  /// A curve, with a word at its end where there are several.
  struct Curve {
    var style: String
    var label: String?
    var points: [(x: Double, y: Double)]
  }

  /// A measured value with its interval.
  struct Mark {
    var x: Double
    var y: Double
    var range: ClosedRange<Double>
  }

  /// A bar that stands on the axis.
  struct Bar {
    var x: Double
    var height: Double
  }

  /// Both ends of the horizontal axis.
  var ends: ClosedRange<Double>
  /// The top of the vertical axis, which begins at 0.
  var top: Double
  /// What stands beside the top and the middle of the vertical axis.
  var topLabel: String
  var middleLabel: String
  /// Where a vertical line stands, and the words between them.
  var cuts: [Double] = []
  var sections: [String] = []
  var bars: [Bar] = []
  /// How wide a bar is.
  var barWidth = 0.5
  var curves: [Curve] = []
  var marks: [Mark] = []

  private static let (width, height) = (340.0, 236.0)
  private static let (left, right) = (40.0, 324.0)
  private static let (above, below) = (28.0, 206.0)

  /// The picture.
  ///
  /// - Parameters:
  ///   - name: the part of its identifiers that no other picture of the page has.
  ///   - title: what it shows.
  ///   - description: the same in sentences.
  /// - Returns: an SVG element.
  func svg(_ name: String, title: String, description: String) -> String {
    SVG.picture(
      name, width: Self.width, height: Self.height, title: title, description: description,
      content: frame() + drawnBars() + curves.flatMap(drawn) + marks.flatMap(drawn))
  }

  private func frame() -> [String] {
    let middle = (Self.above + Self.below) / 2
    var content = [
      SVG.line("axis", from: (Self.left, Self.below), to: (Self.right, Self.below)),
      SVG.line("grid", from: (Self.left, Self.above), to: (Self.right, Self.above)),
      SVG.line("grid", from: (Self.left, middle), to: (Self.right, middle)),
      SVG.text("0", "value-label", x: Self.left - 6, y: Self.below + 4, anchor: "end"),
      SVG.text(middleLabel, "value-label", x: Self.left - 6, y: middle + 4, anchor: "end"),
      SVG.text(topLabel, "value-label", x: Self.left - 6, y: Self.above + 4, anchor: "end"),
    ]
    for cut in cuts {
      content.append(SVG.line("cut", from: (x(cut), Self.above - 8), to: (x(cut), Self.below)))
    }
    let borders = [ends.lowerBound] + cuts + [ends.upperBound]
    for (place, section) in sections.enumerated() where place + 1 < borders.count {
      content.append(
        SVG.text(
          section, "band-label", x: x((borders[place] + borders[place + 1]) / 2),
          y: Self.below + 20, anchor: "middle"))
    }
    return content
  }

  private func drawnBars() -> [String] {
    bars.filter { $0.height > 0 }.map { bar in
      let left = x(bar.x - 0.45 * barWidth)
      return SVG.rectangle(
        "population", x: left, y: y(bar.height), width: x(bar.x + 0.45 * barWidth) - left,
        height: Self.below - y(bar.height))
    }
  }

  private func drawn(_ curve: Curve) -> [String] {
    let places = curve.points.map { "\(SVG.number(x($0.x))),\(SVG.number(y($0.y)))" }
    var content = [
      "<polyline class=\"curve \(curve.style)\" points=\"\(places.joined(separator: " "))\"/>"
    ]
    if let label = curve.label, let last = curve.points.last {
      content.append(SVG.text(label, "curve-label", x: x(last.x) + 5, y: y(last.y) + 5))
    }
    return content
  }

  private func drawn(_ mark: Mark) -> [String] {
    [
      SVG.line(
        "error-bar", from: (x(mark.x), y(mark.range.lowerBound)),
        to: (x(mark.x), y(mark.range.upperBound))),
      SVG.circle("dot", x: x(mark.x), y: y(mark.y), radius: 4.5),
    ]
  }

  private func x(_ value: Double) -> Double {
    let share = (value - ends.lowerBound) / (ends.upperBound - ends.lowerBound)
    return Self.left + (Self.right - Self.left) * min(max(share, 0), 1)
  }

  private func y(_ value: Double) -> Double {
    Self.below - (Self.below - Self.above) * min(max(value / top, 0), 1)
  }
}

import Simulation

/// The pictures of a simulation report: plain SVG with its own looks, for print and screen.
enum SimulationCharts {
  private static let size = (width: 360.0, height: 260.0, margin: 40.0)

  /// A picture's frame: axes from 0 to 1 with their names.
  private static func frame(
    title: String, horizontal: String, vertical: String, content: [String]
  ) -> String {
    let (width, height, margin) = size
    let ticks = [0.0, 0.25, 0.5, 0.75, 1].flatMap { value -> [String] in
      let (x, y) = place(value, value)
      return [
        text("\(Int(value * 100))", x: x, y: height - margin + 16, anchor: "middle"),
        text("\(Int(value * 100))", x: margin - 6, y: y + 4, anchor: "end"),
      ]
    }
    let (left, bottom) = place(0, 0)
    let (right, top) = place(1, 1)
    return "<svg viewBox=\"0 0 \(number(width)) \(number(height))\" role=\"img\" "
      + "aria-label=\"\(escaped(title))\">"
      + "<rect class=\"frame\" x=\"\(number(left))\" y=\"\(number(top))\" "
      + "width=\"\(number(right - left))\" height=\"\(number(bottom - top))\"/>"
      + (ticks + content).joined()
      + text(horizontal, x: (left + right) / 2, y: height - 6, anchor: "middle")
      + text(vertical, x: left, y: top - 8, anchor: "start") + "</svg>"
  }

  /// Predicted probabilities against what came true, with the diagonal of agreement.
  static func reliability(
    _ bins: [VerdictCalibration.Bin], title: String, horizontal: String, vertical: String
  ) -> String {
    let largest = bins.map(\.count).max() ?? 1
    let (start, end) = (place(0, 0), place(1, 1))
    let points = bins.map { bin in
      let (x, y) = place(bin.meanProbability, bin.share)
      let radius = 3 + 6 * (Double(bin.count) / Double(largest)).squareRoot()
      return "<circle class=\"point\" cx=\"\(number(x))\" cy=\"\(number(y))\" "
        + "r=\"\(number(radius))\"/>"
    }
    let line = bins.map { bin in
      let (x, y) = place(bin.meanProbability, bin.share)
      return "\(number(x)),\(number(y))"
    }.joined(separator: " ")
    return frame(
      title: title, horizontal: horizontal, vertical: vertical,
      content: [
        "<line class=\"aim\" x1=\"\(number(start.0))\" y1=\"\(number(start.1))\" "
          + "x2=\"\(number(end.0))\" y2=\"\(number(end.1))\"/>",
        "<polyline class=\"line\" points=\"\(line)\"/>",
      ] + points)
  }

  /// Bars of shares, with their intervals and the shares wanted.
  static func bars(
    _ bars: [(name: String, share: Double, interval: [Double], wanted: Double?)], title: String,
    vertical: String
  ) -> String {
    let slot = 1 / Double(max(bars.count, 1))
    let content = bars.enumerated().flatMap { index, bar -> [String] in
      let middle = (Double(index) + 0.5) * slot
      let (left, top) = place(middle - 0.3 * slot, bar.share)
      let (right, bottom) = place(middle + 0.3 * slot, 0)
      let (x, low) = place(middle, bar.interval.first ?? bar.share)
      let high = place(middle, bar.interval.last ?? bar.share).1
      var parts = [
        "<rect class=\"bar\" x=\"\(number(left))\" y=\"\(number(top))\" "
          + "width=\"\(number(right - left))\" height=\"\(number(max(0, bottom - top)))\"/>",
        "<line class=\"interval\" x1=\"\(number(x))\" y1=\"\(number(low))\" x2=\"\(number(x))\" "
          + "y2=\"\(number(high))\"/>",
        text(bar.name, x: x, y: size.height - 6, anchor: "middle"),
      ]
      if let wanted = bar.wanted {
        let y = place(0, wanted).1
        parts.append(
          "<line class=\"aim\" x1=\"\(number(left - 6))\" y1=\"\(number(y))\" "
            + "x2=\"\(number(right + 6))\" y2=\"\(number(y))\"/>")
      }
      return parts
    }
    let (width, height, margin) = size
    let ticks = [0.0, 0.25, 0.5, 0.75, 1].map { value in
      text("\(Int(value * 100))", x: margin - 6, y: place(0, value).1 + 4, anchor: "end")
    }
    let (left, bottom) = place(0, 0)
    let (right, top) = place(1, 1)
    return "<svg viewBox=\"0 0 \(number(width)) \(number(height))\" role=\"img\" "
      + "aria-label=\"\(escaped(title))\">"
      + "<rect class=\"frame\" x=\"\(number(left))\" y=\"\(number(top))\" "
      + "width=\"\(number(right - left))\" height=\"\(number(bottom - top))\"/>"
      + (ticks + content).joined() + text(vertical, x: left, y: top - 8, anchor: "start") + "</svg>"
  }

  private static func place(_ x: Double, _ y: Double) -> (Double, Double) {
    let (width, height, margin) = size
    return (
      margin + x * (width - margin - 16), height - margin + 8 - y * (height - 2 * margin + 8)
    )
  }

  private static func text(_ text: String, x: Double, y: Double, anchor: String) -> String {
    "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">\(escaped(text))</text>"
  }

  /// A number with at most one decimal.
  private static func number(_ value: Double) -> String {
    String((value * 10).rounded() / 10)
  }

  /// A text as it stands in a page.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}

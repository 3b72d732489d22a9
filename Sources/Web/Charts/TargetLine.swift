import Competency
import Delivery

/// One point's dot and interval beside the target: points have no levels, only a side of it.
struct TargetLine {
  let scale: LevelScale
  let target: Double
  let point: TestResult.Point
  let phrases: Phrases

  private static let (width, height) = (340.0, 78.0)
  private static let (left, right) = (8.0, 332.0)

  /// Where the interval lies, in words: wholly below the target, across it, or wholly above.
  var placeText: String {
    let interval = point.interval
    if interval.upperBound < target { return phrases("pointPage.below") }
    return phrases(interval.lowerBound > target ? "pointPage.above" : "pointPage.across")
  }

  /// The picture.
  func svg() -> String {
    let line = x(target)
    let content = [
      // Near an edge the word would stick out.
      SVG.text(
        phrases("pointPage.target"), "band-label", x: min(max(line, 30), Self.width - 30), y: 16,
        anchor: "middle"),
      SVG.rectangle(
        "band band-1", x: Self.left, y: 26, width: line - Self.left, height: 36),
      SVG.rectangle("band band-3", x: line, y: 26, width: Self.right - line, height: 36),
      SVG.line(
        "interval", from: (x(point.interval.lowerBound), 44),
        to: (x(point.interval.upperBound), 44)),
      SVG.circle("dot", x: x(point.ability), y: 44, radius: 7),
      SVG.line("cut", from: (line, 22), to: (line, 72)),
    ]
    return SVG.picture(
      "point", width: Self.width, height: Self.height, title: phrases("pointPage.chartTitle"),
      description: placeText, content: content)
  }

  private func x(_ ability: Double) -> Double {
    Self.left + (Self.right - Self.left) * scale.position(of: ability)
  }
}

import Competency
import Delivery

/// Dots and intervals on level bands, one row for each dimension; drawn for a phone first.
struct DimensionChart {
  let result: TestResult
  let framework: Framework
  let scale: LevelScale
  let phrases: Phrases

  private static let width = 340.0
  private static let (left, right) = (8.0, 332.0)
  private static let (top, rowHeight) = (30.0, 58.0)

  /// The picture.
  func svg() -> String {
    let height = Self.top + Self.rowHeight * Double(result.dimensions.count) + 4
    var content: [String] = []
    let borders = [0] + scale.cuts.map(scale.position) + [1]
    for level in 0..<(borders.count - 1) {
      content.append(
        SVG.text(
          scale.level(at: level), "band-label", x: x((borders[level] + borders[level + 1]) / 2),
          y: 16, anchor: "middle"))
    }
    for (row, dimension) in result.dimensions.enumerated() {
      let y = Self.top + Self.rowHeight * Double(row)
      content.append(SVG.text(name(dimension.id), "row-label", x: Self.left, y: y + 16))
      for level in 0..<(borders.count - 1) {
        content.append(
          SVG.rectangle(
            "band band-\(level + 1)", x: x(borders[level]), y: y + 24,
            width: x(borders[level + 1]) - x(borders[level]), height: 24))
      }
      let composite = dimension.composite
      content.append(
        SVG.line(
          "interval", from: (x(scale.position(of: composite.interval.lowerBound)), y + 36),
          to: (x(scale.position(of: composite.interval.upperBound)), y + 36)))
      content.append(
        SVG.circle("dot", x: x(scale.position(of: composite.ability)), y: y + 36, radius: 7))
    }
    for cut in scale.cuts.map(scale.position) {
      content.append(SVG.line("cut", from: (x(cut), 22), to: (x(cut), height - 6)))
    }
    return SVG.picture(
      "dimensions", width: Self.width, height: height, title: phrases("result.chartTitle"),
      description: sentences().joined(separator: phrases("site.sentenceGap")),
      content: content)
  }

  /// The same as a table.
  func rows() -> [[String: Any]] {
    result.dimensions.map { dimension in
      [
        "name": name(dimension.id),
        "levelText": scale.level(at: scale.level(of: dimension.composite.ability)),
        "rangeText": scale.range(dimension.composite.interval, phrases),
        "itemsText": phrases(
          "result.itemCount", ["items": "\(dimension.composite.evidenceCount)"]),
      ]
    }
  }

  private func sentences() -> [String] {
    result.dimensions.map { dimension in
      let interval = dimension.composite.interval
      return phrases(
        "result.chartRow",
        [
          "dimension": name(dimension.id),
          "level": scale.level(at: scale.level(of: dimension.composite.ability)),
          "from": scale.level(at: scale.level(of: interval.lowerBound)),
          "to": scale.level(at: scale.level(of: interval.upperBound)),
        ])
    }
  }

  private func name(_ dimension: Dimension.ID) -> String {
    framework.dimension(dimension)?.name.text(in: phrases.language) ?? ""
  }

  private func x(_ position: Double) -> Double {
    Self.left + (Self.right - Self.left) * position
  }
}

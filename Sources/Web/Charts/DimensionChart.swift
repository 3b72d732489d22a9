import Competency
import Delivery

/// Dots and intervals on level bands, one row for each dimension.
struct DimensionChart {
  let result: TestResult
  let framework: Framework
  let scale: LevelScale
  let phrases: Phrases

  /// The picture.
  func svg() -> String {
    LevelBands(
      scale: scale,
      rows: result.dimensions.map { dimension in
        LevelBands.Row(
          name: name(dimension.id),
          marks: [
            LevelBands.Mark(
              ability: dimension.composite.ability, interval: dimension.composite.interval)
          ])
      }
    ).svg(
      "dimensions", title: phrases("result.chartTitle"),
      description: sentences().joined(separator: phrases("site.sentenceGap")))
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
}

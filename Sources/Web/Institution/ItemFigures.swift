import ItemAnalysis
import ItemBank

/// The statistics of an item as rows: figure, interval, number of answers, and what it means.
struct ItemFigures {
  let statistics: ItemStatistics
  let parameters: PartialCreditParameters
  let phrases: Phrases

  func rows() -> [[String: String]] {
    [
      percentRow("mean", statistics.mean), row("rest", statistics.restCorrelation),
      row("location", statistics.location), row("slope", statistics.slope), fitRow(),
      percentRow("unsure", statistics.unsure), timeRow(),
      percentRow("exposure", statistics.exposure), driftRow(),
    ]
  }

  private func row(
    _ name: String, _ value: String?, interval: String = "", count: Int? = nil
  ) -> [String: String] {
    [
      "name": phrases("item.\(name)"), "value": value ?? phrases("item.tooFew"),
      "interval": value == nil ? "" : interval,
      "count": value == nil ? "" : count.map { "\($0)" } ?? "",
      "meaning": phrases("item.\(name)Meaning"),
    ]
  }

  private func row(_ name: String, _ estimate: Estimate?) -> [String: String] {
    row(
      name, estimate.map { Numeral.hundredths($0.value) },
      interval: estimate.map { FindingText.interval($0, phrases) } ?? "", count: estimate?.count)
  }

  private func percentRow(_ name: String, _ estimate: Estimate?) -> [String: String] {
    row(
      name, estimate.map { "\(Numeral.wholePercent($0.value)) %" },
      interval: estimate.map {
        phrases(
          "item.interval",
          [
            "lower": Numeral.wholePercent($0.lower), "upper": Numeral.wholePercent($0.upper),
          ])
      } ?? "", count: estimate?.count)
  }

  private func fitRow() -> [String: String] {
    row(
      "fit", statistics.fit.map { Numeral.hundredths($0.meanSquare) },
      interval: statistics.fit.map {
        phrases(
          "item.band",
          ["lower": Numeral.hundredths($0.lower), "upper": Numeral.hundredths($0.upper)])
      } ?? "", count: statistics.fit?.count)
  }

  private func timeRow() -> [String: String] {
    row(
      "time", statistics.medianSeconds.map { phrases("item.seconds", ["seconds": "\(Int($0))"]) },
      count: statistics.timedCount)
  }

  private func driftRow() -> [String: String] {
    row("drift", statistics.drift?.shift)
  }
}

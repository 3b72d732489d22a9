import Courses
import Recommendation

/// Planned hours as bars, with a line where the programme's rule stands.
struct HoursChart {
  let balance: RuleBalance
  let rules: ProgrammeRules?
  let phrases: Phrases

  private static let width = 340.0
  private static let (left, right) = (8.0, 332.0)
  private static let rowHeight = 52.0

  private struct Bar {
    var name: String
    var planned: Double
    var required: Double
    var parts: [(style: String, hours: Double)]
  }

  /// The picture.
  func svg() -> String {
    let bars = bars()
    let longest = bars.map { max($0.planned, $0.required) }.max() ?? 1
    let scale = (Self.right - Self.left) / max(longest * 1.1, 1)
    var content: [String] = []
    for (row, bar) in bars.enumerated() {
      let y = Self.rowHeight * Double(row)
      content.append(
        SVG.text(
          "\(bar.name) " + phrases("course.hours", ["hours": Numeral.hours(bar.planned)]),
          "row-label", x: Self.left, y: y + 18))
      if bar.required > 0 {
        content.append(
          SVG.text(
            phrases("chart.required", ["hours": Numeral.hours(bar.required)]), "value-label",
            x: Self.right, y: y + 18, anchor: "end"))
      }
      content.append(
        SVG.rectangle(
          "bar-track", x: Self.left, y: y + 26, width: Self.right - Self.left, height: 16))
      var x = Self.left
      for part in bar.parts {
        content.append(
          SVG.rectangle(part.style, x: x, y: y + 26, width: part.hours * scale, height: 16))
        x += part.hours * scale
      }
      if bar.required > 0 {
        let rule = Self.left + bar.required * scale
        content.append(SVG.line("rule-line", from: (rule, y + 22), to: (rule, y + 46)))
      }
    }
    return SVG.picture(
      "hours", width: Self.width, height: Self.rowHeight * Double(bars.count) + 4,
      title: phrases("chart.hoursTitle"),
      description: bars.map(sentence).joined(separator: phrases("site.sentenceGap")),
      content: content)
  }

  private func bars() -> [Bar] {
    let online = (style: "bar-online", hours: balance.online)
    let practice = (style: "bar-practice", hours: balance.practice)
    return [
      Bar(
        name: phrases("chart.total"), planned: balance.hours,
        required: rules?.hours.minimum ?? 0, parts: [online, practice]),
      Bar(
        name: phrases("chart.online"), planned: balance.online,
        required: rules?.online.minimum ?? 0, parts: [online]),
      Bar(
        name: phrases("chart.practice"), planned: balance.practice,
        required: rules?.practice.minimum ?? 0, parts: [practice]),
    ]
  }

  private func sentence(_ bar: Bar) -> String {
    phrases(
      bar.required > 0 ? "chart.hoursRow" : "chart.hoursRowFree",
      [
        "rule": bar.name, "planned": Numeral.hours(bar.planned),
        "required": Numeral.hours(bar.required),
      ])
  }
}

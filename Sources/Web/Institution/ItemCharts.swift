import Competency
import ItemAnalysis
import ItemBank

/// The pictures of an item, each with the table that says the same.
struct ItemCharts {
  let item: BankItem
  let parameters: PartialCreditParameters
  let statistics: ItemStatistics
  let framework: Framework
  let phrases: Phrases

  private static let places = stride(from: -4.0, through: 4.0, by: 0.25).map { $0 }

  private var levels: [String] {
    framework.measurement.levels.map { $0.name.text(in: phrases.language) }
  }

  private var cuts: [Double] { framework.measurement.levels.compactMap(\.cutScore?.location) }

  /// The characteristic curve with what was observed; nil without enough answers.
  func characteristic() -> [String: Any]? {
    guard !statistics.fifths.isEmpty else { return nil }
    let curve = ItemCurve(
      parameters, statistics: parameters.isProvisional ? statistics : nil)
    let variance = statistics.beliefVariance ?? 0
    var chart = CurveChart(
      ends: -2.5...2.5, top: 1, topLabel: "100%", middleLabel: "50%", cuts: cuts, sections: levels)
    chart.curves = [
      CurveChart.Curve(
        style: "curve-model", label: nil,
        points: Self.places.filter { $0.magnitude <= 2.5 }.map {
          ($0, curve.expectedShare(at: $0, variance: variance))
        })
    ]
    chart.marks = statistics.fifths.map { fifth in
      CurveChart.Mark(
        x: fifth.ability, y: fifth.observed.value,
        range: fifth.observed.lower...fifth.observed.upper)
    }
    let title = phrases("item.curveTitle")
    return [
      "title": title, "meaning": phrases("item.curveMeaning"),
      "svg": chart.svg("curve", title: title, description: phrases("item.curveText")),
      "head": ["fifth", "people", "observed", "expected"].map { phrases("item.\($0)") },
      "rows": statistics.fifths.enumerated().map { place, fifth in
        [
          "name": phrases("item.fifth\(place + 1)"),
          "cells": [
            "\(fifth.observed.count)",
            Self.percent(fifth.observed), "\(Numeral.wholePercent(fifth.expected)) %",
          ],
        ] as [String: Any]
      },
    ]
  }

  /// Who takes which choice; nil for an item without choices or without enough answers.
  func options() -> [String: Any]? {
    guard !statistics.options.isEmpty else { return nil }
    let highest = statistics.options.map(\.category).max() ?? 0
    let tallest = statistics.options.flatMap(\.curve).compactMap { $0?.value }.max() ?? 1
    let top = tallest <= 0.5 ? 0.5 : 1
    var chart = CurveChart(
      ends: 0.8...5.2, top: top, topLabel: "\(Int(top * 100))%",
      middleLabel: "\(Int(top * 50))%")
    chart.curves = statistics.options.enumerated().map { place, option in
      CurveChart.Curve(
        style: option.category == highest
          ? "curve-key" : "curve-option curve-dash-\(place % 4 + 1)",
        label: option.choice.rawValue,
        points: option.curve.enumerated().compactMap { fifth, share in
          share.map { (Double(fifth + 1), $0.value) }
        })
    }
    let title = phrases("item.optionsTitle")
    return [
      "title": title, "meaning": phrases("item.optionsMeaning"),
      "svg": chart.svg("options", title: title, description: phrases("item.optionsText")),
      "head": [
        phrases("item.option"), phrases("item.worth"), phrases("item.share"),
        phrases("item.optionAbility"),
      ]
        + (1...5).map { phrases("item.fifth\($0)") },
      "rows": statistics.options.map { row(of: $0, isKey: $0.category == highest) },
    ]
  }

  private func row(of option: ItemStatistics.Option, isKey: Bool) -> [String: Any] {
    let few = phrases("item.tooFew")
    return [
      "name": option.choice.rawValue + (isKey ? phrases("item.keyMark") : ""),
      "cells": [
        "\(option.category)", Self.percent(option.share),
        option.ability.map {
          "\(Numeral.hundredths($0.value)) \(FindingText.interval($0, phrases))"
        } ?? few,
      ] + option.curve.map { $0.map { "\(Numeral.wholePercent($0.value)) %" } ?? few },
    ]
  }

  /// Where the item tells much, and where the people are, on one axis.
  func information() -> [String: Any]? {
    let curve = ItemCurve(parameters, statistics: statistics)
    let points = Self.places.map { ($0, curve.information(at: $0)) }
    let highest = max(points.map(\.1).max() ?? 0, 0.05)
    let people = statistics.population.reduce(0, +)
    let most = Double(statistics.population.max() ?? 0)
    var chart = CurveChart(
      ends: -4...4, top: highest * 1.1, topLabel: Numeral.hundredths(highest * 1.1),
      middleLabel: Numeral.hundredths(highest * 0.55), cuts: cuts, sections: levels)
    // The bars have no scale of their own: the tallest fills two thirds.
    if people >= AnalysisRules.populationCount {
      chart.bars = zip(ItemStatistics.populationPlaces, statistics.population).map {
        CurveChart.Bar(x: $0, height: Double($1) / most * highest * 0.7)
      }
    }
    chart.curves = [
      CurveChart.Curve(style: "curve-model", label: nil, points: points.map { ($0.0, $0.1) })
    ]
    let title = phrases("item.informationTitle")
    return [
      "title": title, "meaning": phrases("item.informationMeaning"),
      "svg": chart.svg(
        "information", title: title, description: phrases("item.informationText")),
      "head": [phrases("item.level"), phrases("item.information"), phrases("item.people")],
      "rows": levelRows(curve),
    ]
  }

  private func levelRows(_ curve: ItemCurve) -> [[String: Any]] {
    let borders = [-4.0] + cuts + [4.0]
    return levels.enumerated().map { place, level in
      let (low, high) = (borders[place], borders[min(place + 1, borders.count - 1)])
      // The outer levels have no far end: a unit beyond their border stands for them.
      let middle =
        place == 0 ? high - 0.6 : place == levels.count - 1 ? low + 0.6 : (low + high) / 2
      let people = zip(ItemStatistics.populationPlaces, statistics.population).reduce(0) {
        $1.0 >= low && $1.0 < high ? $0 + $1.1 : $0
      }
      return [
        "name": level,
        "cells": [
          Numeral.hundredths(curve.information(at: middle)),
          statistics.population.isEmpty ? phrases("item.tooFew") : "\(people)",
        ],
      ]
    }
  }

  private static func percent(_ share: Estimate) -> String {
    "\(Numeral.wholePercent(share.value)) % [\(Numeral.wholePercent(share.lower))–"
      + "\(Numeral.wholePercent(share.upper))]"
  }
}

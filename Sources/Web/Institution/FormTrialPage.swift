import Competency
import Foundation
import ItemBank
import Simulation
import Storage

/// The values of the page of one trial of a blueprint.
struct FormTrialPage {
  let run: FormTrialRun
  let framework: Framework?
  let phrases: Phrases

  var title: String { phrases("forms.trial", ["number": "\(run.number)"]) }

  var values: [String: Any] {
    var values: [String: Any] = [
      "headingText": title, "action": SitePath.formTrial(run.number, of: run.blueprint.test),
      "formURL": SitePath.form(run.blueprint.test),
      "formName": run.blueprint.title.text(in: phrases.language),
      "statusText": phrases("forms.status.\(run.status.rawValue)"),
      "askedText": phrases(
        "forms.trialAsked",
        [
          "teachers": "\(run.teachers)", "seed": "\(run.seed)",
          "stages": "\(run.blueprint.stages)", "items": "\(run.blueprint.itemsPerStage)",
          "version": String(run.bankVersion.rawValue.prefix(12)),
        ]),
    ]
    if run.status == .running {
      values["progress"] = [
        "text": phrases(
          "forms.trialProgress", ["done": "\(run.done)", "teachers": "\(run.teachers)"]),
        "value": "\(100 * run.done / max(run.teachers, 1))",
      ]
    }
    if let report = run.report { values["report"] = self.values(of: report) }
    return values
  }

  private func values(of report: FormTrialReport) -> [String: Any] {
    [
      "facts": facts(report), "dimensions": dimensions(report), "abilities": abilities(report),
      "points": points(report), "exposure": exposure(report),
    ]
  }

  // MARK: The figures at a glance

  private func fact(_ key: String, _ value: String, isGood: Bool? = nil) -> [String: Any] {
    var fact: [String: Any] = ["name": phrases("forms.\(key)"), "value": value]
    if let isGood {
      fact["mark"] = phrases(isGood ? "forms.good" : "forms.bad")
      if !isGood { fact["isBad"] = true }
    }
    return fact
  }

  private func facts(_ report: FormTrialReport) -> [[String: Any]] {
    let exposure = report.exposure
    let highest = percent(exposure.maximum)
    let ofLimit = exposure.limit.map {
      phrases("forms.ofLimit", ["rate": highest, "limit": BlueprintFields.percent($0)])
    }
    return [
      fact("medianItems", spread(report.items) { "\(Int($0))" }),
      fact("medianMinutes", spread(report.minutes) { "\(Int($0.rounded()))" }),
      fact(
        "violations",
        phrases(
          "forms.ofForms", ["count": "\(report.violations)", "forms": "\(report.forms)"]),
        isGood: report.violations == 0),
      fact("coverage", percent(report.coverage90)),
      fact(
        "maximumExposure", ofLimit ?? highest,
        isGood: exposure.limit.map { _ in exposure.over.isEmpty }),
      fact(
        "usedItems",
        phrases(
          "forms.ofItems", ["count": "\(exposure.used)", "items": "\(exposure.items)"])),
    ]
  }

  private func spread(
    _ spread: FormTrialReport.Spread, _ number: (Double) -> String
  ) -> String {
    guard spread.low < spread.high else { return number(spread.median) }
    return phrases(
      "forms.spread",
      [
        "median": number(spread.median), "low": number(spread.low), "high": number(spread.high),
      ])
  }

  // MARK: The pictures, each with the table that says the same

  private func figure(
    _ name: String, svg: String, head: [String], rows: [[String]]
  ) -> [String: Any] {
    [
      "title": phrases("forms.\(name)Title"), "meaning": phrases("forms.\(name)Meaning"),
      "svg": svg, "head": head.map { phrases("forms.\($0)") },
      "rows": rows.map { ["name": $0[0], "cells": Array($0.dropFirst())] as [String: Any] },
      "tableText": phrases("forms.tableOf", ["title": phrases("forms.\(name)Title")]),
    ]
  }

  private func svg(_ name: String, _ chart: RowBars) -> String {
    chart.svg(
      name, title: phrases("forms.\(name)Title"),
      description: chart.bars.map { "\($0.name) \($0.label)" }
        .joined(separator: phrases("result.listSeparator")))
  }

  private func dimensions(_ report: FormTrialReport) -> [String: Any] {
    let bars = report.dimensions.map {
      RowBars.Bar(name: name(ofDimension: $0.id), value: $0.error, label: decimals($0.error))
    }
    let longest = max(1, bars.map(\.value).max() ?? 1)
    return figure(
      "dimensions", svg: svg("dimensions", RowBars(bars: bars, longest: longest)),
      head: ["dimension", "askedTeachers", "trueError", "saidError"],
      rows: report.dimensions.map {
        [
          name(ofDimension: $0.id), "\($0.teachers)", decimals($0.error),
          decimals($0.standardError),
        ]
      })
  }

  private func abilities(_ report: FormTrialReport) -> [String: Any] {
    let constants = framework?.measurement
    let bands = report.abilities
    let top = max(1, (bands.map(\.error).max() ?? 0) * 1.2)
    var chart = CurveChart(
      ends: -2.5...2.5, top: top, topLabel: decimals(top), middleLabel: decimals(top / 2),
      cuts: constants?.levels.compactMap(\.cutScore?.location) ?? [],
      sections: constants?.levels.map { $0.name.text(in: phrases.language) } ?? [])
    chart.curves = [
      CurveChart.Curve(
        style: "curve-model", label: nil, points: bands.map { (x: $0.ability, y: $0.error) })
    ]
    chart.marks = bands.map {
      CurveChart.Mark(x: $0.ability, y: $0.error, range: $0.error...$0.error)
    }
    let names = bands.indices.map { phrases("forms.fifth\($0 + 1)") }
    let description = zip(names, bands).map { "\($0) \(decimals($1.error))" }
      .joined(separator: phrases("result.listSeparator"))
    return figure(
      "abilities",
      svg: chart.svg(
        "abilities", title: phrases("forms.abilitiesTitle"), description: description),
      head: ["band", "teachersColumn", "trueError"],
      rows: zip(names, bands).map { [$0, "\($1.teachers)", decimals($1.error)] })
  }

  private func points(_ report: FormTrialReport) -> [String: Any] {
    // The least clear first; what was never asked about comes before all.
    let sorted = report.points.sorted {
      ($1.uncertainShare ?? 2, $0.id) < ($0.uncertainShare ?? 2, $1.id)
    }
    let bars = sorted.prefix(10).map { point in
      RowBars.Bar(
        name: name(ofPoint: point.id), value: point.uncertainShare ?? 0,
        label: point.uncertainShare.map(percent) ?? phrases("forms.neverAsked"))
    }
    return figure(
      "points", svg: svg("points", RowBars(bars: Array(bars), longest: 1)),
      head: ["point", "itemsColumn", "uncertainShare", "untestedShare"],
      rows: sorted.map {
        [
          name(ofPoint: $0.id), "\($0.items)", $0.uncertainShare.map(percent) ?? "–",
          percent($0.untestedShare),
        ]
      })
  }

  private func exposure(_ report: FormTrialReport) -> [String: Any] {
    let exposure = report.exposure
    let shown = exposure.over.count > 10 ? exposure.over : exposure.mostGiven
    let bars = exposure.mostGiven.map {
      RowBars.Bar(name: $0.item, value: $0.rate, label: percent($0.rate))
    }
    var values = figure(
      "exposure", svg: svg("exposure", RowBars(bars: bars, longest: 1, limit: exposure.limit)),
      head: ["itemColumn", "rate"], rows: shown.map { [$0.item, percent($0.rate)] })
    if !exposure.over.isEmpty {
      let names = exposure.over.prefix(30).map(\.item).joined(separator: " ")
      values["overText"] = phrases(
        "forms.overLimit", ["count": "\(exposure.over.count)", "items": names])
    }
    return values
  }

  private func name(ofDimension id: String) -> String {
    framework?.dimension(Competency.Dimension.ID(rawValue: id))?.name.text(in: phrases.language)
      ?? id
  }

  private func name(ofPoint id: String) -> String {
    let point = framework?.point(CompetencyPoint.ID(rawValue: id))
    return point.map { "\(id) \($0.name.text(in: phrases.language))" } ?? id
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f%%", 100 * share) }

  private func decimals(_ value: Double) -> String { String(format: "%.2f", value) }
}

import Delivery
import Foundation
import Storage

/// The values of the page of one calibration.
struct CalibrationPage {
  let run: CalibrationRun
  let phrases: Phrases

  /// How far an item calibrated before may move before somebody should look: a third of the way
  /// between two steps.
  private static let drift = 0.3
  /// Slopes and locations outside are hardly ever true.
  private static let usualSlopes = 0.3...2.5
  private static let usualLocations = -3.0...3.0
  /// How many items the lists name.
  private static let shownItems = 30

  var title: String { phrases("calibrations.run", ["number": "\(run.number)"]) }

  var values: [String: Any] {
    var values: [String: Any] = [
      "action": SitePath.calibration(run.number),
      "headingText": title,
      "statusText": phrases("calibrations.status.\(run.status.rawValue)"),
      "dataText": phrases(
        run.settings.from.isEmpty ? "calibrations.data" : "calibrations.dataFrom",
        [
          "persons": "\(run.progress.persons)", "answers": "\(run.progress.answers)",
          "from": run.settings.from, "minimum": "\(run.settings.minimumAnswers)",
        ]),
      "anchorsText": phrases(
        run.settings.keepsCalibrated ? "calibrations.anchorsKept" : "calibrations.anchorsFree"),
    ]
    if !run.fault.isEmpty { values["runFaultText"] = phrases("calibrations.fault.\(run.fault)") }
    if run.status == .running { values["progress"] = progress }
    if !run.results.isEmpty { values["results"] = results }
    if run.status == .finished { values["decision"] = decision }
    return values
  }

  private var progress: [String: Any] {
    [
      "text": run.progress.cycles == 0
        ? phrases("calibrations.reading")
        : phrases(
          "calibrations.cycle",
          [
            "cycle": "\(run.progress.cycles)", "change": number(run.progress.largestChange),
            "seconds": "\(remaining)",
          ]),
      "value": "\(min(95, 100 * run.progress.cycles / max(expectedCycles, 1)))",
    ]
  }

  /// How many cycles it will take: the change shrinks by about half in each.
  private var expectedCycles: Int {
    guard run.progress.largestChange > 0 else { return 12 }
    let left = max(0, log2(run.progress.largestChange / 1e-3))
    return min(CalibrationJob.cycleLimit, run.progress.cycles + Int(left.rounded(.up)))
  }

  private var remaining: Int {
    let cycles = Double(expectedCycles - run.progress.cycles)
    return max(1, Int((cycles * run.progress.secondsPerCycle).rounded(.up)))
  }

  /// Items that were calibrated before and moved more than their errors explain.
  private var drifting: [CalibrationRun.ItemResult] {
    run.results.filter { result in
      guard result.wasCalibrated, let before = result.locationBefore else { return false }
      let moved = abs(result.location - before)
      return moved > Self.drift && moved > 1.96 * result.locationError
    }
  }

  private var unusual: [CalibrationRun.ItemResult] {
    run.results.filter {
      !Self.usualSlopes.contains($0.slope) || !Self.usualLocations.contains($0.location)
    }
  }

  private var results: [String: Any] {
    let isSettled = run.progress.largestChange < 1e-3
    let marks = run.results.compactMap { result in
      result.locationBefore.map {
        DifficultyScatter.Mark(
          before: $0, after: result.location,
          isDrifting: drifting.contains(result))
      }
    }
    let facts = [
      ("calibrations.items", run.results.count, run.results),
      ("calibrations.new", run.results.count { !$0.wasCalibrated }, []),
      ("calibrations.pilots", run.results.count(where: \.isPilot), run.results.filter(\.isPilot)),
      ("calibrations.drifting", drifting.count, drifting),
      ("calibrations.unusual", unusual.count, unusual),
    ]
    return [
      "settledText": phrases(
        isSettled ? "calibrations.settled" : "calibrations.unsettled",
        ["cycles": "\(run.progress.cycles)", "change": number(run.progress.largestChange)]),
      "facts": facts.enumerated().map { place, fact in
        [
          "text": phrases(fact.0, ["count": "\(fact.1)"]),
          "items": place > 1 ? names(fact.2) : "",
        ]
      },
      "chart": DifficultyScatter(marks: marks).svg(
        title: phrases("calibrations.chart"),
        description: phrases("calibrations.chartText", ["count": "\(drifting.count)"]),
        across: phrases("calibrations.before"), up: phrases("calibrations.after")),
      "rows": run.results.map { result in
        [
          "item": result.item, "answers": "\(result.answers)",
          "before": result.locationBefore.map(number) ?? "–", "after": number(result.location),
          "error": number(1.282 * result.locationError),
          "slopeBefore": result.slopeBefore.map(number) ?? "–", "slope": number(result.slope),
          "flag": drifting.contains(result)
            ? phrases("calibrations.driftFlag")
            : unusual.contains(result) ? phrases("calibrations.unusualFlag") : "",
        ]
      },
    ]
  }

  private var decision: [String: Any] {
    let ready = run.results.filter {
      $0.isPilot && $0.answers >= CalibrationRoutes.pilotAnswers
    }
    var values: [String: Any] = [:]
    if !ready.isEmpty {
      values["promoteText"] = phrases(
        "calibrations.promote", ["count": "\(ready.count)", "items": names(ready)])
    }
    return values
  }

  /// What would change for people if it were published.
  func effect(_ comparison: RescoringComparison) -> String {
    guard comparison.sessionCount > 0 else { return phrases("whatIf.noSessions") }
    let share = 100 * Double(comparison.levelChanges) / Double(comparison.sessionCount)
    return phrases(
      "calibrations.effect",
      [
        "share": String(format: "%.1f", share), "count": "\(comparison.levelChanges)",
        "sessions": "\(comparison.sessionCount)", "priorities": "\(comparison.priorityChanges)",
      ])
  }

  private func names(_ results: [CalibrationRun.ItemResult]) -> String {
    let shown = results.prefix(Self.shownItems).map(\.item).joined(separator: " ")
    return results.count > Self.shownItems ? shown + " …" : shown
  }

  private func number(_ value: Double) -> String { String(format: "%.2f", value) }
}

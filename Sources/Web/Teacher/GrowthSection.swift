import Competency
import Delivery
import Storage

/// What has changed since the time before: only what stands out from the error of both measurements is
/// called a change.
struct GrowthSection {
  let earlier: EarlierResult
  let opened: OpenedSession
  let result: TestResult
  let framework: Framework
  let scale: LevelScale
  /// The newest plan of the earlier session; nil if none was made.
  let plan: StoredPlan.ID?
  let phrases: Phrases

  /// The values of the section.
  func values() -> [String: Any] {
    var values: [String: Any] = [
      "resultURL": SitePath.result(earlier.id),
      "resultText": phrases("growth.earlier", ["date": phrases.date(earlier.finishedAt)]),
    ]
    if let plan { values["planURL"] = SitePath.plan(plan) }
    do throws(GrowthComparison.Obstacle) {
      let comparison = try GrowthComparison(
        before: (earlier.result, earlier.start, earlier.items),
        after: (result, opened.session.start, Set(opened.session.givenStages.flatMap(\.items))))
      values["compared"] = compared(comparison)
    } catch {
      values["obstacleText"] = phrases("growth.obstacle.\(error)")
    }
    return values
  }

  private func compared(_ comparison: GrowthComparison) -> [String: Any] {
    let pairs =
      [(phrases("result.overall"), comparison.overall)]
      + comparison.dimensions.map { id, pair in
        (framework.dimension(id)?.name.text(in: phrases.language) ?? "", pair)
      }
    let rows = pairs.map { name, pair -> [String: Any] in
      [
        "name": name,
        "beforeText": scale.range(pair.before.interval, phrases),
        "afterText": scale.range(pair.after.interval, phrases),
        "verdictText": phrases("growth.verdict.\(pair.growth.verdict)"),
      ]
    }
    let bands = LevelBands(
      scale: scale,
      rows: pairs.map { name, pair in
        LevelBands.Row(
          name: name,
          marks: [
            LevelBands.Mark(
              ability: pair.before.ability, interval: pair.before.interval, isEarlier: true),
            LevelBands.Mark(ability: pair.after.ability, interval: pair.after.interval),
          ])
      })
    let sentences = zip(pairs, rows).map { pair, row in
      phrases(
        "growth.chartRow",
        ["name": pair.0, "verdict": row["verdictText"] as? String ?? ""])
    }
    return [
      "leadText": phrases("growth.lead.\(comparison.overall.growth.verdict)"),
      "chart": bands.svg(
        "growth", title: phrases("growth.chartTitle"),
        description: sentences.joined(separator: phrases("site.sentenceGap"))),
      "rows": rows,
      "itemsText": comparison.repeatedItemCount == 0
        ? phrases("growth.noneRepeated")
        : phrases("growth.repeated", ["items": "\(comparison.repeatedItemCount)"]),
    ]
  }
}

import Foundation
import ItemAnalysis
import ItemBank
import Psychometrics
import Storage

/// What a closed panel says about keys: agreement, spread, key and dissent, item by item.
struct KeyingPage {
  let panel: Panel
  let entries: [PanelEntry]
  /// The bank whose items were judged.
  let then: Bank
  /// The bank in service.
  let now: Bank
  let phrases: Phrases

  /// How many items another page can change at once.
  private static let changedAtOnce = 20

  /// One item with what was said of it.
  private struct Found {
    var item: BankItem
    var keying: PanelKeying?
    /// The key in service; empty where the item reads otherwise now, or is gone.
    var present: [SimpleChoice.ID: Int]

    var differs: Bool {
      guard let keying, !present.isEmpty else { return false }
      return keying.hasEnoughJudges && !keying.differences(from: present).isEmpty
    }
  }

  private var found: [Found] {
    panel.items.compactMap(then.item).map { item in
      let present = now.item(item.id).flatMap { other in
        other.item.reads(like: item.item) ? other.item.scoredChoices : nil
      }
      return Found(
        item: item, keying: panel.keying(of: item, entries: entries), present: present ?? [:])
    }
  }

  func values() -> [String: Any] {
    let found = found
    let settled = found.count { $0.keying?.isSettled ?? false }
    let thin = found.count { !($0.keying?.hasEnoughJudges ?? false) }
    var values: [String: Any] = [
      "leadText": phrases(
        "panels.lead",
        [
          "settled": "\(settled)", "open": "\(found.count - settled - thin)", "thin": "\(thin)",
          "different": "\(found.count(where: \.differs))",
        ]),
      "agreementText": agreement(
        panel.agreement(in: then, entries: entries), judges: Set(entries.map(\.judge)).count),
      "rows": found.map(row),
    ]
    let ready = found.filter { $0.differs && $0.keying?.isSettled == true }
      .prefix(Self.changedAtOnce)
    if !ready.isEmpty {
      values["change"] = [
        "url": whatIf(Array(ready)),
        "text": phrases("panels.changeAll", ["count": "\(ready.count)"]),
      ]
    }
    return values
  }

  private func whatIf(_ found: [Found]) -> String {
    let judges = found.compactMap(\.keying?.judgeCount)
    return SitePath.whatIf(
      points: found.compactMap { found in found.keying.map { (found.item.id, $0.scores) } },
      reason: phrases(
        "panels.reason",
        [
          "number": "\(panel.number)", "name": panel.name, "judges": "\(judges.min() ?? 0)",
        ]))
  }

  private func agreement(_ agreement: OrdinalAgreement?, judges: Int) -> String {
    guard judges >= PanelRules.minimumJudges, let agreement else { return few(judges) }
    guard let interval = agreement.interval else { return Numeral.hundredths(agreement.alpha) }
    return phrases(
      "panels.withInterval",
      [
        "value": Numeral.hundredths(agreement.alpha),
        "lower": Numeral.hundredths(interval.lower), "upper": Numeral.hundredths(interval.upper),
      ])
  }

  private func few(_ judges: Int) -> String {
    judges >= PanelRules.minimumJudges
      ? phrases("panels.noSpread")
      : phrases(
        "panels.tooFew", ["judges": "\(judges)", "minimum": "\(PanelRules.minimumJudges)"])
  }

  private func row(_ found: Found) -> [String: Any] {
    let judges = found.keying?.judgeCount ?? 0
    var row: [String: Any] = [
      "id": found.item.id.rawValue, "title": found.item.item.title,
      "url": SitePath.item(found.item.id),
      "judgesText": phrases("panels.judgeCount", ["judges": "\(judges)"]),
    ]
    let remarks = remarks(found.item)
    if !remarks.isEmpty { row["remarks"] = ["lines": remarks] }
    guard let keying = found.keying, keying.hasEnoughJudges else {
      row["fewText"] = few(judges)
      return row
    }
    row["agreementText"] = agreement(keying.agreement, judges: judges)
    row["bestText"] = "\(Numeral.wholePercent(keying.bestShare)) %"
    row["verdict"] = [
      "text": phrases(keying.isSettled ? "panels.settled" : "panels.unsettled"),
      "class": keying.isSettled ? "ready" : "defect",
    ]
    row["table"] = [
      "id": found.item.id.rawValue,
      "choices": keying.choices.map { choice($0, of: found) },
    ]
    let dissents = keying.choices.flatMap { choice in
      choice.dissents.map {
        phrases(
          "panels.dissent",
          [
            "judge": "\($0.judge)", "choice": choice.id.rawValue, "points": "\($0.points)",
            "key": "\(choice.key)",
          ])
      }
    }
    if !dissents.isEmpty { row["dissent"] = ["lines": dissents] }
    if !keying.hasBest {
      row["noBestText"] = phrases("panels.noBest", ["maximum": "\(keying.maximum)"])
    }
    if found.present.isEmpty {
      row["changedText"] = phrases("panels.itemChanged")
    } else if found.differs {
      row["rekey"] = ["url": whatIf([found]), "flag": phrases("panels.differs")]
    }
    return row
  }

  private func choice(_ choice: PanelKeying.Choice, of found: Found) -> [String: Any] {
    let present = found.present[choice.id]
    let text = found.item.item.interactions.first?.choices.first { $0.id == choice.id }?.content
      .text
    return [
      "letter": choice.id.rawValue, "text": text ?? "",
      "counts": choice.counts.enumerated().filter { $0.element > 0 }.map { points, count in
        phrases("panels.count", ["points": "\(points)", "count": "\(count)"])
      }.joined(separator: phrases("result.listSeparator")),
      "mean": Numeral.hundredths(choice.mean), "deviation": Numeral.hundredths(choice.deviation),
      "isWide": choice.deviation > PanelRules.largestDeviation, "key": "\(choice.key)",
      "present": present.map { "\($0)" } ?? "–",
      "isOther": present.map { $0 != choice.key } ?? false,
    ]
  }

  /// What judges wrote beside their scores, under their numbers.
  private func remarks(_ item: BankItem) -> [[String: String]] {
    entries.filter { !$0.isLate && $0.item == item.id.rawValue && !$0.remark.isEmpty }.map {
      [
        "judgeText": phrases("panels.judge", ["judge": "\($0.judge)"]), "remark": $0.remark,
        "lang": Language.written(in: $0.remark).htmlLanguage,
      ]
    }
  }
}

import Competency
import Foundation
import ItemAnalysis
import ItemBank
import Psychometrics
import Storage

/// What a closed panel said, as tables to be kept elsewhere; judges by their numbers.
struct PanelSheet {
  let panel: Panel
  let entries: [PanelEntry]
  /// The bank whose items were judged.
  let bank: Bank
  let phrases: Phrases

  private func header(_ names: [String]) -> [String] { names.map { phrases("panelSheet.\($0)") } }

  /// Every value that was given, one a row.
  var scores: (header: [String], rows: [[String]]) {
    (
      header(["judge", "round", "item", "what", "value", "counts", "remark"]),
      entries.flatMap { entry in
        entry.values.sorted { $0.key < $1.key }.map { what, value in
          [
            "\(entry.judge)", "\(entry.round)", entry.item, what, number(value),
            phrases(entry.isLate ? "panelSheet.no" : "panelSheet.yes"), entry.remark,
          ]
        }
      }
    )
  }

  /// What came of them.
  var results: (header: [String], rows: [[String]]) {
    panel.kind == .options ? keys : cuts
  }

  private var keys: (header: [String], rows: [[String]]) {
    (
      header([
        "item", "choice", "judges", "mean", "deviation", "key", "agreement", "lower", "upper",
      ]),
      panel.items.compactMap(bank.item).flatMap { item -> [[String]] in
        guard let keying = panel.keying(of: item, entries: entries) else { return [] }
        return keying.choices.map { choice in
          let start = [item.id.rawValue, choice.id.rawValue, "\(keying.judgeCount)"]
          guard keying.hasEnoughJudges else {
            return start + [String](repeating: phrases("item.tooFew"), count: 6)
          }
          return start + [
            number(choice.mean), number(choice.deviation), "\(choice.key)",
            keying.agreement.map { number($0.alpha) } ?? "",
            keying.agreement?.interval.map { number($0.lower) } ?? "",
            keying.agreement?.interval.map { number($0.upper) } ?? "",
          ]
        }
      }
    )
  }

  private var cuts: (header: [String], rows: [[String]]) {
    let page = CutScorePage(
      panel: panel, entries: entries, then: bank, now: bank, phrases: phrases)
    let rounds = panel.kind == .angoff ? Array(1...panel.round) : [1]
    return (
      header(["level", "round", "judges", "cut", "error", "lower", "upper"]),
      panel.levels(in: bank).flatMap { level in
        rounds.map { round -> [String] in
          let start = [level.id.rawValue, "\(round)"]
          guard case .cut(let cut, let judges) = page.outcome(level, upTo: round) else {
            return start + [String](repeating: phrases("item.tooFew"), count: 5)
          }
          let half = ConfidenceInterval.normalHalfWidth * cut.standardError
          return start
            + ["\(judges)"]
            + [cut.location, cut.standardError, cut.location - half, cut.location + half]
            .map(number)
        }
      }
    )
  }

  /// A number that reads back exactly.
  private func number(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? "\(value)"
  }
}

import Courses
import Storage

/// What was changed in a plan: the last change with what it costs, and all that were made.
struct PlanHistory {
  let plan: OpenedPlan
  /// The newest first.
  let edits: [StoredPlanEdit]
  let phrases: Phrases

  private var text: PlanEditText {
    PlanEditText(
      catalogue: plan.courses.catalogue, framework: plan.planning.framework, phrases: phrases)
  }

  /// The last change, to be read and taken back; nil if there is none.
  func last(_ occasion: PlanPage.Occasion) -> [String: Any]? {
    guard let edit = plan.stored.edit else { return nil }
    var values: [String: Any] = [
      "text": text.sentence(edit), "costs": text.costs(edit.difference).map { ["text": $0] },
    ]
    if let moves = text.moves(edit.difference) { values["movesText"] = moves }
    if plan.stored.parent != nil { values["canUndo"] = true }
    if case .changed(let since) = occasion {
      values["isNew"] = true
      if !since.isEmpty { values["joined"] = ["items": since.reversed().map(item)] }
    }
    return values
  }

  /// All changes, the newest first.
  func rows() -> [[String: Any]] {
    edits.map { stored in
      var row = item(stored)
      row["costText"] = text.costs(stored.edit.difference)
        .joined(separator: phrases("chart.sentenceSeparator"))
      return row
    }
  }

  private func item(_ stored: StoredPlanEdit) -> [String: Any] {
    [
      "version": stored.version, "text": text.sentence(stored.edit),
      "timeText": phrases.moment(stored.madeAt),
    ]
  }
}

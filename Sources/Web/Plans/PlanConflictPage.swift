import Courses
import HTTPTypes
import Recommendation
import Storage

/// A change that was asked for on a page that has grown old: what was changed elsewhere, and what
/// was asked for here, side by side, for the teacher to decide.
struct PlanConflictPage {
  let plan: OpenedPlan
  let change: PlanChange
  /// What was changed since the page was opened, the newest first.
  let since: [StoredPlanEdit]
  let phrases: Phrases

  func page() -> Page {
    let stored = plan.stored
    let text = PlanEditText(
      catalogue: plan.courses.catalogue, framework: plan.planning.framework, phrases: phrases)
    let asked = change.edit(.nothing)
    var values: [String: Any] = [
      "theirs": since.reversed().map { other in
        [
          "text": text.sentence(other.edit),
          "costText": text.costs(other.edit.difference)
            .joined(separator: phrases("chart.sentenceSeparator")),
          "timeText": phrases.moment(other.madeAt),
        ]
      },
      "mineText": change.kind == .undo
        ? phrases("planEdit.conflictUndo") : text.sentence(asked),
      "changeAction": SitePath.changes(stored.id), "planURL": SitePath.plan(stored.id),
      "version": stored.version,
      // What was typed goes on with the decision.
      "fields": fields(),
    ]
    if change.kind == .undo, let last = stored.edit {
      values["undoText"] = phrases(
        "planEdit.conflictUndoNow", ["edit": text.sentence(last)])
    }
    return Page(
      template: "teacher/plan-conflict", title: phrases("planEdit.conflictTitle"),
      address: SitePath.plan(stored.id), status: .conflict, isCanonical: false, values: values)
  }

  private func fields() -> [[String: Any]] {
    var fields = [("change", change.kind.rawValue)]
    if let course = change.course { fields.append(("course", course.rawValue)) }
    if let other = change.replacement { fields.append(("with", other.rawValue)) }
    fields += change.typed.sorted { $0.key < $1.key }
    return fields.map { ["name": $0.0, "value": $0.1] }
  }
}

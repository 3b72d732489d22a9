import Delivery
import ItemBank

/// The answers of a stage as its form sent them.
///
/// The form also carries what was chosen when the page was made (`base`). Only what differs from
/// that is the sender's doing: a page left open in another tab does not undo what was answered
/// since.
struct StageForm {
  /// The answers that the sender changed.
  private(set) var changes: [AssessmentItem.ID: TestSession.Answer] = [:]
  /// The items with values that are no answer of theirs yet.
  private(set) var faults: [AssessmentItem.ID: EntryFault] = [:]
  /// The values that were sent, to show them again if the form cannot be taken.
  private(set) var values: [AssessmentItem.ID: EnteredValues] = [:]

  init(_ form: Form, opened: OpenedSession) {
    let items = opened.session.currentStage?.items ?? []
    let base = (form["base"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
    for (index, id) in items.enumerated() {
      guard let item = opened.bank.item(id)?.item else { continue }
      let fields = AnswerFields(item, in: opened.session)
      let shown = index < base.count ? String(base[index]) : nil
      let entered = fields.entered(in: form, shown: shown)
      // Radio buttons cannot be taken back, and a form without a base is not the page's.
      if entered.isEmpty, fields.isOneQuestion || shown == nil { continue }
      values[id] = entered
      if shown == entered.text(fields.fields) { continue }
      do throws(EntryFault) {
        changes[id] = try fields.answer(entered)
      } catch {
        faults[id] = error
      }
    }
  }

  /// What is chosen in a session, as the form carries it.
  static func base(of stage: Stage, session: TestSession, bank: Bank) -> String {
    stage.items.map { id in
      guard let item = bank.item(id)?.item else { return "" }
      let fields = AnswerFields(item, in: session)
      return fields.entered(session.answers[id]).text(fields.fields)
    }.joined(separator: ",")
  }
}

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
  /// The items with a value that stands for no choice of theirs.
  private(set) var faults: [AssessmentItem.ID] = []
  /// The values that were sent, to show them again if the form cannot be taken.
  private(set) var values: [AssessmentItem.ID: String] = [:]

  init(_ form: Form, opened: OpenedSession) {
    let items = opened.session.currentStage?.items ?? []
    let base = (form["base"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
    for (index, id) in items.enumerated() {
      guard let value = form[Self.fieldName(of: id)] else { continue }
      values[id] = value
      if index < base.count, base[index] == value { continue }
      if value == ChoiceToken.unsure {
        changes[id] = .unsure
      } else if let item = opened.bank.item(id)?.item,
        let interaction = item.choiceInteractions.first,
        let choice = ChoiceToken.choice(value, in: interaction, of: item)
      {
        changes[id] = .response([interaction.responseIdentifier: .choice(choice)])
      } else {
        faults.append(id)
      }
    }
  }

  /// The name of an item's field.
  static func fieldName(of item: AssessmentItem.ID) -> String { "answer-\(item.rawValue)" }

  /// What is chosen in a session, as the form carries it.
  static func base(of stage: Stage, session: TestSession, bank: Bank) -> String {
    stage.items.map { value(of: $0, session: session, bank: bank) ?? "" }.joined(separator: ",")
  }

  /// The value of the field that stands for the answer to an item; nil while it has none.
  static func value(
    of id: AssessmentItem.ID, session: TestSession, bank: Bank
  ) -> String? {
    switch session.answers[id] {
    case nil: nil
    case .unsure: ChoiceToken.unsure
    case .response(let responses):
      bank.item(id).flatMap { bankItem in
        responses.values.first?.identifiers.first.map {
          ChoiceToken.token(of: SimpleChoice.ID(rawValue: $0), in: bankItem.item)
        }
      }
    }
  }
}

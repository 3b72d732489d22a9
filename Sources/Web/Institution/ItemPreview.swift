import Competency
import Delivery
import ItemBank

/// An item as a teacher sees it, by the code that shows it to teachers.
struct ItemPreview {
  let item: BankItem
  let bank: Bank
  let phrases: Phrases

  /// The values of a stage that has this item alone.
  func values() -> [String: Any] {
    let stage = Stage(
      number: 1, groups: [Stage.Group(stimulus: item.scenario, items: [item.id])])
    let session = TestSession(
      start: TestSession.Start(
        test: AssessmentTest.ID(rawValue: ""), bankVersion: bank.version,
        environment: Environment.ID(rawValue: ""), schoolStage: nil, subject: nil, programme: "",
        seed: 1), stages: [stage])
    let fields = AnswerFields(item.item, in: session)
    var values: [String: Any] = [
      "item": ItemView(
        fields: fields, number: 1, entered: fields.entered(nil), fault: nil, phrases: phrases
      ).values()
    ]
    if let stimulus = item.scenario.flatMap(bank.stimulus) {
      values["scenario"] = [
        "id": "scenario-1", "titleHTML": HTML(escaping: stimulus.title).markup,
        "bodyHTML": stimulus.content.html,
      ]
    }
    return values
  }
}

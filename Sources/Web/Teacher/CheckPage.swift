import Delivery
import ItemBank

/// The check before a stage is submitted: what is answered, what is not.
struct CheckPage {
  let site: Site
  let id: TestSession.ID
  let session: TestSession
  let bank: Bank
  let language: Language

  /// - Throws: ``Refusal/notFound`` if no stage is open.
  func page() throws(Refusal) -> Page {
    guard let stage = session.currentStage else { throw .notFound }
    let phrases = site.renderer.phrases(language)
    let unsure = stage.items.count { session.answers[$0] == .unsure }
    let unanswered = stage.items.count { session.answers[$0] == nil }
    let isLast = stage.number == session.stages.count
    var values: [String: Any] = [
      "session": SessionValues.open(id, session),
      "progress": SessionValues.progress(session, phrases),
      "summaryText": phrases(
        unsure + unanswered == 0 ? "check.summaryAll" : "check.summary",
        [
          "items": "\(stage.items.count)",
          "answered": "\(stage.items.count - unsure - unanswered)", "unsure": "\(unsure)",
          "unanswered": "\(unanswered)",
        ]),
      "contentLang": Language.chinese.htmlLanguage,
      "items": stage.items.map { item($0, stage: stage.number, phrases) },
      "noticeText": phrases(isLast ? "check.noticeLast" : "check.notice"),
      "form": [
        "action": SitePath.stage(stage.number, of: id),
        "hidden": [["name": "then", "value": "submit"]],
      ],
      "submitText": phrases(isLast ? "check.submitLast" : "check.submit"),
      "backURL": SitePath.stage(stage.number, of: id),
    ]
    if unanswered > 0 {
      values["unansweredNoticeText"] = phrases(
        "check.unansweredNotice", ["count": "\(unanswered)"])
    }
    return Page(
      template: "teacher/check", title: phrases("check.title", ["stage": "\(stage.number)"]),
      address: SitePath.check(id), values: values)
  }

  private func item(
    _ item: AssessmentItem.ID, stage: Int, _ phrases: Phrases
  ) -> [String: Any] {
    let number = session.number(of: item)
    let interaction = bank.item(item)?.item.choiceInteractions.first
    let state: String
    var chosen: String?
    switch session.answers[item] {
    case nil: state = "unanswered"
    case .unsure: state = "unsure"
    case .response(let responses):
      state = "answered"
      let id = responses.values.first?.identifiers.first.map(SimpleChoice.ID.init(rawValue:))
      chosen = id.flatMap { interaction?.choice($0)?.content.text }.map(Self.shortened)
    }
    return [
      "numberText": phrases("check.itemLabel", ["number": "\(number)"]),
      "promptText": interaction?.prompt?.text ?? "",
      "state": ["class": state, "word": phrases("check.\(state)")],
      "changeURL": "\(SitePath.stage(stage, of: id))#q\(number)",
      "changeText": phrases(state == "unanswered" ? "check.answer" : "check.change"),
      "chosenText": chosen ?? phrases("check.\(state)Text"),
      "isContent": chosen != nil,
    ]
  }

  private static func shortened(_ text: String) -> String {
    text.count > 32 ? text.prefix(30) + "……" : text
  }
}

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
    let partly = stage.items.count { summary(of: $0)?.isPartial == true }
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
    if partly > 0 {
      values["partlyNoticeText"] = phrases("check.partlyNotice", ["count": "\(partly)"])
    }
    return Page(
      template: "teacher/check",
      title: session.base == nil
        ? phrases("check.title", ["stage": "\(stage.number)"]) : phrases("further.checkTitle"),
      address: SitePath.check(id), values: values)
  }

  private func item(
    _ id: AssessmentItem.ID, stage: Int, _ phrases: Phrases
  ) -> [String: Any] {
    let number = session.number(of: id)
    let item = bank.item(id)?.item
    let summary = summary(of: id)
    let state: String
    var chosen: String?
    switch session.answers[id] {
    case nil: state = "unanswered"
    case .unsure: state = "unsure"
    case .response:
      state = summary?.isPartial == true ? "partly" : "answered"
      chosen = summary?.text
    }
    var values: [String: Any] = [
      "numberText": phrases("check.itemLabel", ["number": "\(number)"]),
      "promptText": item?.question ?? "",
      "state": ["class": state, "word": phrases("check.\(state)")],
      "changeURL": "\(SitePath.stage(stage, of: self.id))#q\(number)",
      "changeText": phrases(state == "unanswered" ? "check.answer" : "check.change"),
      "chosenText": chosen ?? phrases("check.\(state)Text"),
      "isContent": chosen != nil,
    ]
    if state == "partly", let summary {
      values["leftText"] = phrases("check.left", ["count": "\(summary.emptyPlaces)"])
    }
    return values
  }

  private func summary(of id: AssessmentItem.ID) -> AnswerSummary? {
    bank.item(id).map {
      AnswerSummary(AnswerFields($0.item, in: session), answer: session.answers[id])
    }
  }
}

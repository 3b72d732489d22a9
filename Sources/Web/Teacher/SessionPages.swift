import Delivery
import HTTPTypes
import Storage

/// A stage that is not open: the page says why and leads on.
struct ClosedPage: SessionPage {
  let error: SessionError
  let opened: OpenedSession

  init(_ error: SessionError, opened: OpenedSession) {
    self.error = error
    self.opened = opened
  }

  func page(_ phrases: Phrases) -> Page {
    let id = opened.key.id
    var title = phrases("closed.title")
    var reason = phrases("closed.finished")
    switch error {
    case .stageClosed(let number):
      reason = phrases("closed.submitted", ["stage": "\(number)"])
    case .stageNotReached(let number, _):
      title = phrases("closed.notYetTitle")
      reason = phrases("closed.notYet", ["stage": "\(number)"])
    case .finished, .itemNotPresented, .responseDoesNotFit, .tooManyAnswers: break
    }
    var next = ["url": SitePath.result(id), "text": phrases("closed.goResult")]
    if let stage = opened.session.currentStage {
      next = [
        "url": SitePath.stage(stage.number, of: id),
        "text": phrases("closed.goStage", ["stage": "\(stage.number)"]),
      ]
    }
    return Page(
      template: "teacher/closed", title: title,
      address: SitePath.current(opened.session, id: id), status: .conflict, isCanonical: false,
      values: [
        "session": SessionValues.open(id, opened.session), "reasonText": reason, "next": next,
      ])
  }
}

/// What was answered is saved, and the visitor goes on later.
struct SavedPage: SessionPage {
  let id: TestSession.ID
  let session: TestSession
  /// Whether it belongs to the teacher who is signed in.
  let isPersonal: Bool

  func page(_ phrases: Phrases) -> Page {
    Page(
      template: "teacher/saved", title: phrases("stage.laterTitle"), address: SitePath.saved(id),
      values: [
        "session": SessionValues.open(id, session), "backURL": SitePath.current(session, id: id),
        "eraseAction": SitePath.erasure(id), "isPersonal": isPersonal,
      ])
  }
}

/// All stages are submitted.
struct DonePage: SessionPage {
  let site: Site
  let id: TestSession.ID
  let session: TestSession

  func page(_ phrases: Phrases) -> Page {
    let unsure = session.answers.values.count { $0 == .unsure }
    let empty = session.stages.flatMap(\.items).count - session.answers.count
    let sentences = [
      phrases("done.answered", ["answered": "\(session.answers.count - unsure)"]),
      unsure > 0 ? phrases("done.unsure", ["unsure": "\(unsure)"]) : nil,
      empty > 0 ? phrases("done.empty", ["empty": "\(empty)"]) : nil,
    ]
    return Page(
      template: "teacher/done", title: phrases("done.title"), address: SitePath.done(id),
      values: [
        "session": SessionValues.ended(id, session),
        "summaryText": sentences.compactMap { $0 }.joined(separator: phrases("site.sentenceGap")),
        "reference": Self.reference(of: id),
        "resultURL": SitePath.result(id),
      ])
  }

  /// The session's identifier as a person reads it out: in groups of four.
  static func reference(of id: TestSession.ID) -> String {
    let characters = Array(id.rawValue.uppercased())
    return stride(from: 0, to: characters.count, by: 4)
      .map { String(characters[$0..<min($0 + 4, characters.count)]) }.joined(separator: "-")
  }
}

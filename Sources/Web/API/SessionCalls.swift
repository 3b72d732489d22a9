import Competency
import Courses
import Delivery
import Foundation
import Hummingbird
import ItemBank
import Storage

/// The API's calls about tests and sessions.
struct SessionCalls: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/api/v1/tests", tests),
      Endpoint(.post, "/api/v1/sessions", begin),
      Endpoint(.put, "/api/v1/sessions/{session}/responses/{item}", saveResponse),
      Endpoint(.post, "/api/v1/sessions/{session}/stages/{stage}", submitStage),
      Endpoint(.get, "/api/v1/sessions/{session}/result", result),
      Endpoint(.delete, "/api/v1/sessions/{session}", erase),
    ]
  }

  private func tests(_ request: Request, context: VisitorContext) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let options = { (key: String) in
      phrases.order(of: key).map { TestBody.Option(id: $0, name: phrases("\(key).\($0)")) }
    }
    let tests = site.publications.bank.blueprints.filter { $0.audience == .public }.map { test in
      let programmes = site.publications.courses.programmes(of: test.framework)
      return TestBody(
        id: test.test.rawValue, title: test.title.text(in: context.language),
        framework: test.framework.rawValue,
        programme: programmes.first?.id.rawValue,
        programmes: programmes.map {
          TestBody.Option(id: $0.id.rawValue, name: $0.name.text(in: context.language))
        },
        environments: site.environments(of: test).map {
          TestBody.Option(id: $0.id.rawValue, name: $0.name.text(in: context.language))
        },
        schoolStages: options("options.stage"), subjects: options("options.subject"),
        length: test.length, stages: test.stages)
    }
    return try APIAnswer.response(tests, to: request)
  }

  private func begin(_ request: Request, context: VisitorContext) async throws -> Response {
    let body = try await APIBody(request, context: context)
    var answers = StartAnswers()
    answers.environment = try body.text("environment")
    answers.schoolStage = try body.text("schoolStage").map { option($0, of: "options.stage") }
    answers.subject = try body.text("subject").map { option($0, of: "options.subject") }
    answers.test = try body.text("test")
    answers.programme = try body.text("programme")
    guard answers.blueprint(site: site) != nil else { throw Refusal.invalid(field: "test") }
    answers.programme = answers.programme ?? answers.programmes(site: site).first?.id.rawValue
    // A program need not know stage and subject; what it gives has to be one we know.
    let faults = answers.faults(site: site).filter { field in
      switch field {
      case "schoolStage": answers.schoolStage != nil
      case "subject": answers.subject != nil
      default: true
      }
    }
    if let fault = faults.first { throw Refusal.invalid(field: fault) }
    guard let start = answers.start(site: site) else { throw Refusal.invalid(field: "test") }
    let token = context.token ?? AccessToken()
    let (id, session) = try await site.begin(
      start, device: request.deviceClass, owner: SessionOwner(tokenHash: token.hash))
    let bank = try await site.publications.bank(start.bankVersion)
    let stage = StageBody(
      session, bank: bank, phrases: site.renderer.phrases(context.language))
    return try APIAnswer.response(
      StartedSessionBody(session: id.rawValue, token: token.text, stage: stage), to: request,
      status: .created)
  }

  /// The option that a program names by its identifier or by its Chinese word.
  private func option(_ text: String, of key: String) -> String {
    let chinese = site.renderer.phrases(.chinese)
    return chinese.order(of: key).first { chinese("\(key).\($0)") == text } ?? text
  }

  private func saveResponse(_ request: Request, context: VisitorContext) async throws -> Response {
    let key = try Self.key(context)
    let body = try await APIBody(request, context: context)
    guard let sequence = try body.count("sequence") else {
      throw Refusal.invalid(field: "sequence")
    }
    guard let stored = try await site.store.session(key) else {
      // The browser keeps what it could not save until somebody has signed in again.
      throw context.hasExpired ? Refusal.unauthorised : Refusal.notFound
    }
    let bank = try await site.publications.bank(stored.start.bankVersion)
    let item = AssessmentItem.ID(rawValue: try context.parameter("item"))
    let session = try stored.replayed(bank: bank)
    let answer = try APIResponse(body, to: item, in: session, bank: bank).answer()
    guard
      let saved = try await site.store.saveResponse(
        answer, to: item, sequence: sequence, in: key, receivedAt: site.now(), bank: bank)
    else { throw Refusal.notFound }
    site.counters.count(.answerSaved)
    // Two devices may have counted alike: whose answer came later has to send it with a higher number.
    // Nothing chosen takes an answer back.
    guard saved.answers[item] != (answer.isEmpty ? nil : answer) else {
      return try APIAnswer.response(
        SavedBody(saved: saved.sequence(of: item) ?? sequence), to: request)
    }
    let answeredAt = try await site.store.answerTime(of: item, in: key) ?? site.now()
    return try APIAnswer.response(
      SavedBody(
        saved: saved.sequence(of: item) ?? sequence, superseded: true,
        ago: max(0, (site.now().timeIntervalSince(answeredAt) * 1000).rounded() / 1000)),
      to: request)
  }

  private func submitStage(_ request: Request, context: VisitorContext) async throws -> Response {
    let key = try Self.key(context)
    let body = try await APIBody(request, context: context)
    guard let number = Int(try context.parameter("stage")) else { throw Refusal.notFound }
    guard let stored = try await site.store.session(key) else {
      // The browser keeps what it could not save until somebody has signed in again.
      throw context.hasExpired ? Refusal.unauthorised : Refusal.notFound
    }
    let bank = try await site.publications.bank(stored.start.bankVersion)
    let shown = try stored.replayed(bank: bank)
    var changes: [AssessmentItem.ID: TestSession.Answer] = [:]
    for (id, value) in try body.object("responses") ?? [:] {
      guard let fields = value as? [String: Any] else { throw Refusal.invalid(field: "responses") }
      let item = AssessmentItem.ID(rawValue: id)
      // Either the body of a saved response or the PCI form alone.
      let isWrapped = fields["response"] != nil || fields["unsure"] != nil
      changes[item] = try APIResponse(
        APIBody(fields: isWrapped ? fields : ["response": fields]), to: item, in: shown, bank: bank
      ).answer()
    }
    guard
      let session = try await site.store.submitStage(
        number, changes: changes, after: 0, closes: true, in: key, receivedAt: site.now(),
        bank: bank)
    else { throw Refusal.notFound }
    site.counters.count(.stageSubmitted)
    let next = StageBody(session, bank: bank, phrases: site.renderer.phrases(context.language))
    return try APIAnswer.response(NextStageBody(finished: next == nil, stage: next), to: request)
  }

  private func result(_ request: Request, context: VisitorContext) async throws -> Response {
    let opened = try await OpenedSession(try Self.key(context), site: site)
    guard opened.session.state == .closed else { throw Refusal.notFinished }
    guard let result = try await site.store.result(opened.key), let framework = opened.framework
    else { throw Refusal.notFound }
    return try APIAnswer.response(
      ResultBody(result, opened: opened, framework: framework, language: context.language),
      to: request)
  }

  private func erase(_ request: Request, context: VisitorContext) async throws -> Response {
    let key = try Self.key(context)
    guard try await site.store.eraseSession(key, erasedAt: site.now(), as: AccessToken.randomName)
    else {
      throw Refusal.notFound
    }
    return try APIAnswer.response(
      ErasedBody(erased: true, stays: site.renderer.phrases(context.language)("erased.link")),
      to: request)
  }

  /// What a program or the browser's script holds for the session of the path.
  ///
  /// - Throws: ``Refusal/unauthorised`` for somebody who holds no token and is not signed in.
  static func key(_ context: VisitorContext) throws(Refusal) -> SessionKey {
    guard context.owner != nil else { throw .unauthorised }
    return try OpenedSession.key(context)
  }
}

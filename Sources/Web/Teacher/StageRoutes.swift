import Delivery
import Hummingbird
import ItemBank
import Storage

/// Answering: a stage, the check before it is submitted, and what comes after.
struct StageRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/sessions/{session}/stages/{stage}", stage),
      Endpoint(.post, "/sessions/{session}/stages/{stage}", submit),
      Endpoint(.get, "/sessions/{session}/check", check),
      Endpoint(.get, "/sessions/{session}/saved", saved),
      Endpoint(.get, "/sessions/{session}/done", done),
    ]
  }

  private func stage(_ request: Request, context: VisitorContext) async throws -> Response {
    let opened = try await OpenedSession(context, site: site)
    let number = try stageNumber(context)
    do throws(SessionError) {
      try opened.session.checkOpen(number)
    } catch {
      return try respond(ClosedPage(error, opened: opened), to: request, context: context)
    }
    return try respondWithStage(opened, to: request, context: context)
  }

  private func submit(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let opened = try await OpenedSession(context, site: site)
    let number = try stageNumber(context)
    do {
      return try await submit(number, form: form, opened, to: request, context: context)
    } catch let error as SessionError {
      switch error {
      case .stageClosed, .stageNotReached, .finished:
        // Opened again: another tab may have been faster than this one.
        let now = try await OpenedSession(opened.key, site: site)
        return try respond(ClosedPage(error, opened: now), to: request, context: context)
      case .itemNotPresented, .responseDoesNotFit, .tooManyAnswers: throw error
      }
    }
  }

  private func submit(
    _ number: Int, form: Form, _ opened: OpenedSession, to request: Request,
    context: VisitorContext
  ) async throws -> Response {
    try opened.session.checkOpen(number)
    let stageForm = StageForm(form, opened: opened)
    guard stageForm.faults.isEmpty else {
      return try respondWithStage(
        opened, sent: stageForm, to: request, context: context)
    }
    let closes = form["then"] == "submit"
    guard
      let session = try await site.store.submitStage(
        number, changes: stageForm.changes, after: form["sequence"].flatMap(Int.init) ?? 0,
        closes: closes, in: opened.key, receivedAt: site.now(), bank: opened.bank)
    else { throw Refusal.notFound }
    if closes { site.counters.count(.stageSubmitted) }
    let id = opened.key.id
    switch (closes, form["then"], session.state) {
    case (true, _, .closed):
      guard form.wantsPage else { return .seeOther(SitePath.done(id)) }
      return try respond(
        DonePage(site: site, id: id, session: session), to: request, context: context)
    case (true, _, .interacting(let next)):
      guard form.wantsPage else { return .seeOther(SitePath.stage(next, of: id)) }
      let page = StagePage(
        site: site, id: id, session: session, bank: opened.bank, language: context.language)
      return try site.renderer.response(page.page(), to: request, context: context)
    case (false, "later", _):
      guard form.wantsPage else { return .seeOther(SitePath.saved(id)) }
      return try respond(
        SavedPage(id: id, session: session, isPersonal: opened.stored.isPersonal), to: request,
        context: context)
    default:
      guard form.wantsPage else { return .seeOther(SitePath.check(id)) }
      let page = CheckPage(
        site: site, id: id, session: session, bank: opened.bank, language: context.language)
      return try site.renderer.response(try page.page(), to: request, context: context)
    }
  }

  private func check(_ request: Request, context: VisitorContext) async throws -> Response {
    let opened = try await OpenedSession(context, site: site)
    guard opened.session.currentStage != nil else {
      return try respond(ClosedPage(.finished, opened: opened), to: request, context: context)
    }
    let page = CheckPage(
      site: site, id: opened.key.id, session: opened.session, bank: opened.bank,
      language: context.language)
    return try site.renderer.response(try page.page(), to: request, context: context)
  }

  private func saved(_ request: Request, context: VisitorContext) async throws -> Response {
    let opened = try await OpenedSession(context, site: site)
    return try respond(
      SavedPage(
        id: opened.key.id, session: opened.session, isPersonal: opened.stored.isPersonal),
      to: request, context: context)
  }

  private func done(_ request: Request, context: VisitorContext) async throws -> Response {
    let opened = try await OpenedSession(context, site: site)
    guard opened.session.state == .closed else {
      return .seeOther(SitePath.current(opened.session, id: opened.key.id))
    }
    return try respond(
      DonePage(site: site, id: opened.key.id, session: opened.session), to: request,
      context: context)
  }

  private func stageNumber(_ context: VisitorContext) throws(Refusal) -> Int {
    guard let number = Int(try context.parameter("stage")), number >= 1 else { throw .notFound }
    return number
  }

  private func respondWithStage(
    _ opened: OpenedSession, sent: StageForm? = nil, to request: Request,
    context: VisitorContext
  ) throws -> Response {
    let page = StagePage(
      site: site, id: opened.key.id, session: opened.session, bank: opened.bank,
      language: context.language, faults: sent?.faults ?? [:], sent: sent?.values ?? [:])
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  private func respond(
    _ page: some SessionPage, to request: Request, context: VisitorContext
  ) throws -> Response {
    try site.renderer.response(
      page.page(site.renderer.phrases(context.language)), to: request, context: context)
  }
}

/// A page of a session that needs nothing but texts.
protocol SessionPage {
  func page(_ phrases: Phrases) -> Page
}

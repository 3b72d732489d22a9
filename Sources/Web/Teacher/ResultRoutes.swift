import Competency
import Delivery
import Foundation
import HTTPTypes
import Hummingbird
import ItemBank
import Storage

/// The result of a session, and the end of it: erasing.
struct ResultRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/sessions/{session}/result", result),
      Endpoint(.get, "/sessions/{session}/result/points/{point}", point),
      Endpoint(.post, "/sessions/{session}/further", further),
      Endpoint(.post, "/sessions/{session}/erasure", erase),
      Endpoint(.get, SitePath.erased, erased),
    ]
  }

  private func result(_ request: Request, context: VisitorContext) async throws -> Response {
    let opened = try await OpenedSession(context, site: site)
    guard opened.session.state == .closed else {
      return .seeOther(SitePath.current(opened.session, id: opened.key.id))
    }
    let plan = try await site.store.newestPlan(of: opened.key)
    guard let result = try await site.store.result(opened.key) else { throw Refusal.notFound }
    var earlier: (result: EarlierResult, plan: StoredPlan.ID?)?
    if let before = try await site.store.resultBefore(opened.key) {
      let key = SessionKey(id: before.id, owner: opened.key.owner)
      earlier = (before, try await site.store.newestPlan(of: key))
    }
    let further = try await FurtherSection(opened, result: result, site: site)
    let page = try ResultPage(
      site: site, opened: opened, result: result, plan: plan, earlier: earlier, further: further,
      language: context.language)
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  private func point(_ request: Request, context: VisitorContext) async throws -> Response {
    let opened = try await OpenedSession(context, site: site)
    guard opened.session.state == .closed else {
      return .seeOther(SitePath.current(opened.session, id: opened.key.id))
    }
    guard let result = try await site.store.result(opened.key) else { throw Refusal.notFound }
    let name = try context.parameter("point")
    let id = CompetencyPoint.ID(rawValue: name)
    var plan: StoredPlan?
    var courses = site.publications.courses
    if let newest = try await site.store.newestPlan(of: opened.key),
      let stored = try await site.store.plan(newest, of: opened.key.owner)
    {
      plan = stored
      courses = try await site.publications.courses(stored.coursesVersion)
    }
    let page = try PointPage(
      id, of: opened, result: result, plan: plan, catalogue: courses.catalogue, site: site,
      language: context.language)
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  private func further(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let opened = try await OpenedSession(context, site: site)
    guard opened.session.state == .closed else {
      return .seeOther(SitePath.current(opened.session, id: opened.key.id))
    }
    let continuation = try await site.store.continueSession(
      opened.key, as: TestSession.ID(rawValue: AccessToken.randomName()), startedAt: site.now(),
      bank: opened.bank)
    switch continuation {
    case nil: throw Refusal.notFound
    case .refused:
      // The result page says why, as it does to whoever opens it now.
      return .seeOther(SitePath.result(opened.key.id))
    case .known(let id):
      let known = try await OpenedSession(
        SessionKey(id: id, owner: opened.key.owner), site: site)
      return .seeOther(SitePath.current(known.session, id: id))
    case .begun(let id, let session):
      site.counters.count(.sessionStarted)
      guard form.wantsPage else { return .seeOther(SitePath.stage(1, of: id)) }
      let page = StagePage(
        site: site, id: id, session: session, bank: opened.bank, language: context.language)
      return try site.renderer.response(page.page(), to: request, context: context)
    }
  }

  private func erase(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let key = try OpenedSession.key(context)
    // 我的记录 means all of this browser's, or all of the teacher's: the next person at a shared
    // computer finds none.
    guard
      let owner = try await site.store.eraseSessions(
        beside: key, erasedAt: site.now(), as: AccessToken.randomName)
    else { throw Refusal.notFound }
    var response = Response.seeOther("\(SitePath.erased)?session=\(key.id.rawValue)")
    // The browser's cache and the outbox go too: on a shared computer the next person finds
    // nothing.
    response.headers[.clearSiteData] = "\"cache\", \"storage\""
    if owner == .browser {
      response.headers[values: .setCookie] = [site.cookies.forgetToken()]
    }
    return response
  }

  private func erased(_ request: Request, context: VisitorContext) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let id = request.uri.queryParameters["session"].map(String.init) ?? ""
    return try site.renderer.response(
      Page(
        template: "teacher/erased", title: phrases("erased.title"), address: SitePath.erased,
        isCanonical: false,
        values: [
          "session": SessionValues.ended(TestSession.ID(rawValue: id), nil),
          "erasedText": phrases("erased.link"),
        ]),
      to: request, context: context)
  }
}

extension HTTPField.Name {
  /// Tells the browser to forget what it keeps of this site.
  static var clearSiteData: HTTPField.Name { known("Clear-Site-Data") }
}

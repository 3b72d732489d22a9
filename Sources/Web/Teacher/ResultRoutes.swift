import Competency
import Delivery
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
    let page = try ResultPage(
      site: site, opened: opened, result: result, plan: plan, earlier: earlier,
      language: context.language)
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  private func erase(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let key = try OpenedSession.key(context)
    guard try await site.store.eraseSession(key, erasedAt: site.now(), as: AccessToken.randomName)
    else {
      throw Refusal.notFound
    }
    // 我的记录 means all of this browser's, or all of the teacher's: the next person at a shared
    // computer finds none.
    try await site.store.eraseSessions(
      of: key.owner, erasedAt: site.now(), as: AccessToken.randomName)
    var response = Response.seeOther("\(SitePath.erased)?session=\(key.id.rawValue)")
    // The browser's cache and the outbox go too: on a shared computer the next person finds
    // nothing.
    response.headers[.clearSiteData] = "\"cache\", \"storage\""
    response.headers[values: .setCookie] = [site.cookies.forgetToken()]
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

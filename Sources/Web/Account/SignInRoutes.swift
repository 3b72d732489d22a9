import Foundation
import Hummingbird
import People
import Storage

/// Teachers sign in with the school's code and their own, and out.
struct SignInRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, SitePath.signIn, page),
      Endpoint(.post, SitePath.signIn, signIn),
      Endpoint(.post, SitePath.signOut, signOut),
    ]
  }

  private func page(_ request: Request, context: VisitorContext) async throws -> Response {
    try answer(to: request, context: context, school: "", fault: nil)
  }

  private func signIn(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let school = form["school"] ?? ""
    guard site.settings.mayCarrySecrets(request.head.authority) else {
      return try answer(to: request, context: context, school: school, fault: "plainLine")
    }
    let token = AccessToken()
    let hash = site.settings.codeKey.hash(school: school, code: form["code"] ?? "")
    let person = try await site.store.signIn(
      personalHash: hash, tokenHash: token.hash, at: site.now())
    guard person != nil else {
      try await Task.sleep(
        for: site.throttle.delayAfterFailure(
          from: Network.of(request, context, site: site), at: site.now()))
      return try answer(to: request, context: context, school: school, fault: "signInWrong")
    }
    site.counters.count(.signedIn)
    // A new identifier at sign-in: one that somebody planted before opens nothing.
    var response = Response.seeOther(SitePath.me)
    response.headers[values: .setCookie] = [site.cookies.keepSignedIn(token, days: 30)]
    return response
  }

  private func signOut(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    if let token = context.accountToken {
      try await site.store.signOut(tokenHash: token.hash)
    }
    var response = Response.seeOther(SitePath.landing)
    response.headers[.clearSiteData] = "\"cache\", \"storage\""
    response.headers[values: .setCookie] = [site.cookies.forgetAccount()]
    return response
  }

  private func answer(
    to request: Request, context: VisitorContext, school: String, fault: String?
  ) throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    var values: [String: Any] = ["school": school]
    values["errorSummary"] = fault.map { FormFaults.summary([("code", "account.\($0)")], phrases) }
    let title = phrases("account.signInTitle")
    return try site.renderer.response(
      Page(
        template: "account/sign-in",
        title: fault == nil ? title : phrases("site.errorTitle", ["page": title]),
        address: SitePath.signIn, status: fault == nil ? .ok : .unprocessableContent,
        values: values),
      to: request, context: context)
  }
}

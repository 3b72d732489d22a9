import Foundation
import Hummingbird
import Storage

/// Staff sign in with a name, a password and the six digits of an authenticator app.
struct StaffSignInRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, SitePath.staffSignIn, page),
      Endpoint(.post, SitePath.staffSignIn, signIn),
    ]
  }

  private func page(_ request: Request, context: VisitorContext) async throws -> Response {
    try answer(to: request, context: context, login: "", fault: nil)
  }

  private func signIn(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let login = (form["login"] ?? "").lowercased()
    guard site.settings.mayCarrySecrets(request.head.authority) else {
      return try answer(to: request, context: context, login: login, fault: "plainLine")
    }
    guard site.throttle.closedUntil(account: login, at: site.now()) == nil else {
      return try answer(to: request, context: context, login: login, fault: "tooManyTries")
    }
    let found = try await site.store.account(login: login)
    // The same work and the same sentence, whatever is wrong.
    let isRight = try await site.passwords.verify(
      form["password"] ?? "", against: found?.credentials.passwordHash)
    let token = AccessToken()
    guard isRight, let found,
      let step = OneTimePassword.step(
        form["otp"] ?? "", secret: found.credentials.totpSecret, at: site.now()),
      try await site.store.signIn(
        found.account.id, step: step, tokenHash: token.hash, at: site.now())
    else {
      site.throttle.noteFailure(account: login, at: site.now())
      if let found {
        try await site.store.record(
          AuditEvent(
            actor: "stranger", action: "sign-in", object: "account:\(found.account.id.rawValue)",
            outcome: .refused), at: site.now())
      }
      return try answer(to: request, context: context, login: login, fault: "staffSignInWrong")
    }
    site.throttle.noteSuccess(account: login)
    site.counters.count(.signedIn)
    var response = Response.seeOther(SitePath.desk)
    response.headers[values: .setCookie] = [site.cookies.keepSignedIn(token, days: nil)]
    return response
  }

  private func answer(
    to request: Request, context: VisitorContext, login: String, fault: String?
  ) throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    var values: [String: Any] = ["login": login]
    values["errorSummary"] = fault.map { FormFaults.summary([("login", "account.\($0)")], phrases) }
    let title = phrases("account.staffTitle")
    return try site.renderer.response(
      Page(
        template: "account/staff-sign-in",
        title: fault == nil ? title : phrases("site.errorTitle", ["page": title]),
        address: SitePath.staffSignIn, status: fault == nil ? .ok : .unprocessableContent,
        values: values),
      to: request, context: context)
  }
}

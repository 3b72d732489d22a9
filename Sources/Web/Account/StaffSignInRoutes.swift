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

  /// Asks to sign in again, and keeps what was filled in meanwhile.
  func page(
    carrying carried: CarriedJudgement, to request: Request, context: VisitorContext
  ) throws -> Response {
    try answer(to: request, context: context, login: "", fault: nil, carried: carried)
  }

  private func signIn(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let login = (form["login"] ?? "").lowercased()
    let carried = CarriedJudgement(carriedBy: form)
    func refused(_ fault: String) throws -> Response {
      try answer(to: request, context: context, login: login, fault: fault, carried: carried)
    }
    guard site.settings.mayCarrySecrets(request.head.authority) else {
      return try refused("plainLine")
    }
    guard site.throttle.closedUntil(account: login, at: site.now()) == nil else {
      return try refused("tooManyTries")
    }
    let found = try await site.store.account(login: login)
    // The same work and the same sentence, whatever is wrong.
    let isRight = try await site.passwords.verify(
      form["password"] ?? "", against: found?.credentials.passwordHash)
    // Many tries at once all came past the lock while none had failed yet.
    guard site.throttle.closedUntil(account: login, at: site.now()) == nil else {
      return try refused("tooManyTries")
    }
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
      return try refused("staffSignInWrong")
    }
    site.throttle.noteSuccess(account: login)
    site.counters.count(.signedIn)
    var known = context
    known.accountToken = token
    known.signedIn = SignedIn(.account(found.account))
    var response = Response.seeOther(SitePath.desk)
    if let carried,
      let page = try await JudgingRoutes(site: site).page(
        bringing: carried, for: found.account, to: request, known)
    {
      response = page
    }
    response.headers[values: .setCookie] = [site.cookies.keepSignedIn(token, days: nil)]
    return response
  }

  private func answer(
    to request: Request, context: VisitorContext, login: String, fault: String?,
    carried: CarriedJudgement? = nil
  ) throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    var values: [String: Any] = ["login": login]
    values["errorSummary"] = fault.map { FormFaults.summary([("login", "account.\($0)")], phrases) }
    if let carried {
      values["isCarrying"] = true
      values["carried"] = carried.hidden
    }
    // Nobody has tried to sign in yet: what was asked for needs it.
    let untried = carried == nil ? .ok : ErrorPage(Refusal.signInNeeded).status
    let title = phrases("account.staffTitle")
    return try site.renderer.response(
      Page(
        template: "account/staff-sign-in",
        title: fault == nil ? title : phrases("site.errorTitle", ["page": title]),
        address: SitePath.staffSignIn, status: fault == nil ? untried : .unprocessableContent,
        values: values),
      to: request, context: context)
  }
}

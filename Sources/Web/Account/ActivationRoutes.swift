import Foundation
import Hummingbird
import People
import Storage

/// A teacher opens an account with the activation code from the school's sheet: the notice first,
/// then the code, then a personal code that is shown once.
struct ActivationRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, SitePath.activate, page),
      Endpoint(.post, SitePath.activate, activate),
    ]
  }

  private func page(_ request: Request, context: VisitorContext) async throws -> Response {
    try answer(to: request, context: context, form: nil, faults: [])
  }

  private func activate(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    guard site.settings.mayCarrySecrets(request.head.authority) else {
      return try answer(
        to: request, context: context, form: form, faults: [("code", "account.plainLine")])
    }
    guard form["notice"] == "read" else {
      return try answer(
        to: request, context: context, form: form, faults: [("notice", "account.noticeUnread")])
    }
    let school = SignInCode.normalised(form["school"] ?? "")
    let personal = SignInCode.personal()
    let token = AccessToken()
    let key = site.settings.codeKey
    let person = try await site.store.activate(
      key.hash(school: school, code: form["code"] ?? ""),
      personalHash: key.hash(school: school, code: personal), tokenHash: token.hash,
      at: site.now())
    guard let person else {
      try await Task.sleep(
        for: site.throttle.delayAfterFailure(
          from: Network.of(request, context, site: site), at: site.now()))
      return try answer(
        to: request, context: context, form: form, faults: [("code", "account.activationWrong")])
    }
    var known = context
    known.accountToken = token
    known.signedIn = SignedIn(.person(person))
    let phrases = site.renderer.phrases(context.language)
    var response = try site.renderer.response(
      Page(
        template: "account/activated", title: phrases("account.activatedTitle"),
        address: SitePath.activate, isCanonical: false,
        values: [
          "nameText": phrases("account.activatedName", ["name": person.entry.name]),
          "school": school, "code": SignInCode.grouped(personal),
        ]),
      to: request, context: known)
    response.headers[values: .setCookie] = [site.cookies.keepSignedIn(token, days: 30)]
    return response
  }

  private func answer(
    to request: Request, context: VisitorContext, form: Form?, faults: [(String, String)]
  ) throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    var values: [String: Any] = [
      "school": form?["school"] ?? "", "code": form?["code"] ?? "",
      "hasRead": form?["notice"] == "read",
      "contactText": site.settings.contact ?? phrases("notice.contactNone"),
    ]
    values.merge(FormFaults.values(faults, phrases)) { $1 }
    let title = phrases("account.activateTitle")
    return try site.renderer.response(
      Page(
        template: "account/activate",
        title: faults.isEmpty ? title : phrases("site.errorTitle", ["page": title]),
        address: SitePath.activate, status: faults.isEmpty ? .ok : .unprocessableContent,
        values: values),
      to: request, context: context)
  }
}

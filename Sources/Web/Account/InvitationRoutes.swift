import Foundation
import Hummingbird
import People
import Storage

/// Whoever gets an invitation makes their account with it, once.
///
/// The secret of the one-time passwords travels in the form, hidden: the page is shown again as it
/// was when something is wrong, and nothing is kept before everything is right.
struct InvitationRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/invitations/{token}", page),
      Endpoint(.post, "/invitations/{token}", accept),
    ]
  }

  private func page(_ request: Request, context: VisitorContext) async throws -> Response {
    let (token, grant) = try await opened(context)
    return try answer(
      to: request, context: context, token: token, grant: grant,
      secret: OneTimePassword.newSecret(), form: nil, faults: [])
  }

  private func accept(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let (token, grant) = try await opened(context)
    guard let secret = form["secret"].flatMap(Self.bytes),
      secret.count == OneTimePassword.secretByteCount
    else { throw Refusal.unreadable }
    var faults = faults(of: form)
    if !site.settings.mayCarrySecrets(request.head.authority) {
      faults.append(("login", "account.plainLine"))
    }
    let step = OneTimePassword.step(form["otp"] ?? "", secret: secret, at: site.now())
    if step == nil { faults.append(("otp", "account.otpWrong")) }
    guard faults.isEmpty, let step, let login = form["login"], let name = form["name"],
      let password = form["password"]
    else {
      return try answer(
        to: request, context: context, token: token, grant: grant, secret: secret, form: form,
        faults: faults)
    }
    do {
      let made = try await site.store.makeAccount(
        from: token.hash, id: StaffAccount.ID(rawValue: AccessToken.randomName()),
        login: login.lowercased(), name: name,
        credentials: StaffCredentials(
          passwordHash: try await site.passwords.hash(password), totpSecret: secret,
          usedStep: step), at: site.now())
      guard made != nil else { throw Refusal.notFound }
    } catch StaffAccountError.loginTaken {
      return try answer(
        to: request, context: context, token: token, grant: grant, secret: secret, form: form,
        faults: [("login", "account.loginTaken")])
    }
    return .seeOther(SitePath.staffSignIn)
  }

  private func opened(_ context: VisitorContext) async throws -> (AccessToken, Grant) {
    guard let token = AccessToken(try context.parameter("token")),
      let grant = try await site.store.invitation(tokenHash: token.hash, at: site.now())
    else { throw Refusal.notFound }
    return (token, grant)
  }

  private func faults(of form: Form) -> [(field: String, key: String)] {
    var faults: [(field: String, key: String)] = []
    let login = form["login"] ?? ""
    if login.firstMatch(of: /^[A-Za-z0-9._\-]{3,40}$/) == nil {
      faults.append(("login", "account.loginUnusable"))
    }
    let name = form["name"] ?? ""
    if name.isEmpty || name.count > 40 { faults.append(("name", "account.nameMissing")) }
    let password = form["password"] ?? ""
    if let fault = PasswordRule.fault(password, context: [login, name, "bianque"]) {
      faults.append(("password", "account.\(fault.rawValue)"))
    }
    return faults
  }

  private func answer(
    to request: Request, context: VisitorContext, token: AccessToken, grant: Grant,
    secret: [UInt8], form: Form?, faults: [(field: String, key: String)]
  ) throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let address = OneTimePassword.address(secret, account: phrases("role.\(grant.role.rawValue)"))
    var values: [String: Any] = [
      "action": SitePath.invitation(token.text), "login": form?["login"] ?? "",
      "name": form?["name"] ?? "", "secret": secret.hex,
      "secretText": OneTimePassword.readable(secret),
      "qrSVG": QRCode.svg(address, title: phrases("account.otpQR")),
      "roleText": phrases("role.\(grant.role.rawValue)"),
    ]
    values.merge(FormFaults.values(faults, phrases)) { $1 }
    let title = phrases("account.invitationTitle")
    return try site.renderer.response(
      Page(
        template: "account/invitation",
        title: faults.isEmpty ? title : phrases("site.errorTitle", ["page": title]),
        address: SitePath.invitation(token.text),
        status: faults.isEmpty ? .ok : .unprocessableContent, values: values),
      to: request, context: context)
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    guard text.utf8.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}

extension Site {
  /// A one-time link's path that makes the first operator; nil if there is an operator.
  ///
  /// - Throws: the store's error if it cannot be kept.
  public func firstOperatorInvitation() async throws -> String? {
    guard try await !store.hasOperator() else { return nil }
    let token = AccessToken()
    try await store.invite(
      Grant(.operating, .everything), tokenHash: token.hash, expiresAt: now() + 86_400,
      actor: "command", at: now())
    return SitePath.invitation(token.text)
  }
}

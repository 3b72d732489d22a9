import Foundation
import Hummingbird

/// Finds out who asks and in which language: the only place that reads the cookie and the bearer
/// token.
struct VisitorMiddleware: RouterMiddleware {
  typealias Context = VisitorContext

  let cookies: VisitorCookies

  func handle(
    _ request: Request, context: VisitorContext,
    next: (Request, VisitorContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    let sent = VisitorCookies.sent(with: request)
    context.language =
      sent[VisitorCookies.languageName].flatMap(Language.init(rawValue:))
      ?? Language(acceptLanguage: request.headers[.acceptLanguage])
    if let bearer = request.headers[.authorization], bearer.hasPrefix("Bearer "),
      let token = AccessToken(bearer.dropFirst(7))
    {
      context.token = token
      context.isBearer = true
    } else {
      context.token = sent[cookies.tokenName].flatMap { AccessToken($0) }
      context.accountToken = sent[cookies.accountName].flatMap { AccessToken($0) }
    }
    return try await next(request, context)
  }
}

/// The cookies of the site: the token of a browser, the token of somebody who is signed in, and the
/// language if the visitor has chosen one.
struct VisitorCookies: Sendable {
  static let languageName = "bianque-language"

  /// Behind TLS the name itself makes browsers insist on Secure and on this host alone.
  ///
  /// On loopback there is no TLS, and a plain name.
  let isBehindTLS: Bool

  var tokenName: String { isBehindTLS ? "__Host-bianque" : "bianque" }

  var accountName: String { isBehindTLS ? "__Host-bianque-account" : "bianque-account" }

  /// A header that keeps somebody signed in while the browser is open, or longer for a teacher.
  func keepSignedIn(_ token: AccessToken, days: Int?) -> String {
    header(accountName, token.text, days: days)
  }

  /// A header that signs out.
  func forgetAccount() -> String {
    header(accountName, "", days: 0)
  }

  /// A header that keeps the token in the browser, out of reach of scripts.
  func keep(_ token: AccessToken) -> String {
    header(tokenName, token.text, days: 365)
  }

  /// A header that takes the token out of the browser.
  func forgetToken() -> String {
    header(tokenName, "", days: 0)
  }

  /// A header that keeps the language.
  func keep(_ language: Language) -> String {
    header(Self.languageName, language.rawValue, days: 365)
  }

  private func header(_ name: String, _ value: String, days: Int?) -> String {
    var text = "\(name)=\(value); Path=/; SameSite=Lax; HttpOnly"
    if let days { text += "; Max-Age=\(days * 86_400)" }
    return isBehindTLS ? text + "; Secure" : text
  }

  /// The cookies of a request by name.
  static func sent(with request: Request) -> [String: String] {
    var cookies: [String: String] = [:]
    for field in request.headers[values: .cookie] {
      for pair in field.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { continue }
        cookies[parts[0].trimmingCharacters(in: .whitespaces)] =
          parts[1].trimmingCharacters(in: .whitespaces)
      }
    }
    return cookies
  }
}

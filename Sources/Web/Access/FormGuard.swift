import HTTPTypes
import Hummingbird

/// Refuses changes that another site asks for in the visitor's name.
///
/// Three fences: cookies are SameSite=Lax; the browser's own word on where a request comes from
/// (`Sec-Fetch-Site`, else `Origin`) must be this site; and a form of a visitor who holds a token
/// carries a secret derived from it.
struct FormGuard: RouterMiddleware {
  typealias Context = VisitorContext

  /// The host that visitors use when a proxy stands in front; nil if they reach the service itself.
  let publicHost: String?

  func handle(
    _ request: Request, context: VisitorContext,
    next: (Request, VisitorContext) async throws -> Response
  ) async throws -> Response {
    switch request.method {
    case .get, .head: break
    default:
      // A program with a bearer token is no browser: nobody can make it ask in a visitor's name.
      if !context.isBearer, !isFromThisSite(request) {
        throw Refusal.foreignForm
      }
    }
    return try await next(request, context)
  }

  /// What the forms of a visitor carry; nil for a first visit.
  static func secret(for context: VisitorContext) -> String? {
    (context.accountToken ?? context.token).map { secret(for: $0) }
  }

  /// What a form of a visitor carries.
  static func secret(for token: AccessToken) -> String {
    String(Digest(of: [UInt8]("form of \(token.text)".utf8)).hex.prefix(32))
  }

  /// Checks the secret of a form.
  ///
  /// - Throws: ``Refusal/foreignForm`` if a visitor with a token sent another one.
  static func check(_ form: Form, context: VisitorContext) throws(Refusal) {
    try check(form["csrf"], context: context)
  }

  /// Checks the secret of a form.
  ///
  /// - Throws: ``Refusal/foreignForm`` if a visitor with a token sent another one.
  static func check(_ sent: String?, context: VisitorContext) throws(Refusal) {
    guard let secret = secret(for: context) else { return }
    guard sent == secret else { throw .foreignForm }
  }

  private func isFromThisSite(_ request: Request) -> Bool {
    if let site = request.headers[.secFetchSite] {
      return site == "same-origin" || site == "none"
    }
    guard let origin = request.headers[.origin] else {
      // Browsers older than both headers send neither; the form's secret and the cookie's SameSite
      // still stand. A program sends neither as well.
      return true
    }
    let sender = origin.split(separator: "/").last.map(String.init)
    return sender != nil && (sender == request.head.authority || sender == publicHost)
  }
}

extension HTTPField.Name {
  static var secFetchSite: HTTPField.Name { known("Sec-Fetch-Site") }
}

import HTTPTypes
import Hummingbird

/// The headers that every answer carries, whatever it is.
struct SecurityHeaders: RouterMiddleware {
  typealias Context = VisitorContext

  let isBehindTLS: Bool

  func handle(
    _ request: Request, context: VisitorContext,
    next: (Request, VisitorContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    // Nothing is loaded from elsewhere and nothing runs that is not a file of ours.
    response.headers[.contentSecurityPolicy] =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
      + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[Self.referrerPolicy] = "same-origin"
    response.headers[Self.openerPolicy] = "same-origin"
    if isBehindTLS {
      response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains"
    }
    return response
  }

  private static let referrerPolicy = HTTPField.Name.known("Referrer-Policy")
  private static let openerPolicy = HTTPField.Name.known("Cross-Origin-Opener-Policy")
}

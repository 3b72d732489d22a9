import Hummingbird
import Storage

/// Finds out who is signed in.
struct AccountMiddleware: RouterMiddleware {
  typealias Context = VisitorContext

  let site: Site

  func handle(
    _ request: Request, context: VisitorContext,
    next: (Request, VisitorContext) async throws -> Response
  ) async throws -> Response {
    guard let token = context.accountToken else { return try await next(request, context) }
    var context = context
    context.signedIn = try await site.store.signedIn(tokenHash: token.hash, at: site.now())
    return try await next(request, context)
  }
}

/// What the head of a page offers to somebody who is signed in, or may sign in.
enum AccountMenu {
  /// The values of the template `parts/head`.
  static func values(_ context: VisitorContext, _ phrases: Phrases) -> [String: Any] {
    switch context.signedIn?.who {
    case .person: ["url": SitePath.me, "text": phrases("account.mine"), "isSignedIn": true]
    case .account: ["url": SitePath.desk, "text": phrases("account.desk"), "isSignedIn": true]
    case nil: ["url": SitePath.signIn, "text": phrases("account.signIn"), "isSignedIn": false]
    }
  }
}

import Foundation
import Hummingbird
import Logging

/// Turns what the routes throw into a page, or for the API into problem details.
struct ErrorMiddleware: RouterMiddleware {
  typealias Context = VisitorContext

  let site: Site

  func handle(
    _ request: Request, context: VisitorContext,
    next: (Request, VisitorContext) async throws -> Response
  ) async throws -> Response {
    do {
      let response = try await next(request, context)
      site.counters.count(.requestServed)
      return response
    } catch {
      let errorPage = ErrorPage(error)
      site.counters.count(errorPage.isOurs ? .requestFailed : .requestRefused)
      if errorPage.isOurs {
        site.logger.error(
          "A request failed.",
          metadata: [
            "reference": .string(context.reference), "method": .string(request.method.rawValue),
            // Never the path itself: a link's token, a session or a plan is in it.
            "route": .string(context.endpointPath ?? "-"),
            "error": .string(String(reflecting: error)),
          ])
      }
      let phrases = site.renderer.phrases(context.language)
      guard !request.uri.path.hasPrefix("/api/") else {
        return try APIAnswer.response(
          errorPage.problem(phrases, reference: context.reference), to: request,
          status: errorPage.status, type: "application/problem+json")
      }
      return try site.renderer.response(
        errorPage.page(phrases, address: SitePath.landing, reference: context.reference),
        to: request, context: context)
    }
  }
}

/// What a program is told when a request cannot be served, after RFC 9457.
struct ProblemDetails: Encodable, Hashable, Sendable {
  var type: String
  var title: String
  var status: Int
  var detail: String?
  var instance: String
}

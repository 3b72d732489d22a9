import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// What an operator's tools ask: is it alive, can it serve, what has it done; and the description
/// of the API.
struct OperatorRoutes: Sendable {
  let site: Site
  private let writability = Writability()

  init(site: Site) { self.site = site }

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/healthz", health),
      Endpoint(.get, "/readyz", readiness),
      Endpoint(.get, "/metrics", metrics),
      Endpoint(.get, "/api/v1/openapi.json", description),
    ]
  }

  private func health(_ request: Request, context: VisitorContext) async throws -> Response {
    Response.content([UInt8]("ok\n".utf8), type: "text/plain", acceptsGzip: false)
  }

  private func readiness(_ request: Request, context: VisitorContext) async throws -> Response {
    do {
      try await writability.check(site.store)
      return Response.content([UInt8]("ready\n".utf8), type: "text/plain", acceptsGzip: false)
    } catch {
      site.logger.error(
        "The database cannot be written to.",
        metadata: ["error": .string(String(reflecting: error))])
      return Response.content(
        [UInt8]("the database cannot be written to\n".utf8), type: "text/plain",
        status: .serviceUnavailable, acceptsGzip: false)
    }
  }

  /// Counts in Prometheus' text format, for this machine only.
  private func metrics(_ request: Request, context: VisitorContext) async throws -> Response {
    // A proxy on this machine looks like this machine, but says for whom it asks.
    guard context.isFromThisMachine, request.headers[.forwarded] == nil,
      request.headers[.forwardedFor] == nil
    else { throw Refusal.notFound }
    return Response.content(
      [UInt8](site.counters.prometheusText.utf8), type: "text/plain; version=0.0.4",
      acceptsGzip: request.acceptsGzip)
  }

  private func description(_ request: Request, context: VisitorContext) async throws -> Response {
    Response.content(
      site.apiDescription, type: "application/json; charset=utf-8",
      acceptsGzip: request.acceptsGzip)
  }
}

/// Whether the database can be written to, asked of the disk once a second at most: anybody may ask, and
/// each look is a commit.
private actor Writability {
  private var known: (at: ContinuousClock.Instant, check: Task<Void, any Error>)?

  func check(_ store: Store) async throws {
    if let known, known.at.duration(to: .now) < .seconds(1) { return try await known.check.value }
    let check = Task { try await store.checkWritable() }
    known = (.now, check)
    try await check.value
  }
}

extension HTTPField.Name {
  fileprivate static var forwarded: HTTPField.Name { known("Forwarded") }
  static var forwardedFor: HTTPField.Name { known("X-Forwarded-For") }
}

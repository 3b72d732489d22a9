import Foundation
import Hummingbird

/// One address of the site and what answers it.
///
/// All endpoints are values in one list, so that tests can ask of each who may call it and whether
/// the API's description names it.
struct Endpoint: Sendable {
  let method: HTTPRequest.Method
  /// The path, with `{name}` for its parameters.
  let path: String
  let answer: @Sendable (Request, VisitorContext) async throws -> Response

  init(
    _ method: HTTPRequest.Method, _ path: String,
    _ answer: @escaping @Sendable (Request, VisitorContext) async throws -> Response
  ) {
    self.method = method
    self.path = path
    self.answer = answer
  }
}

extension VisitorContext {
  /// A parameter of the path, with what the address writes as `%` and digits as it is meant:
  /// identifiers may be Chinese.
  ///
  /// - Throws: ``Refusal/notFound`` if it is not there.
  func parameter(_ name: String) throws(Refusal) -> String {
    guard let value = parameters.get(name)?.removingPercentEncoding else { throw .notFound }
    return value
  }
}

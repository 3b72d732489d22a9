import Foundation
import Hummingbird
import NIOCore

/// The fields of a form that a visitor sent.
///
/// Fields nobody asks for are ignored.
struct Form: Sendable {
  private let fields: [String: [String]]

  /// Reads the fields of a request.
  ///
  /// - Throws: ``Refusal/tooLarge(limit:)`` if the body is too long; ``Refusal/unreadable`` if it is no
  ///   form.
  init(_ request: Request, context: VisitorContext) async throws {
    let text: String
    do {
      let body = try await request.body.collect(upTo: context.maxUploadSize)
      text = String(buffer: body)
    } catch is NIOTooManyBytesError {
      throw Refusal.tooLarge(limit: context.maxUploadSize)
    } catch {
      throw Refusal.unreadable
    }
    fields = try Self.decoded(text)
  }

  /// Reads the fields of an address.
  ///
  /// - Throws: ``Refusal/unreadable`` if it is not well formed.
  init(query request: Request) throws {
    fields = try Self.decoded(request.uri.query ?? "")
  }

  /// The value of a field; nil if it was not sent or is empty.
  subscript(_ name: String) -> String? {
    fields[name]?.last.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// All values of a field that several boxes may share, in the order they were sent.
  func values(of name: String) -> [String] {
    (fields[name] ?? []).filter { !$0.isEmpty }
  }

  /// The values of the fields whose names begin so, by the rest of the name; empty ones left out.
  func values(namedFrom prefix: String) -> [String: String] {
    fields.reduce(into: [:]) { found, field in
      guard field.key.hasPrefix(prefix), let value = self[field.key] else { return }
      found[String(field.key.dropFirst(prefix.count))] = value
    }
  }

  /// Whether the browser's script asks for the next page itself instead of the way to it.
  var wantsPage: Bool { self["direct"] == "1" }

  private static func decoded(_ text: String) throws(Refusal) -> [String: [String]] {
    var fields: [String: [String]] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = unescaped(parts[0]), let value = unescaped(parts.count > 1 ? parts[1] : "")
      else { throw .unreadable }
      fields[name, default: []].append(value)
    }
    return fields
  }

  private static func unescaped(_ text: Substring) -> String? {
    text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding
  }
}

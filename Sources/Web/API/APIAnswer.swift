import Foundation
import Hummingbird
import Storage

/// Answers of the API as JSON.
enum APIAnswer {
  /// A value as the body of an answer.
  ///
  /// - Throws: the encoder's error for a number that is not finite, which would be a defect.
  static func response(
    _ body: some Encodable, to request: Request, status: HTTPResponse.Status = .ok,
    type: String = "application/json"
  ) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return Response.content(
      [UInt8](try encoder.encode(body)), type: "\(type); charset=utf-8", status: status,
      acceptsGzip: request.acceptsGzip)
  }
}

/// The body of an API request: one JSON object, its fields asked for by name.
struct APIBody {
  private let fields: [String: Any]

  /// Reads the body; an empty one has no fields.
  ///
  /// - Throws: ``Refusal/unreadable`` if it is not a JSON object or too long.
  init(_ request: Request, context: VisitorContext) async throws {
    do {
      let buffer = try await request.body.collect(upTo: context.maxUploadSize)
      let data = Data(buffer.readableBytesView)
      guard !data.isEmpty else {
        fields = [:]
        return
      }
      guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
        throw Refusal.unreadable
      }
      fields = object
    } catch {
      throw Refusal.unreadable
    }
  }

  init(fields: [String: Any]) {
    self.fields = fields
  }

  /// A text field; nil if it is not there.
  ///
  /// - Throws: ``Refusal/invalid(field:)`` if it is something else.
  func text(_ name: String) throws(Refusal) -> String? {
    guard let value = fields[name], !(value is NSNull) else { return nil }
    guard let text = value as? String else { throw .invalid(field: name) }
    return text
  }

  /// A whole number of at least 0; nil if it is not there.
  ///
  /// - Throws: ``Refusal/invalid(field:)`` if it is something else.
  func count(_ name: String) throws(Refusal) -> Int? {
    guard let value = fields[name] else { return nil }
    // JSON's true is a number to Foundation, but not to a reader.
    guard !Self.isTruth(value), let number = value as? Double, let count = Int(exactly: number),
      count >= 0,
      count <= Store.highestSequence
    else { throw .invalid(field: name) }
    return count
  }

  /// A field that is true; false if it is not there.
  func isTrue(_ name: String) -> Bool {
    guard let value = fields[name], Self.isTruth(value) else { return false }
    return value as? Bool ?? false
  }

  private static func isTruth(_ value: Any) -> Bool {
    (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? (value is Bool)
  }

  /// A field that is an object; nil if it is not there.
  ///
  /// - Throws: ``Refusal/invalid(field:)`` if it is something else.
  func object(_ name: String) throws(Refusal) -> [String: Any]? {
    guard let value = fields[name], !(value is NSNull) else { return nil }
    guard let object = value as? [String: Any] else { throw .invalid(field: name) }
    return object
  }
}

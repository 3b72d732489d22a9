import Diagnostics
import Foundation

/// One competency point as requests give it.
struct RequestPoint: Decodable, Hashable, Sendable {
  var id: String
  var dimension: String
  var environment: String
}

/// Reads requests that programs hand to commands.
enum RequestDocument {
  /// Decodes a document and names the field that does not fit.
  ///
  /// - Parameters:
  ///   - type: the form of the request.
  ///   - data: a JSON document in UTF-8.
  /// - Returns: the request as written; its numbers are not yet checked.
  /// - Throws: ``RequestError`` with the field that is missing or of another type.
  static func decode<Request: Decodable>(
    _ type: Request.Type, from data: Data
  ) throws(RequestError) -> Request {
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch let error as DecodingError {
      throw refusal(of: error)
    } catch {
      throw notReadable
    }
  }

  private static let notReadable = RequestError(
    "",
    Text(
      "不是可读的 JSON 文档，或者其中有数值超出范围。",
      "This is not a readable JSON document, or a number in it is out of range."))

  private static func refusal(of error: DecodingError) -> RequestError {
    switch error {
    case .keyNotFound(let key, let context):
      RequestError(
        path(context.codingPath + [key]), Text("缺少这一字段。", "This field is missing."))
    case .valueNotFound(_, let context):
      RequestError(
        path(context.codingPath), Text("这一字段不能为空。", "This field may not be null."))
    case .typeMismatch(_, let context):
      RequestError(
        path(context.codingPath), Text("这一字段的类型不对。", "This field is of another type."))
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      RequestError(
        path(context.codingPath), Text("这一字段的值无法读取。", "This field's value cannot be read."))
    default: notReadable
    }
  }

  /// The path of a field: names joined by dots, places in brackets.
  private static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce(into: "") { path, key in
      if let place = key.intValue {
        path += "[\(place)]"
      } else {
        path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
  }
}

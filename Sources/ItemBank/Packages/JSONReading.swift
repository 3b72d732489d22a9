import Diagnostics
import Foundation

extension Findings {
  /// Decodes a JSON file.
  ///
  /// - Parameters:
  ///   - type: what it should hold.
  ///   - bytes: the file.
  /// - Returns: the content, or nil when it does not fit, which is noted with the place in the
  ///   document and, for faults of syntax, with line and column.
  mutating func decode<Content: Decodable>(_ type: Content.Type, from bytes: [UInt8]) -> Content? {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      note(error, in: bytes)
    } catch {
      noteSyntax(in: bytes)
    }
    return nil
  }

  private mutating func note(_ fault: DecodingError, in bytes: [UInt8]) {
    switch fault {
    case .keyNotFound(let key, let context):
      noteShape(at: context.codingPath + [key], Text("缺少这一项", "it is missing"))
    case .typeMismatch(_, let context):
      noteShape(at: context.codingPath, Text("类型不对", "it is of the wrong type"))
    case .valueNotFound(_, let context):
      noteShape(at: context.codingPath, Text("不能是 null", "it may not be null"))
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      noteSyntax(in: bytes)
    case .dataCorrupted(let context):
      noteShape(at: context.codingPath, Text("值不在允许的范围内", "its value is not one of those allowed"))
    @unknown default:
      noteSyntax(in: bytes)
    }
  }

  private mutating func noteSyntax(in bytes: [UInt8]) {
    let place = syntaxFault(in: bytes).map { bytes.prefix($0) }
    let line = place.map { $0.count { $0 == UInt8(ascii: "\n") } + 1 } ?? 0
    // Columns count characters, not bytes: what follows the last line break, whole.
    let column = place.map {
      String(
        decoding: $0.split(separator: 10, omittingEmptySubsequences: false).last ?? [],
        as: UTF8.self
      ).count + 1
    }
    error(
      "json", line: line, column: column ?? 0,
      Text("文件不是格式正确的 JSON。", "The file is not well-formed JSON."),
      remedy: Text("请在所指位置检查引号、逗号和括号。", "Look at quotes, commas and brackets at this place."))
  }

  /// How many bytes come before a fault of syntax; nil when Foundation does not say.
  ///
  /// The decoder gives no place, and the parser only gives one in a sentence for developers.
  private func syntaxFault(in bytes: [UInt8]) -> Int? {
    do {
      _ = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      return nil
    } catch {
      let sentence = (error as NSError).userInfo["NSDebugDescription"] as? String ?? ""
      if let match = sentence.firstMatch(of: /around character (\d+)/), let count = Int(match.1) {
        return min(count, bytes.count)
      }
      return sentence.contains("end of file") ? bytes.count : nil
    }
  }

  private mutating func noteShape(at path: [any CodingKey], _ what: Text) {
    let place = path.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }
      .joined(separator: ".").prefix(200)
    error(
      "json-shape", line: 0,
      Text("JSON 中的 \(place)：\(what.chinese)。", "In the JSON, \(place): \(what.english)."),
      remedy: Text("请对照已有的文件改正。", "Compare it with an existing file."))
  }
}

import Diagnostics
import Foundation

/// A JSON file read into a value, with the places of its parts.
struct JSONContent<Value: Decodable> {
  /// What the file says.
  var value: Value
  /// Where it says it.
  var outline: JSONOutline
  /// The file's name in diagnostics.
  var file: String

  /// Reads a file; what stands in the way is one diagnostic.
  static func decode(from file: ContentFile) -> Result<JSONContent, ContentFault> {
    let outline = JSONOutline(file.bytes)
    if let place = outline.fault {
      return .failure(ContentFault(diagnostic: malformed(file.name, place)))
    }
    do {
      let value = try JSONDecoder().decode(Value.self, from: file.bytes)
      return .success(JSONContent(value: value, outline: outline, file: file.name))
    } catch {
      return .failure(ContentFault(diagnostic: diagnostic(of: error, outline, file.name)))
    }
  }

  /// A fault of the part at a path.
  func fault(
    _ code: String, _ severity: Diagnostic.Severity = .error, at path: String, _ message: Text,
    remedy: Text
  ) -> Diagnostic {
    let place = outline.places[path]
    return Diagnostic(
      code, severity, file: file, line: place?.line ?? 0, column: place?.column ?? 0,
      message: message, remedy: remedy)
  }

  private static func malformed(_ file: String, _ place: JSONOutline.Place?) -> Diagnostic {
    Diagnostic(
      "malformed-json", file: file, line: place?.line ?? 0, column: place?.column ?? 0,
      message: Text("这里不符合 JSON 的写法。", "This is not JSON."),
      remedy: Text("请检查逗号、引号和括号。", "Check commas, quotes and brackets."))
  }

  private static func diagnostic(
    of error: any Error, _ outline: JSONOutline, _ file: String
  ) -> Diagnostic {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      let place = outline.places[path(context.codingPath)]
      return Diagnostic(
        "missing-field", file: file, line: place?.line ?? 0, column: place?.column ?? 0,
        message: Text("缺少“\(key.stringValue)”。", "“\(key.stringValue)” is missing."),
        remedy: Text("请补上这一项。", "Add it."))
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      let path = path(context.codingPath)
      let place = outline.places[path]
      return Diagnostic(
        "wrong-type", file: file, line: place?.line ?? 0, column: place?.column ?? 0,
        message: Text("“\(path)”的值不是应有的类型。", "The value of “\(path)” is of a wrong type."),
        remedy: Text(
          "请写成应有的类型：数、文字、true 或 false。",
          "Write what belongs there: a number, a text, true or false."))
    case DecodingError.dataCorrupted(let context):
      let path = path(context.codingPath)
      guard !path.isEmpty else { return malformed(file, nil) }
      let place = outline.places[path]
      return Diagnostic(
        "unknown-value", file: file, line: place?.line ?? 0, column: place?.column ?? 0,
        message: Text("“\(path)”没有这个值。", "“\(path)” has no such value."),
        remedy: Text("请写格式规定的词或数。", "Write one of the words or numbers of the format."))
    default: return malformed(file, nil)
    }
  }

  private static func path(_ codingPath: [any CodingKey]) -> String {
    codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}

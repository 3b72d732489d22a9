import Diagnostics

/// Why a request given to a command was refused: where in the document, and what is wrong.
struct RequestError: Error, Hashable, Sendable {
  /// The place in the document, such as `items[3].loadings.A1`; empty for the document itself.
  var field: String
  /// What is wrong, in one sentence.
  var message: Text

  init(_ field: String, _ message: Text) {
    self.field = field
    self.message = message
  }

  /// The place and the sentence, as a command prints them.
  func description(inChinese: Bool) -> String {
    let sentence = message(inChinese: inChinese)
    return field.isEmpty ? sentence : "\(field)\(inChinese ? "：" : ": ")\(sentence)"
  }
}

// The checks that requests share. Each throws the error that says what it wanted.
extension RequestError {
  /// Demands as many numbers as there are things to number.
  static func checkCount(_ count: Int, _ expected: Int, _ field: String) throws(RequestError) {
    guard count == expected else {
      throw RequestError(
        field,
        Text("应有 \(expected) 个值，实有 \(count) 个。", "Expected \(expected) values, found \(count)."))
    }
  }

  /// Demands a number of a size that products of a few such numbers stay finite.
  static func checkSize(_ value: Double, _ field: String) throws(RequestError) {
    guard value.magnitude <= 1e6 else {
      throw RequestError(
        field, Text("数值必须在 ±1000000 之间。", "The number must lie between −1000000 and 1000000."))
    }
  }

  /// Demands numbers of such a size.
  static func checkSizes(_ values: [Double], _ field: String) throws(RequestError) {
    for (place, value) in values.enumerated() { try checkSize(value, "\(field)[\(place)]") }
  }

  /// Demands a number of at least 0.
  static func checkNotNegative(_ value: Double, _ field: String) throws(RequestError) {
    try checkSize(value, field)
    guard value >= 0 else {
      throw RequestError(field, Text("数值不能小于 0。", "The number must be at least 0."))
    }
  }

  /// Demands a number above 0, and not so small that dividing by it overflows.
  static func checkPositive(_ value: Double, _ field: String) throws(RequestError) {
    try checkSize(value, field)
    guard value >= 1e-6 else {
      throw RequestError(
        field, Text("数值不能小于 0.000001。", "The number must be at least 0.000001."))
    }
  }

  /// Demands a whole number from 0 that is below a count.
  static func checkPlace(_ value: Double, in count: Int, _ field: String) throws(RequestError) {
    guard value >= 0, value < Double(count), value.rounded() == value else {
      throw RequestError(
        field,
        Text(
          "应为 0 到 \(count - 1) 之间的整数。", "It must be a whole number from 0 to \(count - 1)."))
    }
  }

  /// Demands that there is something, and not more than is answered in reasonable time.
  static func checkLength(
    _ count: Int, atMost limit: Int, _ field: String
  ) throws(RequestError) {
    guard (1...limit).contains(count) else {
      throw RequestError(
        field,
        Text(
          "应有 1 到 \(limit) 项，实有 \(count) 项。",
          "Between 1 and \(limit) entries are needed, found \(count)."))
    }
  }

  /// Demands that an identifier is one of those known.
  static func checkKnown(
    _ id: String, in known: Set<String>, _ field: String
  ) throws(RequestError) {
    guard known.contains(id) else {
      throw RequestError(
        field, Text("没有名为“\(id)”的能力点。", "There is no point named \"\(id)\"."))
    }
  }

  /// Demands that no identifier is given twice.
  static func checkUnique(_ ids: [String], _ field: String) throws(RequestError) {
    var seen: Set<String> = []
    for (place, id) in ids.enumerated() where !seen.insert(id).inserted {
      throw RequestError(
        "\(field)[\(place)].id", Text("“\(id)”重复出现。", "\"\(id)\" is given twice."))
    }
  }
}

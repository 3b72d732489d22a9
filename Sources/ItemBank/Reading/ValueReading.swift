import Diagnostics

extension Findings {
  /// Reads a value of a base type.
  ///
  /// - Parameters:
  ///   - text: the text as it stands in the file; identifiers and numbers may be padded with white
  ///     space, as they are in real files.
  ///   - baseType: the declared type.
  ///   - name: what is read, for the message.
  ///   - line: the line it stands on.
  /// - Returns: the value, or nil when it does not fit, which is noted.
  mutating func value(
    _ text: String, as baseType: BaseType, of name: String, line: Int
  ) -> BaseValue? {
    let collapsed = text.collapsed
    switch baseType {
    case .identifier:
      return identifier(collapsed, line: line).map { .identifier($0) }
    case .string:
      return .string(text)
    case .uri:
      return .uri(collapsed)
    case .float:
      return number(collapsed, of: name, line: line).map { .float($0) }
    case .duration:
      return number(collapsed, of: name, line: line).map { .duration($0) }
    case .integer:
      if let value = Int(collapsed) { return .integer(value) }
      noteNumber(collapsed, of: name, line: line)
      return nil
    case .boolean, .pair, .directedPair, .point, .file:
      return BaseValue(collapsed: collapsed, baseType) ?? noteValue(collapsed, baseType, line)
    }
  }

  /// Reads a finite decimal number.
  ///
  /// - Returns: the number, or nil when the text is none, which is noted.
  mutating func number(_ text: String, of name: String, line: Int) -> Double? {
    if let number = Double(decimal: text) { return number }
    noteNumber(text, of: name, line: line)
    return nil
  }

  private mutating func noteValue(_ text: String, _ baseType: BaseType, _ line: Int) -> BaseValue? {
    error(
      "value", line: line,
      Text(
        "值不符合类型 \(baseType.rawValue)：\(text.prefix(80))",
        "The value does not fit type \(baseType.rawValue): \(text.prefix(80))"),
      remedy: Text("请改正这个值，或改正声明的类型。", "Correct the value or the declared type."))
    return nil
  }
}

extension BaseValue {
  fileprivate init?(collapsed text: String, _ baseType: BaseType) {
    let words = text.split(separator: " ").map(String.init)
    switch (baseType, words.count) {
    case (.boolean, 1):
      guard let value = ["true": true, "1": true, "false": false, "0": false][text] else {
        return nil
      }
      self = .boolean(value)
    case (.pair, 2):
      self = .unordered(words[0], words[1])
    case (.directedPair, 2):
      self = .directedPair(words[0], words[1])
    case (.point, 2):
      guard let x = Int(words[0]), let y = Int(words[1]) else { return nil }
      self = .point(x, y)
    default:
      return nil
    }
  }
}

extension Double {
  /// Reads a finite number as XML Schema writes it: digits with an optional sign, point and
  /// exponent; nothing else that Swift would take, such as hexadecimal digits.
  ///
  /// - Parameter text: the number; nil is returned when it is none or is too large.
  init?(decimal text: String) {
    let allowed = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "+"), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard allowed, let number = Double(text), number.isFinite else { return nil }
    self = number
  }
}

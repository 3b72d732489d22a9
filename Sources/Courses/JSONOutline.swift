/// Where the parts of a JSON text stand.
///
/// With it a fault of the content is told with line and column; Foundation's decoder does not say
/// where. It walks the text once, keeps no values, and stops at the first byte that cannot be there.
struct JSONOutline {
  /// A place in the text, both from 1; the column counts characters.
  struct Place: Hashable {
    var line: Int
    var column: Int
  }

  /// Where each part begins, by its path such as `sources.2.rule`.
  ///
  /// A member begins at its key, an element at its value. The whole text is the empty path.
  private(set) var places: [String: Place] = [:]
  /// Where the text stops being JSON; nil when it is JSON throughout.
  private(set) var fault: Place?

  /// Walks a text.
  init(_ bytes: some Collection<UInt8>) {
    self.bytes = Array(bytes)
    let isWhole = value(at: [], begin: nil) && atEnd()
    if !isWhole { fault = place(of: position) }
    self.bytes = []
  }

  private var bytes: [UInt8]
  private var position = 0
  /// Deeper nesting than this is refused, so that no text exhausts the stack.
  private static let depthLimit = 64

  private func place(of offset: Int) -> Place {
    let before = bytes[..<min(offset, bytes.count)]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    return Place(
      line: line, column: String(decoding: before[lineStart...], as: UTF8.self).count + 1)
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func atEnd() -> Bool {
    skipSpace()
    return position == bytes.count
  }

  /// Steps over a byte if it comes next.
  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func value(at path: [String], begin: Int?) -> Bool {
    skipSpace()
    guard path.count <= Self.depthLimit, position < bytes.count else { return false }
    places[path.joined(separator: ".")] = place(of: begin ?? position)
    switch bytes[position] {
    case UInt8(ascii: "{"): return object(at: path)
    case UInt8(ascii: "["): return array(at: path)
    case UInt8(ascii: "\""): return string() != nil
    default: return literal()
    }
  }

  private mutating func object(at path: [String]) -> Bool {
    position += 1
    if take("}") { return true }
    repeat {
      skipSpace()
      let begin = position
      guard let key = string(), take(":"), value(at: path + [key], begin: begin) else {
        return false
      }
    } while take(",")
    return take("}")
  }

  private mutating func array(at path: [String]) -> Bool {
    position += 1
    if take("]") { return true }
    var index = 0
    repeat {
      guard value(at: path + [String(index)], begin: nil) else { return false }
      index += 1
    } while take(",")
    return take("]")
  }

  /// The text between two quotes, escapes as they stand; nil when there is none or it is not UTF-8.
  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    let start = position
    while position < bytes.count, bytes[position] >= 0x20 {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
          position = start
          return nil
        }
        position += 1
        return text
      case UInt8(ascii: "\\"):
        position += 1
        guard position < bytes.count, "\"\\/bfnrtu".utf8.contains(bytes[position]) else {
          return nil
        }
        position += 1
      default: position += 1
      }
    }
    return nil
  }

  /// Steps over a number, true, false or null.
  ///
  /// It takes what looks like a number to Swift; the decoder is stricter.
  private mutating func literal() -> Bool {
    let start = position
    let word = bytes[start...].prefix { byte in
      let character = Character(Unicode.Scalar(byte))
      return character.isASCII
        && (character.isLetter || character.isNumber || "+-.".contains(character))
    }
    let text = String(decoding: word, as: UTF8.self)
    guard ["true", "false", "null"].contains(text) || Double(text) != nil else { return false }
    position += word.count
    return true
  }
}

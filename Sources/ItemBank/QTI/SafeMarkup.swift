/// A piece of content that may be put into a page as it is.
///
/// Only the item bank's sanitiser and the escaping initialiser make one, so no markup of an author
/// reaches a page unseen: the elements are those of a fixed list, and of attributes only language
/// and table spans are left.
public struct SafeMarkup: Hashable, Sendable {
  /// HTML, escaped and well formed.
  public let html: String
  /// The same without markup; blocks are separated by line breaks.
  public let text: String

  /// Makes markup of plain text by escaping it.
  ///
  /// - Parameter text: any text; nothing in it is taken for markup.
  public init(text: String) {
    html = Self.escaped(text)
    self.text = text
  }

  init(sanitisedHTML html: String, text: String) {
    self.html = html
    self.text = text
  }

  /// No content at all.
  public static let empty = SafeMarkup(sanitisedHTML: "", text: "")

  /// Whether there is nothing to show.
  public var isEmpty: Bool { html.isEmpty }

  /// Escapes a text for an element or a double-quoted attribute.
  static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
      case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

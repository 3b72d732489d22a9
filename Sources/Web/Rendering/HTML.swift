/// Text made safe to stand in HTML, as content or in a quoted attribute.
struct HTML: Hashable, Sendable {
  /// The markup.
  let markup: String

  /// Marks text that stays Chinese whatever the page's language, such as the words of a document.
  init(chinese text: String) {
    markup = "<span lang=\"zh-CN\">\(HTML(escaping: text).markup)</span>"
  }

  /// Escapes text.
  ///
  /// Works on UTF-8: the characters that matter are all ASCII.
  init(escaping text: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
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
    markup = String(decoding: bytes, as: UTF8.self)
  }
}

/// An element of a parsed document, as a value: nothing of the parser is left in it.
struct XMLElement {
  /// A child of an element.
  ///
  /// Comments and processing instructions are left out.
  enum Node {
    case element(XMLElement)
    case text(String)
  }

  /// An attribute with its namespace, which is empty for the usual ones.
  struct Attribute {
    var name: String
    var namespace: String
    var value: String
  }

  /// The name without prefix.
  var name: String
  /// The namespace, empty for none.
  var namespace: String
  var attributes: [Attribute]
  var children: [Node]
  /// The line of its start tag.
  var line: Int

  static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"

  /// The child elements.
  var elements: [XMLElement] {
    children.compactMap { child in
      if case .element(let element) = child { element } else { nil }
    }
  }

  /// The child elements with a name.
  func elements(_ name: String) -> [XMLElement] {
    elements.filter { $0.name == name }
  }

  /// The first child element with a name.
  func first(_ name: String) -> XMLElement? {
    elements.first { $0.name == name }
  }

  /// The first element at the end of a path of child names.
  func first(at path: [String]) -> XMLElement? {
    path.reduce(self as XMLElement?) { $0?.first($1) }
  }

  /// Every element below this one for which a condition holds, in document order.
  func descendants(where condition: (XMLElement) -> Bool) -> [XMLElement] {
    var found: [XMLElement] = []
    collect(into: &found, where: condition)
    return found
  }

  private func collect(into found: inout [XMLElement], where condition: (XMLElement) -> Bool) {
    for case .element(let child) in children {
      if condition(child) { found.append(child) }
      child.collect(into: &found, where: condition)
    }
  }

  /// An attribute without namespace, without surrounding white space; nil when absent.
  func attribute(_ name: String) -> String? {
    attributes.first { $0.name == name && $0.namespace.isEmpty }?.value.trimmed
  }

  /// The `xml:lang` attribute, when it is not empty.
  var language: String? {
    let language = attributes.first { $0.name == "lang" && $0.namespace == Self.xmlNamespace }
    return language?.value.trimmed.nonEmpty
  }

  /// All the text in it, as it stands.
  var text: String {
    children.map { child in
      switch child {
      case .element(let element): element.text
      case .text(let text): text
      }
    }.joined()
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String {
    let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    guard let first = unicodeScalars.firstIndex(where: { !isSpace($0) }),
      let last = unicodeScalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    let end = unicodeScalars.index(after: last)
    return first == startIndex && end == endIndex ? self : String(unicodeScalars[first..<end])
  }

  /// The text with every run of white space made one space, and none at the ends.
  var collapsed: String {
    let isSpace = { (scalar: Unicode.Scalar) in
      // Most scalars are letters and Chinese characters, which need no look at the tables.
      scalar.value > 0x3000 || (0x21...0x7E).contains(scalar.value)
        ? false : scalar.properties.isWhitespace
    }
    var collapsed = ""
    collapsed.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      if !isSpace(scalar) {
        collapsed.unicodeScalars.append(scalar)
      } else if collapsed.utf8.last.map({ $0 != UInt8(ascii: " ") }) ?? false {
        collapsed.append(" ")
      }
    }
    if collapsed.utf8.last == UInt8(ascii: " ") { collapsed.unicodeScalars.removeLast() }
    return collapsed
  }

  /// The text, or nil when there is none.
  var nonEmpty: String? { isEmpty ? nil : self }
}

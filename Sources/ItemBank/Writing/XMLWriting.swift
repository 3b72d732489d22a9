/// Writes a tree of elements as a document.
///
/// What the tree holds is kept: names, namespaces, attributes, text and white space. Prefixes are
/// chosen anew, since a tree knows namespaces only.
struct XMLWriting {
  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  /// The prefixes of namespaces that attributes use; elements declare theirs by themselves.
  private let prefixes: [String: String]

  /// Writes a root element as a document.
  ///
  /// - Parameters:
  ///   - root: the root element.
  ///   - isIndented: whether elements that hold only elements are written on lines of their own.
  /// - Returns: the document, in UTF-8.
  static func document(_ root: XMLElement, isIndented: Bool = false) -> [UInt8] {
    let root = isIndented ? root.indented(by: "\n") : root
    var used: Set<String> = []
    collectNamespaces(of: root, into: &used)
    let namespaces = used.subtracting(["", XMLElement.xmlNamespace]).sorted()
    let prefixes = [String: String](
      uniqueKeysWithValues: namespaces.enumerated().map { ($1, "n\($0 + 1)") })
    let declarations = namespaces.map { namespace in
      " xmlns:\(prefixes[namespace] ?? "")=\"\(escaped(namespace))\""
    }
    var text = declaration
    XMLWriting(prefixes: prefixes).write(
      root, within: "", declarations: declarations.joined(), to: &text)
    return Array((text + "\n").utf8)
  }

  /// Notes the namespaces that the attributes of an element and of all below it have.
  private static func collectNamespaces(of element: XMLElement, into used: inout Set<String>) {
    for attribute in element.attributes where !used.contains(attribute.namespace) {
      used.insert(attribute.namespace)
    }
    for case .element(let child) in element.children { collectNamespaces(of: child, into: &used) }
  }

  /// Writes an element.
  ///
  /// - Parameters:
  ///   - element: the element.
  ///   - namespace: the namespace of elements without prefix where it stands.
  ///   - declarations: what else its start tag declares.
  ///   - text: where it is written to.
  private func write(
    _ element: XMLElement, within namespace: String, declarations: String = "",
    to text: inout String
  ) {
    text += "<\(element.name)"
    if element.namespace != namespace { text += " xmlns=\"\(Self.escaped(element.namespace))\"" }
    text += declarations
    for attribute in element.attributes {
      text += " \(name(of: attribute))=\"\(Self.escaped(attribute.value))\""
    }
    guard !element.children.isEmpty else { return text += "/>" }
    text += ">"
    for child in element.children {
      switch child {
      case .element(let child): write(child, within: element.namespace, to: &text)
      case .text(let content): text += Self.escaped(content, isAttribute: false)
      }
    }
    text += "</\(element.name)>"
  }

  private func name(of attribute: XMLElement.Attribute) -> String {
    if attribute.namespace.isEmpty { return attribute.name }
    if attribute.namespace == XMLElement.xmlNamespace { return "xml:\(attribute.name)" }
    return "\(prefixes[attribute.namespace] ?? ""):\(attribute.name)"
  }

  /// Text in which nothing is taken for markup, and no white space changes by being read again.
  private static func escaped(_ text: String, isAttribute: Bool = true) -> String {
    // Most texts hold nothing to escape; all that is escaped is one byte.
    guard text.utf8.contains(where: { escape($0, isAttribute) != nil }) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      if let escape = escape(byte, isAttribute) {
        result.append(contentsOf: escape.utf8)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func escape(_ byte: UInt8, _ isAttribute: Bool) -> String? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\r"): "&#13;"
    case UInt8(ascii: "\"") where isAttribute: "&quot;"
    case UInt8(ascii: "\n") where isAttribute: "&#10;"
    case UInt8(ascii: "\t") where isAttribute: "&#9;"
    default: nil
    }
  }
}

extension XMLElement {
  /// The element with white space between the elements in it, where there is no text to disturb.
  fileprivate func indented(by lead: String) -> XMLElement {
    guard !children.isEmpty, children.allSatisfy({ $0.element != nil }) else { return self }
    var result = self
    result.children = elements.flatMap { child in
      [Node.text(lead + "  "), .element(child.indented(by: lead + "  "))]
    }
    result.children.append(.text(lead))
    return result
  }
}

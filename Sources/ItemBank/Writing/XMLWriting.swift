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
    let all = [root] + root.descendants { _ in true }
    let namespaces = Set(all.flatMap(\.attributes).map(\.namespace))
      .subtracting(["", XMLElement.xmlNamespace]).sorted()
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
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\r": result += "&#13;"
      case "\"" where isAttribute: result += "&quot;"
      case "\n" where isAttribute: result += "&#10;"
      case "\t" where isAttribute: result += "&#9;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
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

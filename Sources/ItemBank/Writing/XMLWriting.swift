/// Writes a tree of elements as a document.
///
/// What the tree holds is kept: names, namespaces, attributes, text and white space. Prefixes are
/// chosen anew, since a tree knows namespaces only.
struct XMLWriting {
  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  /// The prefixes of namespaces that attributes use; elements declare theirs by themselves.
  private let prefixes: [String: String]

  /// The document of a root element, in UTF-8.
  static func document(_ root: XMLElement) -> [UInt8] {
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

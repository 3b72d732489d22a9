extension Manifest {
  /// A manifest without some of its resources, and without what depends on them.
  static func written(_ bytes: [UInt8], without left: Set<String>) -> [UInt8]? {
    var ignored = Findings(file: file)
    guard
      var root = XMLElement.parse(bytes, limit: XMLElement.packageLimit, findings: &ignored),
      let place = root.children.firstIndex(where: { $0.element?.name == "resources" }),
      var list = root.children[place].element
    else { return nil }
    list.removeElements { element in
      element.name == "resource" && left.contains(element.attribute("identifier") ?? "")
    }
    list.children = list.children.map { child in
      guard var resource = child.element else { return child }
      resource.removeElements { element in
        element.name == "dependency" && left.contains(element.attribute("identifierref") ?? "")
      }
      return .element(resource)
    }
    root.children[place] = .element(list)
    return XMLWriting.document(root)
  }
}

extension Findings {
  /// A usage file without the statistics of some items.
  ///
  /// - Returns: the file, as it is when it holds none of them; nil when it cannot be read.
  mutating func usage(_ bytes: [UInt8], without left: Set<String>) -> [UInt8]? {
    guard var root = XMLElement.parse(bytes, limit: XMLElement.packageLimit, findings: &self)
    else { return nil }
    let count = root.children.count
    root.removeElements { element in
      let target = element.first("targetObject")?.attribute("identifier")
      return target.map(left.contains) ?? false
    }
    return root.children.count == count ? bytes : XMLWriting.document(root)
  }
}

extension XMLElement {
  /// Removes child elements, each with the white space before it.
  mutating func removeElements(where condition: (XMLElement) -> Bool) {
    var kept: [Node] = []
    for child in children {
      if let element = child.element, condition(element) {
        if case .text(let text) = kept.last, text.trimmed.isEmpty { kept.removeLast() }
      } else {
        kept.append(child)
      }
    }
    children = kept
  }
}

extension XMLElement.Node {
  /// The element, if it is one.
  var element: XMLElement? {
    if case .element(let element) = self { element } else { nil }
  }
}

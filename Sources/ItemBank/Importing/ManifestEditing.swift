extension XMLElement {
  /// Sets an attribute without namespace.
  mutating func setAttribute(_ name: String, to value: String) {
    let place = attributes.firstIndex { $0.name == name && $0.namespace.isEmpty }
    if let place {
      attributes[place].value = value
    } else {
      attributes.append(Attribute(name: name, namespace: "", value: value))
    }
  }

  /// Replaces what a resource depends on; nil removes the dependency.
  mutating func replaceDependencies(_ replacement: (String) -> String?) {
    removeElements { element in
      element.name == "dependency"
        && replacement(element.attribute("identifierref") ?? "") == nil
    }
    for index in children.indices {
      guard var dependency = children[index].element, dependency.name == "dependency",
        let new = replacement(dependency.attribute("identifierref") ?? "")
      else { continue }
      dependency.setAttribute("identifierref", to: new)
      children[index] = .element(dependency)
    }
  }

  /// Edits a manifest's entry of a resource; nothing happens where there is none of that name.
  mutating func editResource(_ identifier: String?, _ change: (inout XMLElement) -> Void) {
    editElement("resources") { list in
      for index in list.children.indices {
        guard var resource = list.children[index].element, resource.name == "resource",
          resource.attribute("identifier") == identifier
        else { continue }
        change(&resource)
        list.children[index] = .element(resource)
      }
    }
  }

  /// Appends elements, each on a line of its own, before the white space at the end.
  mutating func append(_ elements: [XMLElement], indent: String = "\n    ") {
    var end: [Node] = []
    if case .text(let text) = children.last, text.trimmed.isEmpty { end = [children.removeLast()] }
    children += elements.flatMap { [Node.text(indent), .element($0)] }
    children += end.isEmpty ? [.text("\n  ")] : end
  }

  /// Adds the keyword that makes an item part of a test, when the item is to have it.
  mutating func join(_ test: AssessmentTest.ID, if condition: Bool) {
    guard condition else { return }
    let keyword = Manifest.testKeyword + test.rawValue
    let isThere = elements("metadata").contains { metadata in
      !metadata.descendants { $0.name == "keyword" && $0.text.collapsed == keyword }.isEmpty
    }
    if !isThere { add(keyword: keyword) }
  }

  /// Sets the keyword `name:value` of a resource; another value of the same name goes.
  mutating func setKeyword(_ name: String, to value: String) { setKeywords(name, to: [value]) }

  /// Sets the keywords `name:…` of a resource; other values of the same name go.
  mutating func setKeywords(_ name: String, to values: [String]) {
    editElement("metadata") { metadata in
      metadata.editElement("lom") { lom in
        lom.editElement("general") { general in
          general.removeElements {
            $0.name == "keyword" && $0.text.collapsed.hasPrefix("\(name):")
          }
        }
      }
    }
    for value in values { add(keyword: "\(name):\(value)") }
  }

  /// Sets the text of the element at the end of a path of child names, made when it is not there.
  mutating func setText(_ text: String, at path: [String]) {
    guard let name = path.first else {
      children = [.text(text)]
      return
    }
    if first(name) == nil { children.append(.element(XMLElement(name, Self.lomNamespace, []))) }
    editElement(name) { $0.setText(text, at: Array(path.dropFirst())) }
  }

  private mutating func add(keyword: String) {
    guard first("metadata") != nil else {
      children.insert(.element(.metadata(keyword: keyword, namespace: namespace)), at: 0)
      return
    }
    editElement("metadata") { metadata in
      guard metadata.first("lom")?.first("general") != nil else {
        metadata.children.append(.element(.lom(keyword: keyword)))
        return
      }
      metadata.editElement("lom") { lom in
        lom.editElement("general") { $0.children.append(.element(.keyword(keyword))) }
      }
    }
  }

  private static let lomNamespace = "http://ltsc.ieee.org/xsd/LOM"

  private static func metadata(keyword: String, namespace: String) -> XMLElement {
    XMLElement(
      name: "metadata", namespace: namespace, attributes: [],
      children: [.element(lom(keyword: keyword))], line: 0)
  }

  private static func lom(keyword text: String) -> XMLElement {
    XMLElement(
      name: "lom", namespace: lomNamespace, attributes: [],
      children: [
        .element(
          XMLElement(
            name: "general", namespace: lomNamespace, attributes: [],
            children: [.element(keyword(text))], line: 0))
      ], line: 0)
  }

  private static func keyword(_ text: String) -> XMLElement {
    let language = Attribute(name: "language", namespace: "", value: "zh-CN")
    let string = XMLElement(
      name: "string", namespace: lomNamespace, attributes: [language], children: [.text(text)],
      line: 0)
    return XMLElement(
      name: "keyword", namespace: lomNamespace, attributes: [], children: [.element(string)],
      line: 0)
  }
}

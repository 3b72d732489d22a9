import Competency
import Diagnostics

extension BankComposition {
  /// A test's file with its items where they stand now, and with the items that join it.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - path: where it stood in its package.
  ///   - isLayer: whether that is the one laid over the base.
  /// - Returns: the bytes, as they are when nothing changes.
  func test(_ bytes: [UInt8], at path: String, isLayer: Bool) -> [UInt8] {
    var ignored = Findings(file: "")
    guard var root = XMLElement.parse(bytes, findings: &ignored) else { return bytes }
    let newPath = isLayer ? prefix + path : path
    let items = (isLayer ? layer : base).reading.itemsByPath
    var edit = TestEdit { href in
      guard let old = PackageFolder.path(of: href, in: path), let item = items[old],
        let new = self.path(of: item.id)
      else { return nil }
      let stood = isLayer ? prefix + old : old
      return stood == new ? nil : address(of: new, in: newPath)
    }
    edit.apply(to: &root)
    let identifier = root.attribute("identifier") ?? ""
    let joining = joiningItems(AssessmentTest.ID(rawValue: identifier)).filter {
      !edit.identifiers.contains($0.id.rawValue)
    }
    let references = joining.compactMap { item in
      self.path(of: item.id).map {
        TestEdit.reference(to: item, in: framework(of: item), href: address(of: $0, in: newPath))
      }
    }
    if root.appendToLastSection(references) { edit.hasChanged = true }
    return edit.hasChanged ? XMLWriting.document(root) : bytes
  }

  /// The items of the result whose manifest entry says that they are part of a test.
  private func joiningItems(_ test: AssessmentTest.ID) -> [BankItem] {
    let keyword = Manifest.testKeyword + test.rawValue
    let kept = base.reading.items.filter { !items.contains($0.item.id) }
    let stays = kept.filter { base.keywords[$0.path]?.contains(keyword) ?? false }
    let comes = layer.reading.items.filter { item in
      items.contains(item.item.id)
        && (joinedTest == test || layer.keywords[item.path]?.contains(keyword) ?? false)
    }
    return (stays + comes).map(\.item)
  }

  private func framework(of item: BankItem) -> Framework? {
    item.framework.flatMap { base.bank.framework($0) ?? layer.bank.framework($0) }
  }

  /// The address of a file as another one writes it.
  private func address(of path: String, in other: String) -> String {
    let target = path.split(separator: "/")
    let folder = other.split(separator: "/").dropLast()
    let common = zip(target.dropLast(), folder).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: folder.count - common)
    return (up + target.dropFirst(common).map(String.init)).joined(separator: "/").asAddress
  }
}

extension ReadPackage {
  /// The keywords of every item by the path of its file.
  fileprivate var keywords: [String: [String]] {
    [String: [String]](
      manifest.resources.compactMap { resource in
        resource.path.map { ($0, resource.metadata.keywords) }
      }, uniquingKeysWith: { first, _ in first })
  }
}

/// Changes the references of a test while it looks at all of them.
private struct TestEdit {
  /// The new address of an item; nil when the old one is right.
  let newAddress: (String) -> String?
  var hasChanged = false
  /// The identifiers of the references.
  var identifiers: Set<String> = []

  init(newAddress: @escaping (String) -> String?) { self.newAddress = newAddress }

  mutating func apply(to element: inout XMLElement) {
    if element.isItemReference {
      identifiers.insert(element.attribute("identifier") ?? "")
      if let new = element.attribute("href").flatMap(newAddress) {
        element.setAttribute("href", to: new)
        hasChanged = true
      }
    }
    for index in element.children.indices {
      guard case .element(var child) = element.children[index] else { continue }
      apply(to: &child)
      element.children[index] = .element(child)
    }
  }

  /// A reference by which an item becomes part of a test.
  static func reference(to item: BankItem, in framework: Framework?, href: String) -> XMLElement {
    let point = item.points.first
    let dimension = point.flatMap { framework?.point($0)?.dimension }
    let categories = [point?.rawValue, dimension?.rawValue, item.environment?.rawValue]
    let attributes = [
      ("identifier", item.id.rawValue), ("href", href),
      ("category", categories.compactMap(\.self).joined(separator: " ")),
    ]
    return XMLElement(
      name: "qti-assessment-item-ref", namespace: "",
      attributes: attributes.filter { !$0.1.isEmpty }.map {
        XMLElement.Attribute(name: $0, namespace: "", value: $1)
      }, children: [], line: 0)
  }
}

extension XMLElement {
  fileprivate var isItemReference: Bool {
    name == "qti-assessment-item-ref" || name == "assessmentItemRef"
  }

  fileprivate var isSection: Bool {
    name == "qti-assessment-section" || name == "assessmentSection"
  }

  /// Appends references to the last section, in the spelling of the document.
  ///
  /// - Returns: whether there were any, and a section for them.
  fileprivate mutating func appendToLastSection(_ references: [XMLElement]) -> Bool {
    guard !references.isEmpty else { return false }
    let place = children.lastIndex { child in
      child.element.map { $0.isSection || !$0.descendants(where: \.isSection).isEmpty } ?? false
    }
    if let place, var inner = children[place].element {
      let hasAppended = inner.appendToLastSection(references)
      children[place] = .element(inner)
      return hasAppended
    }
    guard isSection else { return false }
    let spelling = name.hasPrefix("qti-") ? "qti-assessment-item-ref" : "assessmentItemRef"
    append(
      references.map { reference in
        var reference = reference
        reference.name = spelling
        reference.namespace = namespace
        return reference
      }, indent: "\n      ")
    return true
  }
}

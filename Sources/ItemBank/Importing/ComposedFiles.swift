import Diagnostics

extension BankComposition {
  /// Puts the composed bank together.
  ///
  /// - Parameter name: the name of the package in diagnostics.
  /// - Returns: its files.
  func files(named name: String) -> PackageFiles { filesAndManifest(named: name).files }

  /// Puts the composed bank together.
  ///
  /// - Parameter name: the name of the package in diagnostics.
  /// - Returns: its files, and the tree that its manifest is written from; nil where that is the base's.
  func filesAndManifest(named name: String) -> (files: PackageFiles, manifest: XMLElement?) {
    let left = leftResources
    var contents: [String: [UInt8]] = [:]
    for resource in base.manifest.resources where !left.contains(resource.identifier) {
      for path in resource.paths { contents[path] = content(resource, at: path) }
    }
    for resource in layer.manifest.resources where resources.contains(resource.identifier) {
      for path in resource.paths { contents[prefix + path] = layerContent(resource, at: path) }
    }
    let manifest = manifest(without: left)
    contents[Manifest.file] = manifest.map { XMLWriting.document($0) } ?? base.source
    return (PackageFiles(contents, name: name), manifest)
  }

  /// The resources of the base that the layer replaces, and scenarios that nobody needs then.
  private var leftResources: Set<String> {
    let replaced = Set(items.compactMap { baseItems[$0]?.path })
    let paths = base.testPaths
    let replacedTests = Set(tests.compactMap { paths[$0] })
    var left: Set<String> = []
    var needed: Set<String> = []
    var wasNeeded: Set<String> = []
    for item in base.reading.items {
      let scenarios = item.item.item.stimulusReferences.compactMap {
        PackageFolder.path(of: $0.href, in: item.path)
      }
      if replaced.contains(item.path) {
        wasNeeded.formUnion(scenarios)
      } else {
        needed.formUnion(scenarios)
      }
    }
    for resource in base.manifest.resources {
      guard let path = resource.path else { continue }
      switch resource.kind {
      case .item where replaced.contains(path), .test where replacedTests.contains(path),
        .stimulus where wasNeeded.contains(path) && !needed.contains(path):
        left.insert(resource.identifier)
      default: continue
      }
    }
    return left
  }

  private func content(_ resource: Manifest.Resource, at path: String) -> [UInt8]? {
    guard let bytes = base.reading.content(path) else { return nil }
    switch resource.kind {
    case .test where path == resource.path: return test(bytes, at: path, isLayer: false)
    case .usage where path == resource.path:
      // The package that brings an item's statistics anew replaces the old ones.
      let replaced = items.filter { layerItems[$0]?.item.calibrations.isEmpty == false }
      return usage(bytes, without: replaced)
    default: return bytes
    }
  }

  private func layerContent(_ resource: Manifest.Resource, at path: String) -> [UInt8]? {
    guard let bytes = layer.reading.content(path) else { return nil }
    switch resource.kind {
    case .test where path == resource.path:
      return test(bytes, at: path, isLayer: true)
    case .usage where path == resource.path:
      return usage(bytes, without: Set(layerItems.keys).subtracting(items))
    default: return bytes
    }
  }

  private func usage(_ bytes: [UInt8], without items: Set<AssessmentItem.ID>) -> [UInt8] {
    guard !items.isEmpty else { return bytes }
    var ignored = Findings(file: "")
    return ignored.usage(bytes, without: Set(items.map(\.rawValue))) ?? bytes
  }

  /// The manifest of the composed bank; nil when one of the two cannot be put into it.
  private func manifest(without left: Set<String>) -> XMLElement? {
    var ignored = Findings(file: "")
    let limit = XMLElement.packageLimit
    guard var root = XMLElement.parse(base.source, limit: limit, findings: &ignored),
      let added = XMLElement.parse(layer.source, limit: limit, findings: &ignored),
      let place = root.children.firstIndex(where: { $0.element?.name == "resources" }),
      var list = root.children[place].element
    else { return nil }
    list.removeElements { $0.name == "resource" && left.contains($0.attribute("identifier") ?? "") }
    let replacements = replacements(of: left)
    list.children = list.children.map { child in
      guard var resource = child.element else { return child }
      resource.replaceDependencies { left.contains($0) ? replacements[$0] : $0 }
      return .element(resource)
    }
    let elements = (added.first("resources")?.elements("resource") ?? []).filter {
      resources.contains($0.attribute("identifier") ?? "")
    }
    list.append(elements.map(laidOver))
    root.children[place] = .element(list)
    return root
  }

  /// The identifiers that items and tests of the base are known by now.
  private func replacements(of left: Set<String>) -> [String: String] {
    let paths = layer.testPaths
    let baseTests = base.testPaths
    var newPaths: [String: String] = [:]
    for item in items {
      if let old = baseItems[item]?.path { newPaths[old] = layerItems[item]?.path }
    }
    for test in tests { if let old = baseTests[test] { newPaths[old] = paths[test] } }
    var replacements: [String: String] = [:]
    for resource in base.manifest.resources where left.contains(resource.identifier) {
      if let new = resource.path.flatMap({ newPaths[$0] }).flatMap({ layerResources[$0] }) {
        replacements[resource.identifier] = identifier(of: new.identifier)
      }
    }
    return replacements
  }

  /// A resource of the layer as it is written into the manifest.
  private func laidOver(_ element: XMLElement) -> XMLElement {
    var element = element
    element.setAttribute("identifier", to: identifier(of: element.attribute("identifier") ?? ""))
    if let href = element.attribute("href") { element.setAttribute("href", to: address(href)) }
    for index in element.children.indices {
      guard var file = element.children[index].element, file.name == "file" else { continue }
      if let href = file.attribute("href") { file.setAttribute("href", to: address(href)) }
      element.children[index] = .element(file)
    }
    element.replaceDependencies { dependency in
      if resources.contains(dependency) { return identifier(of: dependency) }
      // An item that the bank has just so stands where it always stood.
      let known = layerNames[dependency]?.path.flatMap { layerItemsByPath[$0] }
      return known.flatMap { baseItems[$0.id]?.path }.flatMap { baseResources[$0]?.identifier }
    }
    if let joinedTest { element.join(joinedTest, if: isTakenItem(element)) }
    return element
  }

  private func isTakenItem(_ element: XMLElement) -> Bool {
    element.attribute("type")?.hasPrefix("imsqti_item") ?? false
  }

  /// The identifier of a resource of the layer in the result.
  private func identifier(of resource: String) -> String {
    prefix.isEmpty ? resource : identifierPrefix + resource
  }

  private var identifierPrefix: String {
    "i" + prefix.dropFirst(BankImporter.folder.count).prefix(12) + "-"
  }

  private func address(_ href: String) -> String {
    guard let path = PackageFolder.path(of: href, in: Manifest.file) else { return href }
    return (prefix + path).asAddress
  }
}

extension String {
  /// A path as a relative address in a document.
  var asAddress: String { replacing("%", with: "%25").replacing(" ", with: "%20") }
}

public import Diagnostics

/// The words of one version of QTI 2 for what a package holds.
struct OlderVersion {
  /// The version, `2.1` or `2.2`.
  let version: AssessmentItem.Version

  static let newest = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"

  /// The version as names of files and types write it.
  private var word: String { "v" + version.rawValue.replacing(".", with: "p") }

  /// The namespace of items and tests.
  private var namespace: String { "http://www.imsglobal.org/xsd/imsqti_\(word)" }

  /// Writes an item or a test in the older names.
  ///
  /// Scenarios are put into the body, since QTI 2 has no element for them.
  ///
  /// - Parameters:
  ///   - root: the document in the names of QTI 3.0.
  ///   - scenarios: the bodies of the scenarios that the item refers to, in order.
  /// - Returns: the document.
  func document(_ root: XMLElement, scenarios: [XMLElement] = []) -> XMLElement {
    var root = root
    root.children = root.children.filter { $0.element?.name != "qti-assessment-stimulus-ref" }
    if !scenarios.isEmpty,
      let place = root.children.firstIndex(where: { $0.element?.name == "qti-item-body" }),
      var body = root.children[place].element
    {
      let stories = scenarios.map { scenario in
        XMLElement(
          name: "div", namespace: Self.newest,
          attributes: [XMLElement.Attribute(name: "class", namespace: "", value: "stimulus")],
          children: scenario.children, line: 0)
      }
      body.children = stories.map(XMLElement.Node.element) + body.children
      root.children[place] = .element(body)
    }
    return renamed(root)
  }

  private func renamed(_ element: XMLElement) -> XMLElement {
    var result = element
    guard element.namespace == Self.newest else { return element }
    result.namespace = namespace
    if element.name.hasPrefix("qti-") {
      result.name = QTINames.older(element.name)
      for place in result.attributes.indices where isRenamed(result.attributes[place]) {
        result.attributes[place].name = QTINames.camel(result.attributes[place].name)
      }
      if element.name == "qti-response-processing", let template = element.attribute("template") {
        result.setAttribute("template", to: self.template(template))
      }
    }
    result.children = element.children.flatMap { child -> [XMLElement.Node] in
      guard let child = child.element else { return [child] }
      // QTI 2 has the content itself where QTI 3 has an element around it.
      return child.name == "qti-content-body"
        ? renamed(child).children : [.element(renamed(child))]
    }
    return result
  }

  private func isRenamed(_ attribute: XMLElement.Attribute) -> Bool {
    attribute.namespace.isEmpty && !attribute.name.hasPrefix("data-")
      && !attribute.name.hasPrefix("aria-")
  }

  /// The address of a template; what only its last segment tells stays so.
  private func template(_ address: String) -> String {
    let segment = String(address.split(separator: "/").last ?? "")
    let name = segment.lowercased().hasSuffix(".xml") ? String(segment.dropLast(4)) : segment
    return "http://www.imsglobal.org/question/qti_\(word)/rptemplates/\(name)"
  }

  /// Writes a manifest or a file of statistics in the older namespaces.
  ///
  /// - Parameters:
  ///   - root: the document.
  ///   - left: the identifiers of the resources that are left out, such as scenarios.
  /// - Returns: the document.
  func package(_ root: XMLElement, without left: Set<String> = []) -> XMLElement {
    var result = root
    result.namespace = namespaces[root.namespace] ?? root.namespace
    if root.name == "resource", let type = root.attribute("type") {
      result.setAttribute("type", to: type.replacing("xmlv3p0", with: "xml" + word))
    }
    if root.name == "schema" {
      result.children = [.text("QTI\(word.replacing("p", with: ".")) Package")]
    }
    if root.name == "schemaversion" { result.children = [.text("1.0.0")] }
    result.removeElements { child in
      child.name == "resource" && left.contains(child.attribute("identifier") ?? "")
        || child.name == "dependency" && left.contains(child.attribute("identifierref") ?? "")
    }
    result.children = result.children.map { child in
      child.element.map { .element(package($0, without: left)) } ?? child
    }
    return result
  }

  private var namespaces: [String: String] {
    [
      Manifest.namespace: "http://www.imsglobal.org/xsd/imscp_v1p1",
      "http://www.imsglobal.org/xsd/imsqti_metadata_v3p0":
        "http://www.imsglobal.org/xsd/imsqti_metadata_\(word)",
      "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscsmd_v1p1":
        "http://www.imsglobal.org/xsd/imscsmd_v1p0",
      "http://www.imsglobal.org/xsd/imsqti_usagedata_v3p0":
        "http://www.imsglobal.org/xsd/imsqti_usagedata_\(word)",
    ]
  }
}

extension PackageFiles {
  /// The files of a package in QTI 2.1 or 2.2, for programs that do not read 3.0.
  ///
  /// Items and tests get the older names, scenarios are put into the items that use them, and what
  /// the manifest says goes along. Items score as before. Items that are older already keep their
  /// bytes. Never throws for content.
  ///
  /// - Parameter version: the version to write; 3.0 gives the files as they are.
  /// - Returns: the files; nil when the package cannot be read. And what is wrong with it.
  public func written(
    in version: AssessmentItem.Version
  ) -> (files: PackageFiles?, diagnostics: [Diagnostic]) {
    guard version != .v3p0 else { return (self, []) }
    let (read, diagnostics) = ReadPackage.read(self)
    guard let read, !diagnostics.hasErrors else { return (nil, diagnostics) }
    let older = OlderVersion(version: version)
    var findings = Findings(file: read.reading.label(Manifest.file))
    var contents: [String: [UInt8]] = [:]
    let stimuli = read.manifest.resources.filter { $0.kind == .stimulus }
    let left = Set(stimuli.map(\.identifier))
    for resource in read.manifest.resources where !left.contains(resource.identifier) {
      for path in resource.paths {
        guard let bytes = read.reading.content(path) else { continue }
        let isOwn = path == resource.path
        contents[path] = isOwn ? older.file(bytes, resource, in: read, &findings) : bytes
      }
    }
    if let root = XMLElement.parse(read.source, limit: XMLElement.packageLimit, findings: &findings)
    {
      contents[Manifest.file] = XMLWriting.document(older.package(root, without: left))
    }
    return (PackageFiles(contents, name: name), diagnostics + findings.diagnostics)
  }
}

extension OlderVersion {
  /// The own file of a resource in the older names.
  fileprivate func file(
    _ bytes: [UInt8], _ resource: Manifest.Resource, in package: ReadPackage,
    _ findings: inout Findings
  ) -> [UInt8] {
    guard [.item, .test, .usage].contains(resource.kind), let path = resource.path,
      let root = XMLElement.parse(bytes, limit: XMLElement.packageLimit, findings: &findings)
    else { return bytes }
    if resource.kind == .usage { return XMLWriting.document(self.package(root)) }
    guard root.namespace == Self.newest else { return bytes }
    let scenarios = root.elements("qti-assessment-stimulus-ref").compactMap { reference in
      reference.attribute("href").flatMap { PackageFolder.path(of: $0, in: path) }
        .flatMap(package.reading.content)
        .flatMap { XMLElement.parse($0, findings: &findings)?.first("qti-stimulus-body") }
    }
    return XMLWriting.document(document(root, scenarios: scenarios))
  }
}

import Diagnostics

/// What `imsmanifest.xml` says a package holds.
struct Manifest {
  /// What a resource is, by its type.
  enum Kind {
    case item, stimulus, test, usage, other
  }

  /// One entry of the manifest.
  struct Resource {
    var identifier: String
    var kind: Kind
    /// The resource's own file; nil when it has none.
    var path: String?
    /// All files it names, its own included.
    var paths: [String]
    /// The identifiers of the resources it depends on.
    var dependencies: [String]
    var metadata: Metadata
    var line: Int
  }

  /// What the manifest says about an item.
  struct Metadata {
    /// The GUIDs of the competency points it is aligned to, in order.
    var alignments: [String] = []
    var keywords: [String] = []
    var version: String?
    var status: String?
    var difficulty: String?
  }

  static let file = "imsmanifest.xml"
  /// The namespace of manifests we write.
  static let namespace = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
  /// What a keyword begins with that makes an item part of a test.
  static let testKeyword = "test:"

  var title: String
  var resources: [Resource]
}

extension Findings {
  /// Reads a manifest.
  ///
  /// Resources that cannot be used are noted and left out.
  ///
  /// - Parameter bytes: the manifest file.
  /// - Returns: the manifest, or nil when it is none.
  mutating func manifest(_ bytes: [UInt8]) -> Manifest? {
    XMLElement.parse(bytes, limit: XMLElement.packageLimit, findings: &self).flatMap {
      manifest($0)
    }
  }

  /// Reads a manifest that is parsed already; ``manifest(_:)-([UInt8])`` says more.
  mutating func manifest(_ root: XMLElement) -> Manifest? {
    guard root.name == "manifest", let list = root.first("resources") else {
      error(
        "not-a-manifest", line: root.line,
        Text("imsmanifest.xml 不是内容包清单。", "imsmanifest.xml is not a content package manifest."),
        remedy: Text(
          "根元素应为 manifest，其中有 resources。", "Its root should be manifest, with resources."))
      return nil
    }
    let title = root.first(at: ["metadata", "lom", "general", "title"])?.text.collapsed
    var identifiers: Set<String> = []
    var resources: [Manifest.Resource] = []
    for element in list.elements("resource") {
      guard let resource = resource(element) else { continue }
      if !identifiers.insert(resource.identifier).inserted {
        noteDuplicate(resource.identifier, line: resource.line)
      }
      resources.append(resource)
    }
    noteDangling(resources, known: identifiers)
    return Manifest(title: title ?? "", resources: resources)
  }

  private mutating func resource(_ element: XMLElement) -> Manifest.Resource? {
    guard let identifier = required("identifier", of: element) else { return nil }
    let type = element.attribute("type") ?? ""
    refuseOldVersion(type, line: element.line)
    let kind = Manifest.Kind(type: type)
    // Without it nobody would notice that there is an item less.
    if kind != .other, element.attribute("href") == nil { _ = required("href", of: element) }
    let path = element.attribute("href").flatMap { checkedPath($0, line: element.line) }
    var files: [String] = []
    for file in element.elements("file") {
      guard let href = required("href", of: file) else { continue }
      if let path = checkedPath(href, line: file.line) { files.append(path) }
    }
    let own = path.map { files.contains($0) ? [] : [$0] } ?? []
    return Manifest.Resource(
      identifier: identifier, kind: kind, path: path, paths: own + files,
      dependencies: element.elements("dependency").compactMap { $0.attribute("identifierref") },
      metadata: Manifest.Metadata(element.first("metadata")), line: element.line)
  }

  /// Notes a resource in QTI 1, which is not read.
  private mutating func refuseOldVersion(_ type: String, line: Int) {
    let name = type.lowercased()
    guard name.hasPrefix("imsqti"), name.contains("v1p") else { return }
    error(
      "unsupported-version", line: line,
      Text(
        "资源类型 \(type.prefix(80)) 是 QTI 1.2，不能直接读取。",
        "\(type.prefix(80)) is QTI 1.2, which is not read."),
      remedy: Text("请先转换为 QTI 3.0 或 2.2。", "Convert it to QTI 3.0 or 2.2 first."))
  }

  private mutating func checkedPath(_ href: String, line: Int) -> String? {
    if let path = PackageFolder.path(of: href, in: Manifest.file) { return path }
    note(.unsafe, href: href, line: line)
    return nil
  }

  private mutating func noteDangling(_ resources: [Manifest.Resource], known: Set<String>) {
    for resource in resources {
      for dependency in resource.dependencies where !known.contains(dependency) {
        error(
          "unknown-dependency", line: resource.line,
          Text(
            "依赖的资源 \(dependency.prefix(80)) 不在清单中。",
            "The resource \(dependency.prefix(80)) it depends on is not in the manifest."),
          remedy: Text("请改正 identifierref。", "Correct the identifierref."))
      }
    }
  }
}

extension Manifest.Kind {
  fileprivate init(type: String) {
    self =
      if type.hasPrefix("imsqti_item") || type.hasPrefix("imsqti_apipitem") {
        .item
      } else if type.hasPrefix("imsqti_stimulus") {
        .stimulus
      } else if type.hasPrefix("imsqti_test") {
        .test
      } else if type.hasPrefix("qtiusagedata") {
        .usage
      } else {
        .other
      }
  }
}

extension Manifest.Metadata {
  fileprivate init(_ element: XMLElement?) {
    guard let element else { return }
    alignments = element.descendants { $0.name == "labelledGUID" }.compactMap {
      $0.first("GUID")?.text.collapsed.nonEmpty
    }
    guard let lom = element.first("lom") else { return }
    keywords = (lom.first("general")?.elements("keyword") ?? []).map { $0.text.collapsed }
    version = lom.first(at: ["lifeCycle", "version"])?.text.collapsed.nonEmpty
    status = lom.first(at: ["lifeCycle", "status", "value"])?.text.collapsed.nonEmpty
    difficulty = lom.first(at: ["educational", "difficulty", "value"])?.text.collapsed.nonEmpty
  }
}

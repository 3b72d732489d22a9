import Competency
import Diagnostics

/// A bank made of the package it stands on and of parts of another one laid over it.
struct BankComposition {
  let base: ReadPackage
  let layer: ReadPackage
  /// What is put before the paths of the layer; nothing when they are good as they are.
  let prefix: String
  /// The resources of the layer that are taken, by identifier.
  private(set) var resources: Set<String> = []
  /// The items that are taken.
  private(set) var items: Set<AssessmentItem.ID> = []
  /// The tests that are taken.
  private(set) var tests: Set<AssessmentTest.ID> = []
  /// The test that taken items join, for those that do not say so themselves.
  var joinedTest: AssessmentTest.ID?

  let baseItems: [AssessmentItem.ID: PackagedItem]
  let layerItems: [AssessmentItem.ID: PackagedItem]
  /// The resources of both packages by the path of their own file.
  let baseResources: [String: Manifest.Resource]
  let layerResources: [String: Manifest.Resource]
  /// The resources of the layer by their identifier.
  let layerNames: [String: Manifest.Resource]
  let layerItemsByPath: [String: BankItem]

  init(layer: ReadPackage, base: ReadPackage, prefix: String = "") {
    self.layer = layer
    self.base = base
    self.prefix = prefix
    baseItems = base.itemsByIdentifier
    layerItems = layer.itemsByIdentifier
    baseResources = base.manifest.byPath
    layerResources = layer.manifest.byPath
    layerNames = [String: Manifest.Resource](
      layer.manifest.resources.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })
    layerItemsByPath = layer.reading.itemsByPath
  }

  /// Whether nothing is laid over the base.
  var isEmpty: Bool { resources.isEmpty }

  /// Takes all that an earlier import brought and the base does not have just so.
  mutating func takeImported() {
    for item in layer.reading.items where item.path.hasPrefix(BankImporter.folder) {
      // An item whose state, parameters or description alone was changed keeps the change too.
      if let known = baseItems[item.item.id]?.item,
        known.item.contentHash == item.item.item.contentHash, known.isDescribed(like: item.item)
      {
        continue
      }
      take(item.item.id)
    }
    let paths = layer.testPaths
    for test in layer.bank.tests where paths[test.id]?.hasPrefix(BankImporter.folder) ?? false {
      if !hasSame(test) { take(test) }
    }
    takeOthers { $0.path?.hasPrefix(BankImporter.folder) ?? false }
  }

  /// Takes an item with the scenarios and files it needs.
  mutating func take(_ id: AssessmentItem.ID) {
    guard let item = layerItems[id] else { return }
    items.insert(id)
    var paths: Set<String> = [item.path]
    for reference in item.item.item.stimulusReferences {
      if let path = PackageFolder.path(of: reference.href, in: item.path) { paths.insert(path) }
    }
    take(paths)
  }

  /// Takes a test with its blueprint.
  mutating func take(_ test: AssessmentTest) {
    tests.insert(test.id)
    take(Set([layer.testPaths[test.id]].compactMap(\.self)))
  }

  private mutating func take(_ paths: Set<String>) {
    let found = paths.compactMap { layerResources[$0] }
    resources.formUnion(found.map(\.identifier))
    // What a resource depends on is for the manifest to say; only plain files follow from it.
    for needed in found.flatMap(\.dependencies).compactMap({ layerNames[$0] })
    where needed.kind == .other && !isFramework(needed) {
      resources.insert(needed.identifier)
    }
  }

  /// Takes statistics of taken items, and of other files what the base does not have.
  ///
  /// - Parameter condition: which resources may be taken.
  mutating func takeOthers(where condition: (Manifest.Resource) -> Bool) {
    let known = Set(base.reading.paths.compactMap { base.reading.content($0) })
    for resource in layer.manifest.resources where condition(resource) {
      switch resource.kind {
      case .usage:
        if !items.isDisjoint(with: calibratedItems(in: resource)) {
          resources.insert(resource.identifier)
        }
      case .other:
        let isKnown = resource.paths.allSatisfy {
          layer.reading.content($0).map(known.contains) ?? true
        }
        if isFramework(resource) ? isNewFramework(resource) : !isKnown {
          resources.insert(resource.identifier)
        }
      case .item, .stimulus, .test: continue
      }
    }
  }

  /// Takes the frameworks that the base does not have.
  mutating func takeFrameworks() {
    let composition = self
    takeOthers { composition.isFramework($0) }
  }

  private func calibratedItems(in resource: Manifest.Resource) -> Set<AssessmentItem.ID> {
    guard let path = resource.path, let bytes = layer.reading.content(path) else { return [] }
    if let known = layer.reading.itemsOfUsage(at: path) { return known }
    var ignored = Findings(file: "")
    guard
      let root = XMLElement.parse(bytes, limit: XMLElement.packageLimit, findings: &ignored)
    else { return [] }
    return Set(
      root.elements.compactMap { $0.first("targetObject")?.attribute("identifier") }
        .map { AssessmentItem.ID(rawValue: $0) })
  }

  /// Whether a resource holds the constants of a framework.
  func isFramework(_ resource: Manifest.Resource) -> Bool {
    resource.paths.contains { $0.hasSuffix(".measurement.json") }
  }

  private func isNewFramework(_ resource: Manifest.Resource) -> Bool {
    let known = Set(base.bank.frameworks.map(\.id))
    let found = layer.bank.frameworks.filter { framework in
      resource.paths.contains { path in
        path.hasSuffix("/\(framework.id.rawValue).measurement.json")
          || path == "\(framework.id.rawValue).measurement.json"
      }
    }
    return !found.isEmpty && !found.contains { known.contains($0.id) }
  }

  /// Whether the base has a test that says the same about the same items.
  func hasSame(_ test: AssessmentTest) -> Bool {
    guard let known = base.bank.test(test.id) else { return false }
    return known.withoutPlaces == test.withoutPlaces
      && base.bank.blueprint(of: test.id)?.withoutPlace
        == layer.bank.blueprint(of: test.id)?.withoutPlace
  }

  /// Where an item stands in the result; nil when it is not there.
  func path(of item: AssessmentItem.ID) -> String? {
    items.contains(item)
      ? layerItems[item].map { prefix + $0.path } : baseItems[item].map(\.path)
  }
}

extension ReadPackage {
  fileprivate var itemsByIdentifier: [AssessmentItem.ID: PackagedItem] {
    [AssessmentItem.ID: PackagedItem](
      reading.items.map { ($0.item.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Manifest {
  /// The resources by the path of their own file.
  var byPath: [String: Resource] {
    [String: Resource](
      resources.compactMap { resource in resource.path.map { ($0, resource) } },
      uniquingKeysWith: { first, _ in first })
  }
}

extension AssessmentTest {
  /// The test without what only says where it was read.
  fileprivate var withoutPlaces: AssessmentTest {
    var test = self
    test.file = ""
    for index in test.outcomeDeclarations.indices { test.outcomeDeclarations[index].line = 0 }
    for part in test.parts.indices {
      test.parts[part].sections = test.parts[part].sections.map(\.withoutPlaces)
    }
    return test
  }
}

extension AssessmentSection {
  fileprivate var withoutPlaces: AssessmentSection {
    var section = self
    section.children = children.map { child in
      switch child {
      case .section(let section): return .section(section.withoutPlaces)
      case .item(var reference):
        reference.href = ""
        reference.line = 0
        return .item(reference)
      }
    }
    return section
  }
}

extension Blueprint {
  fileprivate var withoutPlace: Blueprint {
    var blueprint = self
    blueprint.file = ""
    return blueprint
  }
}

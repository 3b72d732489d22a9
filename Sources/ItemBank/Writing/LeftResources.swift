/// Which resources of a manifest are not taken.
struct LeftResources {
  private(set) var identifiers: Set<String> = []
  private let resources: [Manifest.Resource]
  /// The resources each resource needs, by identifier.
  private var needs: [String: Set<String>] = [:]

  init(_ selection: PackageSelection, _ manifest: Manifest, _ reading: PackageReading) {
    resources = manifest.resources
    let atPath = [String: String](
      resources.compactMap { resource in resource.path.map { ($0, resource.identifier) } },
      uniquingKeysWith: { first, _ in first })
    let items = reading.itemsByPath
    for resource in resources {
      let addresses = reading.addresses(in: resource, items: items).compactMap { atPath[$0] }
      needs[resource.identifier, default: []].formUnion(resource.dependencies + addresses)
    }
    let chosen = selection.items.map { items in
      Set(reading.items.filter { items.contains($0.item.id) }.map(\.path))
    }
    for resource in resources {
      let isLeft =
        switch resource.kind {
        case .item: chosen.map { !$0.contains(resource.path ?? "") } ?? false
        case .usage: !selection.includesUsage
        case .stimulus, .test, .other: false
        }
      if isLeft { identifiers.insert(resource.identifier) }
    }
    leaveTests()
    leaveUnneeded()
  }

  /// Leaves tests that need an item that is left.
  private mutating func leaveTests() {
    let items = Set(resources.filter { $0.kind == .item }.map(\.identifier))
      .intersection(identifiers)
    for resource in resources where resource.kind == .test {
      if needs[resource.identifier]?.isDisjoint(with: items) == false {
        identifiers.insert(resource.identifier)
      }
    }
  }

  /// Leaves what is only needed by resources that are left, until there is no more of it.
  private mutating func leaveUnneeded() {
    var needers: [String: Set<String>] = [:]
    for (needer, needed) in needs {
      for one in needed { needers[one, default: []].insert(needer) }
    }
    var count = -1
    while count != identifiers.count {
      count = identifiers.count
      for resource in resources where [.stimulus, .other].contains(resource.kind) {
        if needers[resource.identifier]?.isSubset(of: identifiers) == true {
          identifiers.insert(resource.identifier)
        }
      }
    }
  }
}

extension PackageReading {
  /// The paths that an item or a test refers to in its own file.
  fileprivate func addresses(
    in resource: Manifest.Resource, items: [String: BankItem]
  ) -> [String] {
    guard let path = resource.path else { return [] }
    let addresses: [String] =
      switch resource.kind {
      case .item:
        items[path]?.item.stimulusReferences.map(\.href) ?? []
      case .test:
        content(path).map { AssessmentTest.read(bytes: $0, file: path) }?.test?.itemReferences
          .map(\.href) ?? []
      case .stimulus, .usage, .other: []
      }
    return addresses.compactMap { PackageFolder.path(of: $0, in: path) }
  }
}

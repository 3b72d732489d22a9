public import Diagnostics

/// Which part of a package to take elsewhere.
public struct PackageSelection: Hashable, Sendable {
  /// The items; nil for all of them.
  public var items: Set<AssessmentItem.ID>?
  /// Whether the statistics of the items go with them.
  public var includesUsage: Bool

  /// Creates a selection.
  public init(items: Set<AssessmentItem.ID>? = nil, includesUsage: Bool = true) {
    self.items = items
    self.includesUsage = includesUsage
  }
}

extension PackageFiles {
  /// The files of a package with only some of its items.
  ///
  /// Items, scenarios and whatever else goes along keep their bytes, and so their content hashes.
  /// Scenarios and other files that only left items use are left too, and so are tests that would
  /// miss an item. A package that is taken whole keeps the bytes of its manifest; otherwise the
  /// manifest is written anew with everything it says about what is taken, in UTF-8, and statistics
  /// of items that are left stay behind. Never throws for content.
  ///
  /// - Parameter selection: what to take.
  /// - Returns: the files that the manifest names, and the manifest; nil when it cannot be read or
  ///   an item asked for is not there. And what is wrong with the files that are taken.
  public func selecting(
    _ selection: PackageSelection = PackageSelection()
  ) -> (files: PackageFiles?, diagnostics: [Diagnostic]) {
    selecting(selection, known: ReadFiles())
  }

  /// The same, with what was read before not read again; faults of that are not told.
  func selecting(
    _ selection: PackageSelection, known: ReadFiles
  ) -> (files: PackageFiles?, diagnostics: [Diagnostic]) {
    var reading = PackageReading(self, known: known)
    _ = reading.bank()
    guard let manifest = reading.manifest, let source = bytes(of: Manifest.file) else {
      return (nil, reading.diagnostics)
    }
    var findings = Findings(file: reading.label(Manifest.file))
    let present = Set(reading.items.map(\.item.id))
    for item in (selection.items ?? []).subtracting(present).sorted(by: {
      $0.rawValue < $1.rawValue
    }) {
      findings.noteUnselectable(item)
    }
    guard !findings.hasErrors else { return (nil, findings.diagnostics) }
    let left = LeftResources(selection, manifest, reading).identifiers
    let taken = manifest.resources.filter { !left.contains($0.identifier) }
    var contents: [String: [UInt8]] = [:]
    for path in taken.flatMap(\.paths) { contents[path] = reading.content(path) }
    let leftItems = present.subtracting(selection.items ?? present)
    for path in taken.filter({ $0.kind == .usage }).flatMap(\.paths) {
      if let bytes = contents[path] {
        contents[path] = findings.usage(bytes, without: Set(leftItems.map(\.rawValue)))
      }
    }
    contents[Manifest.file] = left.isEmpty ? source : Manifest.written(source, without: left)
    let labels = Set(contents.keys.filter { $0 != Manifest.file }.map(reading.label))
    let faults =
      taken.flatMap(reading.manifestFaults)
      + reading.diagnostics.filter { labels.contains($0.file) }
    return (PackageFiles(contents, name: name), faults)
  }
}

extension Findings {
  mutating func noteUnselectable(_ item: AssessmentItem.ID) {
    error(
      "unknown-item", line: 0,
      Text(
        "题库中没有题目 \(item.rawValue.prefix(80))，或它不可用。",
        "The bank has no usable item \(item.rawValue.prefix(80))."),
      remedy: Text("请检查题目标识符。", "Check the item's identifier."))
  }
}

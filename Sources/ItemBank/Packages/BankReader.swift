import Competency
public import Diagnostics
public import Foundation

/// Reads an item bank from a package.
public enum BankReader {
  /// Reads a bank from the folder of a package.
  ///
  /// Never throws for content: what can be read is in the bank, and what is wrong in the
  /// diagnostics. A bank that is to be used should have no errors.
  ///
  /// Only files that `imsmanifest.xml` names are read, none outside the folder, and none through a
  /// symbolic link.
  ///
  /// - Parameter folder: the folder with `imsmanifest.xml`.
  /// - Returns: the bank, nil when the manifest cannot be read; and what is wrong.
  public static func read(folder: URL) -> (bank: Bank?, diagnostics: [Diagnostic]) {
    read(PackageFiles(folder: folder))
  }

  /// Reads a bank from the files of a package in memory.
  ///
  /// Never throws for content; ``read(folder:)`` says more.
  ///
  /// - Parameters:
  ///   - files: the bytes by path, `imsmanifest.xml` among them.
  ///   - name: the name to use in diagnostics.
  /// - Returns: the bank, nil when the manifest cannot be read; and what is wrong.
  public static func read(
    files: [String: [UInt8]], name: String
  ) -> (bank: Bank?, diagnostics: [Diagnostic]) {
    read(PackageFiles(files, name: name))
  }

  /// Reads a bank from the files of a package.
  ///
  /// Never throws for content; ``read(folder:)`` says more.
  ///
  /// - Parameter files: the files, `imsmanifest.xml` among them.
  /// - Returns: the bank, nil when the manifest cannot be read; and what is wrong.
  public static func read(_ files: PackageFiles) -> (bank: Bank?, diagnostics: [Diagnostic]) {
    var reading = PackageReading(files)
    let bank = reading.bank()
    return (bank, reading.diagnostics)
  }
}

/// A package while it is being read.
struct PackageReading {
  /// Faults found so far.
  private(set) var diagnostics: [Diagnostic] = []

  /// What the manifest says; nil until it is read.
  private(set) var manifest: Manifest?
  /// The items that could be read, with their places.
  private(set) var items: [PackagedItem] = []

  /// The pages of HTML that items of QTI 2 show as scenarios.
  var pages: [PackagedStimulus] = []

  private let files: PackageFiles
  /// Every file that the manifest names and the package has, by path.
  private var loaded: [String: LoadedFile] = [:]
  private var manifestFindings: Findings
  /// What was noted in the manifest about a resource, by the resource's identifier.
  private var resourceFaults: [String: [Diagnostic]] = [:]

  /// Frameworks that items may be aligned to though the package does not bring them.
  private let knownFrameworks: [Framework]
  /// The manifest, when it need not be parsed any more.
  private var parsedManifest: XMLElement?
  /// What was read before.
  private let known: ReadFiles
  /// What is read now, and the usage files that were read before and are read now.
  private(set) var read = ReadFiles()

  init(
    _ files: PackageFiles, knownFrameworks: [Framework] = [], known: ReadFiles = ReadFiles(),
    parsedManifest: XMLElement? = nil
  ) {
    self.parsedManifest = parsedManifest
    self.files = files
    self.knownFrameworks = knownFrameworks
    self.known = known
    manifestFindings = Findings(file: files.name + "/" + Manifest.file)
  }

  /// Reads everything.
  ///
  /// - Returns: the bank, nil when there is no manifest.
  mutating func bank() -> Bank? {
    defer { diagnostics = manifestFindings.diagnostics + diagnostics }
    guard let bytes = manifestBytes(),
      let manifest = parsedManifest.map({ manifestFindings.manifest($0) })
        ?? manifestFindings.manifest(bytes)
    else { return nil }
    // A large tree, of no more use.
    parsedManifest = nil
    self.manifest = manifest
    load(manifest)
    warnOfUnlisted(manifest)
    let own = frameworks()
    checkAssociations()
    let frameworks = own + knownFrameworks.filter { known in !own.contains { $0.id == known.id } }
    let stimuli = stimuli(manifest)
    items = items(manifest, frameworks: frameworks, stimuli: stimuli)
    let tests = tests(manifest, items: items)
    loaded[Manifest.file] = LoadedFile(bytes: bytes, hash: ContentHash.hexadecimal([bytes]))
    let bank = Bank(
      version: version(), title: manifest.title, frameworks: own,
      items: items.map(\.item), stimuli: distinct(stimuli + pages), tests: tests,
      blueprints: blueprints(tests: tests, frameworks: frameworks))
    append(ItemRules.wholeBank.flatMap { $0.check(bank) })
    return bank
  }

  /// The name of the package in diagnostics.
  var name: String { files.name }

  /// The name of a file in diagnostics.
  func label(_ path: String) -> String { files.name + "/" + path }

  /// The bytes of a file the manifest names.
  func content(_ path: String) -> [UInt8]? { loaded[path]?.bytes }

  /// The files the manifest names, in order.
  var paths: [String] { loaded.keys.sorted() }

  mutating func append(_ found: [Diagnostic]) { diagnostics += found }

  /// Reads an item's file; nil when it cannot be used, which is noted.
  ///
  /// Warnings about an item that was read before are not noted again.
  mutating func item(at path: String) -> AssessmentItem? {
    guard let file = loaded[path] else { return nil }
    guard let read = file.item else {
      var item = known.items[file.hash]
      item?.file = label(path)
      return item
    }
    append(read.diagnostics)
    if let item = read.item { self.read.items[item.contentHash] = item }
    return read.item
  }

  /// Reads a usage file; nil when there is none.
  mutating func usage(at path: String) -> UsageStatistics? {
    guard let file = loaded[path] else { return nil }
    guard let found = file.usage else {
      let statistics = known.usages[file.hash]
      read.usages[file.hash] = statistics
      return statistics
    }
    append(found.diagnostics)
    if found.diagnostics.isEmpty { read.usages[file.hash] = found.statistics }
    return found.statistics
  }

  /// The items that a usage file says anything about; nil unless it was read without a fault.
  func itemsOfUsage(at path: String) -> Set<AssessmentItem.ID>? {
    loaded[path].flatMap { read.usages[$0.hash]?.items }
  }

  /// Notes something at a place in the manifest, about a resource when there is one.
  mutating func noteInManifest(
    about resource: Manifest.Resource? = nil, _ note: (inout Findings) -> Void
  ) {
    var findings = Findings(file: manifestFindings.file)
    note(&findings)
    manifestFindings.append(findings.diagnostics)
    if let resource { resourceFaults[resource.identifier, default: []] += findings.diagnostics }
  }

  /// What was found about a resource at its place in the manifest.
  func manifestFaults(of resource: Manifest.Resource) -> [Diagnostic] {
    resourceFaults[resource.identifier] ?? []
  }

  private mutating func manifestBytes() -> [UInt8]? {
    switch files.bytes(of: Manifest.file, limit: XMLElement.packageLimit) {
    case .success(let bytes): return bytes
    case .failure(let refused):
      noteInManifest { $0.note(refused.reason, href: Manifest.file, line: 0) }
      return nil
    }
  }

  /// Loads the files that the manifest names, and notes at each place those that cannot be had.
  private mutating func load(_ manifest: Manifest) {
    var seen: Set<String> = []
    let paths = manifest.resources.flatMap(\.paths).filter { seen.insert($0).inserted }
    let kinds = [String: Set<Manifest.Kind>](
      manifest.resources.compactMap { resource in resource.path.map { ($0, [resource.kind]) } },
      uniquingKeysWith: { $0.union($1) })
    let found = files.loaded(paths, kinds: kinds, known: known)
    for resource in manifest.resources {
      for path in resource.paths {
        switch found[path] {
        case .success(let file): loaded[path] = file
        case .failure(let refused):
          noteInManifest(about: resource) {
            $0.note(refused.reason, href: path, line: resource.line)
          }
        case nil: continue
        }
      }
    }
  }

  private mutating func warnOfUnlisted(_ manifest: Manifest) {
    let named = Set(manifest.resources.flatMap(\.paths) + [Manifest.file])
    // Texts about the package, for people, need not be part of it.
    for path in files.paths where !named.contains(path) && !path.hasSuffix(".md") {
      append([
        Diagnostic(
          "unlisted-file", .warning, file: label(path),
          message: Text(
            "清单没有提到这个文件，不会读取。", "The manifest does not name this file; it is not read."),
          remedy: Text("请写进 imsmanifest.xml，或移走。", "Name it in imsmanifest.xml, or move it away."))
      ])
    }
  }

  /// The hash over names and hashes of all files.
  private func version() -> Bank.Version {
    let lines = loaded.sorted { $0.key < $1.key }.map { "\($0)\u{0}\($1.hash)\n" }
    return Bank.Version(
      rawValue: String(ContentHash.hexadecimal([Array(lines.joined().utf8)]).prefix(16)))
  }

  private mutating func frameworks() -> [Framework] {
    let suffix = ".measurement.json"
    var frameworks: [Framework] = []
    for path in paths where path.hasSuffix(suffix) {
      let casePath = path.dropLast(suffix.count) + ".json"
      guard let measurement = content(path) else { continue }
      guard let casePackage = content(String(casePath)) else {
        noteInManifest { $0.note(.missing, href: String(casePath), line: 0) }
        continue
      }
      let (framework, found) = FrameworkReader.read(
        caseBytes: casePackage, caseFile: label(String(casePath)), measurementBytes: measurement,
        measurementFile: label(path))
      append(found)
      if let framework { frameworks.append(framework) }
    }
    return frameworks
  }

  private mutating func stimuli(_ manifest: Manifest) -> [PackagedStimulus] {
    var stimuli: [PackagedStimulus] = []
    var identifiers: Set<AssessmentStimulus.ID> = []
    for resource in manifest.resources where resource.kind == .stimulus {
      guard let path = resource.path, let bytes = content(path) else { continue }
      let (stimulus, found) = AssessmentStimulus.read(bytes: bytes, file: label(path))
      append(found)
      guard let stimulus else { continue }
      if !identifiers.insert(stimulus.id).inserted {
        // Items keep their bytes when packages are put together, so one scenario may stand in two
        // places; only different ones of one name cannot be told apart.
        let first = stimuli.first { $0.stimulus.id == stimulus.id }
        guard let first, content(first.path) == bytes else {
          noteInManifest { $0.noteDuplicate(stimulus.id.rawValue, line: resource.line) }
          continue
        }
      }
      stimuli.append(PackagedStimulus(stimulus: stimulus, path: path))
    }
    return stimuli
  }

  /// The scenarios, each once.
  private func distinct(_ stimuli: [PackagedStimulus]) -> [AssessmentStimulus] {
    var identifiers: Set<AssessmentStimulus.ID> = []
    return stimuli.map(\.stimulus).filter { identifiers.insert($0.id).inserted }
  }
}

/// A scenario and where in the package it stands.
struct PackagedStimulus {
  var stimulus: AssessmentStimulus
  var path: String
}

/// An item and where in the package it stands.
struct PackagedItem {
  var item: BankItem
  var path: String
}

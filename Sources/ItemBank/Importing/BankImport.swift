import Competency
public import Diagnostics

/// What importing a package would do, or did, item by item.
public struct BankImportReport: Hashable, Sendable {
  /// Something of the package that cannot be used, and why.
  public struct Refusal: Hashable, Sendable {
    /// The item's identifier; the name of the file when the file tells none.
    public var identifier: String
    /// What is wrong, errors and warnings.
    public var diagnostics: [Diagnostic]

    /// Creates a refusal.
    public init(identifier: String, diagnostics: [Diagnostic]) {
      self.identifier = identifier
      self.diagnostics = diagnostics
    }
  }

  /// Items the bank did not have, in the order of the package, as the three lists below.
  public var added: [AssessmentItem.ID] = []
  /// Items the bank has with other content, or of which the package says something else.
  public var newVersion: [AssessmentItem.ID] = []
  /// Items the bank has just so.
  public var unchanged: [AssessmentItem.ID] = []
  /// What cannot be used.
  public var refused: [Refusal] = []
  /// What a person should look at in what can be used, and what of the package was not taken.
  public var warnings: [Diagnostic] = []

  /// Creates an empty report.
  public init() {}

  /// Decides about the package as a whole.
  ///
  /// - Parameter isPartial: whether what can be used is wanted without the rest.
  /// - Returns: whether the bank may take what can be used.
  public func mayImport(isPartial: Bool) -> Bool { refused.isEmpty || isPartial }
}

/// A package as it would become part of a bank.
public struct BankImport: Sendable {
  /// What happens to each item.
  public var report: BankImportReport
  /// The files of the bank afterwards; nil when nothing changes or nothing may be imported.
  public var files: PackageFiles?
  /// The bank afterwards; nil when ``files`` is.
  public var bank: Bank?

  /// Creates an import.
  public init(report: BankImportReport, files: PackageFiles? = nil, bank: Bank? = nil) {
    self.report = report
    self.files = files
    self.bank = bank
  }
}

/// How a package is imported.
public struct BankImportSettings: Hashable, Sendable {
  /// Whether items that can be used are imported although others cannot.
  public var isPartial: Bool
  /// The test of the bank that imported items join; nil for none.
  public var test: AssessmentTest.ID?
  /// The name of the institution whose own bank this is; nil for the public bank.
  public var privateName: String?
  /// Whether the report's warnings tell how the items are written too, as `bank check` does.
  public var checksWriting: Bool

  /// Creates settings.
  public init(
    isPartial: Bool = false, test: AssessmentTest.ID? = nil, privateName: String? = nil,
    checksWriting: Bool = false
  ) {
    self.checksWriting = checksWriting
    self.isPartial = isPartial
    self.test = test
    self.privateName = privateName
  }
}

/// Makes packages part of a bank.
public enum BankImporter {
  /// Where in a bank's package the files of imported packages stand.
  public static let folder = "imported/"

  /// Works out the bank that has the items of a package too.
  ///
  /// Nothing is written anywhere, and never throws for content. An item is known by its identifier
  /// and its content hash: importing the same package again changes nothing. Items keep their bytes.
  /// What the package's manifest says about an item goes along as it stands. Frameworks the bank has
  /// already are not taken; that is in the report's warnings when they differ.
  ///
  /// - Parameters:
  ///   - incoming: the files of the package.
  ///   - base: the files of the bank, which must be readable; nil for a new bank.
  ///   - settings: how to import.
  /// - Returns: the report, and the bank when it changes.
  public static func merge(
    _ incoming: PackageFiles, into base: PackageFiles?, settings: BankImportSettings
  ) -> BankImport {
    var report = BankImportReport()
    let (bank, baseFaults) = ReadPackage.read(base ?? .newBank)
    guard let bank else {
      report.refused = [.init(identifier: base?.name ?? "", diagnostics: baseFaults)]
      return BankImport(report: report)
    }
    let (package, faults) = ReadPackage.read(incoming, knownFrameworks: bank.bank.frameworks)
    guard let package else {
      report.refused = [.init(identifier: incoming.name, diagnostics: faults)]
      return BankImport(report: report)
    }
    var merging = BankMerging(package, into: bank, settings: settings)
    return merging.result()
  }

  /// The files of a bank that is read from a folder, with all that was imported into an earlier
  /// publication of it, and with the blueprints and borders of levels that were changed there.
  ///
  /// What was imported wins over the folder where both have an item with one identifier and
  /// different content. The result depends on the two alone, so that it has the same version when
  /// neither changes.
  ///
  /// - Parameters:
  ///   - folder: the files of the folder.
  ///   - published: the files of the earlier publication.
  /// - Returns: the files; those of the folder when nothing was changed or it cannot be read.
  public static func refreshed(
    _ folder: PackageFiles, keeping published: PackageFiles
  ) -> PackageFiles {
    let kept = folder.keepingBlueprints(changedIn: published)
      .keepingCutScores(setIn: published)
    guard published.paths.contains(where: { $0.hasPrefix(Self.folder) }),
      let base = ReadPackage.read(kept).package,
      let layer = ReadPackage.read(published).package
    else { return kept }
    var composition = BankComposition(layer: layer, base: base)
    composition.takeImported()
    return composition.isEmpty ? kept : composition.files(named: folder.name)
  }
}

extension PackageFiles {
  /// A package without content.
  static var newBank: PackageFiles {
    let manifest = """
      <?xml version="1.0" encoding="UTF-8"?>
      <manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="bank">
        <metadata>
          <schema>QTI Item Bank</schema>
          <schemaversion>3.0.0</schemaversion>
        </metadata>
        <organizations/>
        <resources>
        </resources>
      </manifest>

      """
    return PackageFiles([Manifest.file: Array(manifest.utf8)], name: "bank")
  }
}

/// A package that was read, with the reader's own notes.
struct ReadPackage {
  let reading: PackageReading
  let bank: Bank
  let manifest: Manifest
  /// The bytes of the manifest.
  let source: [UInt8]

  /// Reads a package.
  ///
  /// - Parameters:
  ///   - files: its files.
  ///   - frameworks: those that its items may be aligned to though it does not bring them.
  ///   - packages: packages read before, whose items need not be read again.
  ///   - parsedManifest: the tree that the manifest was written from, where it was made just now;
  ///     given away, for it is large and of no use beside what is read next.
  /// - Returns: the package, nil when its manifest cannot be read; and what is wrong, without the
  ///   warnings about items of the other packages.
  static func read(
    _ files: PackageFiles, knownFrameworks frameworks: [Framework] = [],
    reusing packages: [ReadPackage] = [], parsedManifest: consuming XMLElement? = nil
  ) -> (package: ReadPackage?, diagnostics: [Diagnostic]) {
    let known = packages.reduce(into: ReadFiles()) {
      $0.items.merge($1.reading.read.items) { first, _ in first }
      $0.usages.merge($1.reading.read.usages) { first, _ in first }
    }
    var reading = PackageReading(
      files, knownFrameworks: frameworks, known: known, parsedManifest: consume parsedManifest)
    guard let bank = reading.bank(), let manifest = reading.manifest,
      let source = reading.content(Manifest.file)
    else { return (nil, reading.diagnostics) }
    return (
      ReadPackage(reading: reading, bank: bank, manifest: manifest, source: source),
      reading.diagnostics
    )
  }

  /// The path of every test's file.
  var testPaths: [AssessmentTest.ID: String] {
    var paths: [AssessmentTest.ID: String] = [:]
    for resource in manifest.resources where resource.kind == .test {
      guard let path = resource.path else { continue }
      for test in bank.tests where test.file == reading.label(path) { paths[test.id] = path }
    }
    return paths
  }
}

import Diagnostics

extension BankImporter {
  /// Works out the bank with another blueprint for one of its tests.
  ///
  /// Only the blueprint's file changes, and says that it was changed here, so that it is kept when the
  /// bank's folder is read again. Nothing is written anywhere; never throws for content.
  ///
  /// - Parameters:
  ///   - blueprint: the new blueprint, of a test that the bank has a blueprint of.
  ///   - base: the files of the bank.
  /// - Returns: the report, and the bank when it changes.
  /// - Throws: the encoder's error when a number of the blueprint is none.
  public static func change(
    _ blueprint: Blueprint, in base: PackageFiles
  ) throws -> BankImport {
    var report = BankImportReport()
    guard let (path, _) = base.blueprints.first(where: { $0.blueprint.test == blueprint.test })
    else { return BankImport(report: report) }
    var changed = blueprint
    changed.isChangedInService = true
    var contents = base.contents
    contents[path] = try changed.written()
    guard contents[path] != base.bytes(of: path) else { return BankImport(report: report) }
    let files = PackageFiles(contents, name: base.name)
    let (bank, diagnostics) = BankReader.read(files)
    let errors = diagnostics.filter { $0.severity == .error }
    guard let bank, errors.isEmpty else {
      report.refused = [.init(identifier: blueprint.test.rawValue, diagnostics: errors)]
      return BankImport(report: report)
    }
    return BankImport(report: report, files: files, bank: bank)
  }
}

extension PackageFiles {
  /// The blueprints that can be read, with the paths of their files.
  fileprivate var blueprints: [(path: String, blueprint: Blueprint)] {
    paths.compactMap { path in
      guard path.hasSuffix(".blueprint.json"), let bytes = bytes(of: path),
        let blueprint = Blueprint.read(bytes: bytes, file: path).blueprint
      else { return nil }
      return (path, blueprint)
    }
  }

  /// The same files, with the blueprints that were changed in the service in place of its own.
  ///
  /// - Parameter published: the files of the bank that was in service.
  /// - Returns: the files; the same when none was changed.
  func keepingBlueprints(changedIn published: PackageFiles) -> PackageFiles {
    let own = blueprints
    var changed: [String: [UInt8]] = [:]
    for (path, blueprint) in published.blueprints where blueprint.isChangedInService {
      guard let place = own.first(where: { $0.blueprint.test == blueprint.test })?.path else {
        continue
      }
      changed[place] = published.bytes(of: path)
    }
    return changed.isEmpty ? self : PackageFiles(contents.merging(changed) { $1 }, name: name)
  }
}

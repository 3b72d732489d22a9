public import Diagnostics
import Foundation

/// What checking found.
public struct BankCheckReport: Hashable, Sendable {
  /// How many files were looked at.
  public var files: Int
  /// How many items could be read.
  public var items: Int
  /// What is wrong, in the order of the paths given.
  public var diagnostics: [Diagnostic]

  /// Creates a report.
  public init(files: Int = 0, items: Int = 0, diagnostics: [Diagnostic] = []) {
    self.files = files
    self.items = items
    self.diagnostics = diagnostics
  }

  /// How many of the diagnostics are errors.
  public var errors: Int { diagnostics.count { $0.severity == .error } }

  /// How many of the diagnostics are warnings.
  public var warnings: Int { diagnostics.count { $0.severity == .warning } }
}

/// Checks items and packages for faults of structure and of writing.
public enum BankChecker {
  /// Checks files and folders.
  ///
  /// A folder with `imsmanifest.xml` is checked as a package; of another folder every `.xml` file is
  /// checked by itself. Never throws for content.
  ///
  /// - Parameter paths: item, stimulus or test files, or folders; used in diagnostics as given.
  /// - Returns: how much was checked and what is wrong with it.
  public static func check(paths: [String]) -> BankCheckReport {
    var report = BankCheckReport()
    for path in paths {
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      let url = URL(
        filePath: path, directoryHint: isFolder.boolValue ? .isDirectory : .notDirectory)
      if !exists {
        report.note(.missing, path)
      } else if !isFolder.boolValue {
        report.check(file: url, named: path)
      } else if FileManager.default.fileExists(
        atPath: url.appending(path: Manifest.file).path(percentEncoded: false))
      {
        report.check(package: url)
      } else {
        report.check(folder: url, named: path)
      }
    }
    return report
  }
}

extension BankCheckReport {
  /// Adds what checking a bank's items found.
  ///
  /// - Parameter bank: a bank, as its reader gave it.
  public mutating func check(_ bank: Bank) {
    items += bank.items.count
    diagnostics += ItemRules.bankStyle.flatMap { $0.check(bank) }
    let found = Concurrently.map(bank.items) { item in
      ItemRules.style.flatMap { $0.check(item.item) }
        + ItemRules.bank.flatMap { $0.check(item, in: bank) }
    }
    diagnostics += found.flatMap(\.self)
  }

  fileprivate mutating func note(_ refusal: PackageFolder.Refusal, _ path: String) {
    var findings = Findings(file: path)
    findings.note(refusal, href: path, line: 0)
    diagnostics += findings.diagnostics
  }

  fileprivate mutating func check(package url: URL) {
    let (bank, found) = BankReader.read(folder: url)
    files += PackageFolder(url).paths().count
    diagnostics += found
    if let bank { check(bank) }
  }

  fileprivate mutating func check(folder url: URL, named name: String) {
    let found = PackageFolder(url).paths().filter { $0.lowercased().hasSuffix(".xml") }
    let prefix = name.hasSuffix("/") ? name : name + "/"
    for path in found { check(file: url.appending(path: path), named: prefix + path) }
  }

  fileprivate mutating func check(file url: URL, named name: String) {
    if PackageFiles.isArchive(url) { return check(archive: url, named: name) }
    files += 1
    let folder = PackageFolder(url.deletingLastPathComponent())
    switch folder.bytes(of: url.lastPathComponent, limit: XMLElement.packageLimit) {
    case .failure(let refused):
      note(refused.reason, name)
    case .success(let bytes):
      check(bytes, named: name, in: url)
    }
  }

  private mutating func check(_ bytes: [UInt8], named name: String, in url: URL) {
    switch Findings.kind(of: bytes) {
    case .stimulus: diagnostics += AssessmentStimulus.read(bytes: bytes, file: name).diagnostics
    case .test: diagnostics += AssessmentTest.read(bytes: bytes, file: name).diagnostics
    case .item, nil:
      let (item, found) = AssessmentItem.read(bytes: bytes, file: name)
      diagnostics += found
      guard let item else { return }
      items += 1
      for rule in ItemRules.style { diagnostics += rule.check(item) }
      checkStimuli(of: item, in: url)
    }
  }

  private mutating func checkStimuli(of item: AssessmentItem, in url: URL) {
    var findings = Findings(file: item.file)
    for reference in item.stimulusReferences {
      // A lone item may stand beside the folder of its stimuli, so going up is allowed here; the
      // stimulus is not read.
      let target = URL(string: reference.href, relativeTo: url)
      let isLocal = !reference.href.hasPrefix("/") && !reference.href.contains(":")
      if isLocal, let target,
        FileManager.default.fileExists(atPath: target.path(percentEncoded: false))
      {
        continue
      }
      findings.note(isLocal ? .missing : .unsafe, href: reference.href, line: reference.line)
    }
    diagnostics += findings.diagnostics
  }
}

extension Findings {
  /// The kind of a document by its root element; nil when it is none of ours or cannot be parsed.
  static func kind(of bytes: [UInt8]) -> DocumentKind? {
    var ignored = Findings(file: "")
    guard let root = XMLElement.parse(bytes, findings: &ignored),
      let version = QTINames.version(ofNamespace: root.namespace)
    else { return nil }
    return DocumentKind(rawValue: QTINames.renamed(root, from: version).name)
  }
}

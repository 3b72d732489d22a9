import Delivery
import Diagnostics
import Foundation
import ItemBank
import Storage

/// Brings items into a bank that is in service, by the same way as the command.
struct ItemImporting: Sendable {
  /// What somebody asks for.
  struct Wish: Sendable {
    var file: [UInt8]
    var name: String
    /// Whether to keep it when nothing is wrong.
    var keeps: Bool
    /// Whether what can be used is wanted without the rest.
    var isPartial: Bool
    /// The test that the items join; nil for none.
    var test: AssessmentTest.ID?
    /// The institution whose own bank it is for; nil for the public one.
    var privateName: String?
    /// Who asks, and what the release is called.
    var actor: String
    var reason: String
  }

  let site: Site

  /// Reads a package or sheet and works out what the bank would be with it; keeps that if asked.
  ///
  /// - Returns: the report, with the bank when it changes.
  /// - Throws: ``BankPublishing/Fault/unfilled(_:)``, ``StoreError/bankChanged`` or
  ///   ``StoreError/audience(item:)``, with nothing kept; the fault of laying the file in a folder; the
  ///   database's error.
  func take(_ wish: Wish) async throws -> BankImport {
    let name = wish.privateName.map { BankName(rawValue: $0) } ?? .public
    let before = try await site.store.bankInService(name)
    let base = try await files(of: name, before)
    var outcome = try Self.merged(wish, into: base)
    // Said at the look already: what is kept can be filled, or nothing is.
    if name == .public, let unfilled = outcome.bank?.unfilledForms, !unfilled.isEmpty {
      throw BankPublishing.Fault.unfilled(unfilled)
    }
    if wish.keeps, outcome.report.mayImport(isPartial: wish.isPartial), let bank = outcome.bank,
      let files = outcome.files
    {
      try await site.store.publish(
        bank, as: name, files: files.contents, publishedAt: site.now(), replacing: .version(before),
        note: BankRelease.Note(
          kind: .import, actor: wish.actor, reason: wish.reason,
          differences: bank.differences(from: BankReader.read(base).bank ?? bank)))
      _ = try await site.takeOverBank()
    } else if !outcome.report.mayImport(isPartial: wish.isPartial) {
      outcome.bank = nil
      outcome.files = nil
    }
    return outcome
  }

  /// The bank in service under a name; a new one with the public bank's frameworks if there is none.
  private func files(of name: BankName, _ version: Bank.Version?) async throws -> PackageFiles {
    if let version {
      return PackageFiles(
        try await site.store.publishedFiles(.bank, version: version.rawValue), name: "bank")
    }
    let present = try await site.store.publishedFiles(
      .bank, version: site.publications.bank.version.rawValue)
    return .newBank(withFrameworksOf: PackageFiles(present, name: "bank"))
  }

  private static func merged(_ wish: Wish, into base: PackageFiles) throws -> BankImport {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "bianque-import-\(AccessToken.randomName())", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { remove(folder) }
    // Only the ending of the sent name is used: it tells a sheet from a package.
    let ending = wish.name.split(separator: ".").last.map(String.init) ?? ""
    let isPlain = ending.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    let file = folder.appending(path: "import.\(isPlain ? ending : "")")
    try Data(wish.file).write(to: file)
    let (files, diagnostics) = PackageFiles.read(
      path: file.path, frameworks: BankReader.read(base).bank?.frameworks ?? [])
    guard let files else {
      var report = BankImportReport()
      report.refused = [
        .init(
          identifier: wish.name,
          diagnostics: diagnostics.map { Self.named($0, file.path, wish.name) })
      ]
      return BankImport(report: report)
    }
    let settings = BankImportSettings(
      isPartial: wish.isPartial, test: wish.test, privateName: wish.privateName,
      checksWriting: true)
    var outcome = BankImporter.merge(files, into: base, settings: settings)
    outcome.report.warnings = (diagnostics + outcome.report.warnings)
      .map { Self.named($0, file.path, wish.name) }
    outcome.report.refused = outcome.report.refused.map { refusal in
      .init(
        identifier: refusal.identifier,
        diagnostics: refusal.diagnostics.map { Self.named($0, file.path, wish.name) })
    }
    return outcome
  }

  /// A fault whose place is told by the name the sender knows, not by that of this machine.
  private static func named(_ fault: Diagnostic, _ path: String, _ name: String) -> Diagnostic {
    var fault = fault
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    fault.file = fault.file.replacing(path, with: name).replacing(folder, with: name)
    return fault
  }

  private static func remove(_ folder: URL) {
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      // A temporary folder that stays is the system's to clear.
    }
  }
}

import ArgumentParser
import Delivery
import Diagnostics
import Foundation
import ItemBank
import Storage

/// `bianque bank import`: adds a package to the bank that the database keeps.
struct BankImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "把题目导入题库。Adds items to the bank.",
    discussion: """
      同一个包导入两次不会有变化。运行中的服务几秒内自动启用新题库，已开始的测试不受影响。
      Importing a package twice changes nothing. A running service takes the new bank over within
      seconds; sessions that have begun keep theirs.
      """)

  @Argument(help: "题库文件夹、压缩包、单个题目或 CSV 题目表。A folder, zip, item or CSV sheet.")
  var path: String
  @Flag(help: "只说明会怎样，不改变任何东西。Says what would happen and changes nothing.")
  var dryRun = false
  @Flag(help: "输出 JSON。Prints JSON.")
  var json = false
  @Flag(help: "有题目不可用时，仍导入其余的。Imports the rest when some items cannot be used.")
  var partial = false
  @Option(
    name: .customLong("private"),
    help: "机构自己的题库（限定人员），写机构名称。The institution's own bank, for enrolled teachers.")
  var privateName: String?
  @Option(help: "让导入的题加入这个测验。The test that the items join.")
  var test: String?
  @Option(help: "数据文件夹，缺省 data。The data folder.")
  var data = "data"
  @Option(help: "数据库还没有题库时，取其中的框架，缺省 ItemBank。Where frameworks come from at first.")
  var bank = "ItemBank"

  func validate() throws {
    if privateName == BankName.public.rawValue || privateName?.isEmpty == true {
      throw ValidationError("--private 需要机构的名称。--private needs the institution's name.")
    }
  }

  func run() async throws {
    let terminal = Terminal.current
    FreedMemory.returnsLargePieces()
    do {
      let store = try opened()
      let name = privateName.map { BankName(rawValue: $0) } ?? .public
      let before = try await store?.bankInService(name)
      let base = try await base(name, before, in: store)
      let settings = BankImportSettings(
        isPartial: partial, test: test.map { AssessmentTest.ID(rawValue: $0) },
        privateName: privateName)
      let outcome = merged(into: base, settings: settings)
      if name == .public, let unfilled = outcome.bank?.unfilledForms, !unfilled.isEmpty {
        terminal.say(terminal(.unfilled(unfilled)))
        throw ExitCode(Exit.refused)
      }
      if !dryRun, let bank = outcome.bank, let files = outcome.files, let store {
        try await store.publish(
          bank, as: name, files: files.contents, publishedAt: Date(), replacing: .version(before),
          note: BankRelease.Note(
            kind: .import, actor: "command", reason: "",
            differences: bank.differences(from: BankReader.read(base).bank ?? bank)))
      }
      let answer = ImportAnswer(outcome, isDryRun: dryRun, isPartial: partial, terminal: terminal)
      if json { try terminal.answer(answer) } else { answer.tell(outcome.report, on: terminal) }
      guard outcome.report.mayImport(isPartial: partial) else { throw ExitCode(Exit.refused) }
    } catch StoreError.audience(let item) {
      terminal.say(terminal(.audience(of: item)))
      throw ExitCode(Exit.refused)
    } catch StoreError.bankChanged {
      terminal.say(terminal(.bankChanged))
      throw ExitCode(Exit.refused)
    } catch let error as ConfigurationError {
      for fault in error.faults { terminal.say(terminal(fault)) }
      throw ExitCode(Exit.configuration)
    }
  }

  /// The database; nil for a dry run where there is none yet.
  private func opened() throws -> Store? {
    let folder = URL(filePath: data, directoryHint: .isDirectory)
    let database = folder.appending(path: "bianque.sqlite").path(percentEncoded: false)
    if dryRun, !FileManager.default.fileExists(atPath: database) { return nil }
    return try Composition.openStore(in: folder)
  }

  /// The bank that is in service under a name; a new one with frameworks when there is none.
  private func base(
    _ name: BankName, _ version: Bank.Version?, in store: Store?
  ) async throws -> PackageFiles {
    var frameworks = PackageFiles(folder: URL(filePath: bank, directoryHint: .isDirectory))
    guard let store else { return .newBank(withFrameworksOf: frameworks) }
    if let version {
      return PackageFiles(
        try await store.publishedFiles(.bank, version: version.rawValue), name: "bank")
    }
    if let version = try await store.bankInService(.public) {
      frameworks = PackageFiles(
        try await store.publishedFiles(.bank, version: version.rawValue), name: "bank")
    }
    return .newBank(withFrameworksOf: frameworks)
  }

  private func merged(into base: PackageFiles, settings: BankImportSettings) -> BankImport {
    let (files, diagnostics) = PackageFiles.read(
      path: path, frameworks: BankReader.read(base).bank?.frameworks ?? [])
    guard let files else {
      var report = BankImportReport()
      report.refused = [.init(identifier: path, diagnostics: diagnostics)]
      return BankImport(report: report)
    }
    var outcome = BankImporter.merge(files, into: base, settings: settings)
    outcome.report.warnings = diagnostics + outcome.report.warnings
    return outcome
  }
}

/// What `bank import` prints.
struct ImportAnswer: Encodable {
  struct Refusal: Encodable {
    var identifier: String
    var diagnostics: [BankCheckAnswer.Finding]
  }

  var added: [String]
  var newVersion: [String]
  var unchanged: [String]
  var refused: [Refusal]
  var warnings: [BankCheckAnswer.Finding]
  /// Whether the bank is another one now, or would be after a dry run.
  var changes: Bool
  var dryRun: Bool
  /// The version of the bank with the items; absent when nothing changes.
  var bank: String?

  init(_ outcome: BankImport, isDryRun: Bool, isPartial: Bool, terminal: Terminal) {
    let report = outcome.report
    added = report.added.map(\.rawValue)
    newVersion = report.newVersion.map(\.rawValue)
    unchanged = report.unchanged.map(\.rawValue)
    refused = report.refused.map { refusal in
      Refusal(
        identifier: refusal.identifier,
        diagnostics: refusal.diagnostics.map { .init($0, terminal: terminal) })
    }
    warnings = report.warnings.map { .init($0, terminal: terminal) }
    changes = outcome.files != nil
    dryRun = isDryRun
    bank = outcome.bank?.version.rawValue
  }

  /// Says the same to a person.
  func tell(_ report: BankImportReport, on terminal: Terminal) {
    terminal.say(report.warnings)
    for refusal in report.refused {
      terminal.say(terminal(Text("不可用：\(refusal.identifier)", "Refused: \(refusal.identifier)")))
      terminal.say(refusal.diagnostics)
    }
    let list = { (items: [String]) in
      items.isEmpty
        ? ""
        : ": " + items.prefix(20).joined(separator: " ")
          + (items.count > 20 ? " …" : "")
    }
    print(terminal(Text("新增 \(added.count)", "Added \(added.count)")) + list(added))
    print(
      terminal(Text("新版本 \(newVersion.count)", "New version \(newVersion.count)"))
        + list(newVersion))
    print(terminal(Text("没有变化 \(unchanged.count)", "Unchanged \(unchanged.count)")))
    print(
      terminal(Text("不可用 \(refused.count)", "Refused \(refused.count)"))
        + list(refused.map(\.identifier)))
    print(terminal(conclusion))
  }

  private var conclusion: Text {
    if !refused.isEmpty, !changes {
      return Text(
        "题库没有改变。改好后再导入，或用 --partial 先导入可用的题。",
        "The bank is as it was. Mend the items, or import the rest with --partial.")
    }
    guard changes, let bank else { return Text("题库没有改变。", "The bank is as it was.") }
    if dryRun { return Text("试运行，题库没有改变。", "A dry run: the bank is as it was.") }
    return Text("题库的新版本是 \(bank)。", "The bank's new version is \(bank).")
  }
}

import ArgumentParser
import Diagnostics
import Foundation
import People
import Storage
import Web

/// `bianque roster`: units and persons in.
struct RosterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roster", abstract: "导入单位和教师名册。Brings units and rosters in.",
    subcommands: [RosterImport.self])
}

/// `bianque roster import`: adds what a file says, all or nothing.
struct RosterImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "导入名册或单位表（CSV、OneRoster）。Brings a sheet or a OneRoster archive in.")

  @Argument(help: "名册文件。The file.")
  var file: String
  @Flag(help: "只检查，不导入。Checks only.")
  var dryRun = false
  @Option(help: "数据文件夹，缺省 data。The data folder.")
  var data = "data"

  func run() async throws {
    let terminal = Terminal.current
    let bytes: [UInt8]
    do {
      let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? NSNumber
      guard (size?.intValue ?? 0) <= RosterReader.byteLimit else {
        terminal.say([RosterReader.tooLarge(file)])
        throw ExitCode(Exit.refused)
      }
      bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
    } catch let error as ExitCode {
      throw error
    } catch {
      terminal.say(
        terminal(Text("读不了文件“\(file)”。", "The file \"\(file)\" cannot be read.")))
      throw ExitCode(Exit.refused)
    }
    let read = RosterReader.read(bytes, file: file)
    let isRefused = read.diagnostics.contains { $0.severity == .error }
    guard let roster = read.roster else {
      terminal.say(read.diagnostics)
      throw ExitCode(Exit.refused)
    }
    let store = try DataFolder(data).open()
    let comparison = try await store.importRoster(
      roster, within: nil, keeps: !dryRun && !isRefused, actor: "command", at: Date(),
      newID: RandomNames.identifier, newCode: RandomNames.schoolCode)
    try store.close()
    let diagnostics = read.diagnostics + comparison.diagnostics
    terminal.say(diagnostics)
    try terminal.answer(RosterAnswer(comparison, diagnostics, isDryRun: dryRun, terminal))
    if isRefused || comparison.isRefused { throw ExitCode(Exit.refused) }
  }
}

/// What `roster import` prints.
struct RosterAnswer: Encodable {
  struct Counts: Encodable {
    var added: Int
    var changed: Int
    var unchanged: Int
  }

  var kept: Bool
  var units: Counts
  var persons: Counts
  var diagnostics: [BankCheckAnswer.Finding]

  init(
    _ comparison: RosterComparison, _ diagnostics: [Diagnostic], isDryRun: Bool,
    _ terminal: Terminal
  ) {
    kept = !isDryRun && !diagnostics.contains { $0.severity == .error }
    units = Counts(
      added: comparison.addedUnits.count, changed: comparison.changedUnits.count,
      unchanged: comparison.unchangedUnits)
    persons = Counts(
      added: comparison.addedPersons.count, changed: comparison.changedPersons.count,
      unchanged: comparison.unchangedPersons)
    self.diagnostics = diagnostics.map { BankCheckAnswer.Finding($0, terminal: terminal) }
  }
}

/// The data folder of a service, for commands that work beside it.
struct DataFolder {
  let url: URL

  init(_ path: String) {
    url = URL(filePath: path, directoryHint: .isDirectory)
  }

  /// Opens the database, making it if there is none.
  ///
  /// - Throws: exit code 78, after saying why, if it cannot be opened.
  func open() throws -> Store {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      return try Store(folder: url, now: Date())
    } catch {
      let terminal = Terminal.current
      terminal.say(
        terminal(
          Text(
            "打不开数据文件夹“\(url.path)”，请检查路径、权限和版本。",
            "The data folder \"\(url.path)\" cannot be opened; check path, rights and version.")))
      throw ExitCode(Exit.configuration)
    }
  }
}

import ArgumentParser
import Diagnostics
import Foundation
import ItemBank

/// `bianque bank`: what is done to item banks.
struct BankCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bank",
    abstract: "检查、导入、导出题库，给题目计分。Checks, imports and exports item banks, scores items.",
    subcommands: [
      BankCheck.self, BankScore.self, BankImportCommand.self, BankExport.self,
      BankTemplate.self,
    ])
}

/// `bianque bank check`: what is wrong with items, folders or packages.
struct BankCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "检查题目、文件夹或题库。Checks items, folders or packages.")

  @Argument(help: "题目、文件夹或压缩包。Items, folders or packages.")
  var paths: [String]
  @Flag(help: "输出 JSON。Prints JSON.")
  var json = false
  @Option(help: "另按这个 XSD 文件检查。An XSD file to check against too.")
  var schema: String?

  func run() throws {
    let terminal = Terminal.current
    var report = BankChecker.check(paths: paths)
    if let schema { report.diagnostics += BankChecker.check(paths: paths, against: schema) }
    if json {
      try terminal.answer(BankCheckAnswer(report, terminal: terminal))
    } else {
      terminal.say(report.diagnostics)
      print(
        terminal(
          Text(
            "检查了 \(report.files) 个文件、\(report.items) 道题：错误 \(report.errors)，提醒 \(report.warnings)。",
            "\(report.files) files, \(report.items) items: \(report.errors) errors, "
              + "\(report.warnings) warnings.")))
    }
    if report.errors > 0 { throw ExitCode(Exit.refused) }
  }
}

/// What `bank check --json` prints.
struct BankCheckAnswer: Encodable {
  struct Finding: Encodable {
    var code: String
    var severity: String
    var file: String
    var line: Int
    var column: Int
    var message: String
    var remedy: String

    init(_ diagnostic: Diagnostic, terminal: Terminal) {
      code = diagnostic.code
      severity = diagnostic.severity.rawValue
      file = diagnostic.file
      line = diagnostic.line
      column = diagnostic.column
      message = terminal(diagnostic.message)
      remedy = terminal(diagnostic.remedy)
    }
  }

  var files: Int
  var items: Int
  var errors: Int
  var warnings: Int
  var diagnostics: [Finding]

  init(_ report: BankCheckReport, terminal: Terminal) {
    files = report.files
    items = report.items
    errors = report.errors
    warnings = report.warnings
    diagnostics = report.diagnostics.map { Finding($0, terminal: terminal) }
  }
}

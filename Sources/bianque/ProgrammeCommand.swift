import ArgumentParser
import Courses
import Diagnostics
import Foundation
import ItemBank

/// `bianque programme`: the rules of training programmes.
struct ProgrammeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "programme", abstract: "检查研修方案的规则。Checks the rules of programmes.",
    subcommands: [ProgrammeCheckCommand.self])
}

/// `bianque programme check`: what is wrong with a programme's file.
struct ProgrammeCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "检查方案文件：规则能否同时满足、与文件数字是否相符。Checks a programme's file.")

  @Argument(help: "方案文件（JSON）。Programme files (JSON).")
  var files: [String]
  @Flag(help: "输出 JSON。Prints JSON.")
  var json = false
  @Option(help: "题库文件夹，缺省 ItemBank。The folder of the item bank.")
  var bank = "ItemBank"
  @Option(help: "课程文件夹，缺省 Courses。The folder of courses and programmes.")
  var courses = "Courses"

  func run() throws {
    let terminal = Terminal.current
    let (read, bankFaults) = BankReader.read(
      folder: URL(filePath: bank, directoryHint: .isDirectory))
    guard let read else {
      terminal.say(bankFaults.filter { $0.severity == .error })
      throw ExitCode(Exit.refused)
    }
    // A catalogue that cannot be read is not what is checked here; compulsory courses then are not.
    let (catalogue, _) = CatalogueReader.read(
      folder: URL(filePath: courses, directoryHint: .isDirectory), frameworks: read.frameworks)
    let found = files.flatMap { file in
      ProgrammeReader.read(
        file: URL(filePath: file), frameworks: read.frameworks, catalogue: catalogue
      ).diagnostics
    }
    let errors = found.count { $0.severity == .error }
    if json {
      try terminal.answer(
        ProgrammeCheckAnswer(
          files: files.count, errors: errors, warnings: found.count - errors,
          diagnostics: found.map { BankCheckAnswer.Finding($0, terminal: terminal) }))
    } else {
      terminal.say(found)
      print(
        terminal(
          Text(
            "检查了 \(files.count) 个方案：错误 \(errors)，提醒 \(found.count - errors)。",
            "\(files.count) programmes: \(errors) errors, \(found.count - errors) warnings.")))
    }
    if errors > 0 { throw ExitCode(Exit.refused) }
  }
}

/// What `programme check --json` prints.
struct ProgrammeCheckAnswer: Encodable {
  var files: Int
  var errors: Int
  var warnings: Int
  var diagnostics: [BankCheckAnswer.Finding]
}

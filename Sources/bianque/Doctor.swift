import ArgumentParser
import Diagnostics
import Foundation
import Storage

/// `bianque doctor`: looks whether everything the service needs is there and whole.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "自检：数据库、密钥、磁盘、内容、时钟。Checks database, key, disk, content and clock.")

  @Option(help: "数据文件夹，缺省 data。The data folder.")
  var data = "data"
  @Option(help: "题库文件夹，缺省 ItemBank。The folder of the item bank.")
  var bank = "ItemBank"
  @Option(help: "课程文件夹，缺省 Courses。The folder of courses and programmes.")
  var courses = "Courses"
  @Flag(help: "只输出 JSON。Prints JSON only.")
  var json = false

  struct Answer: Encodable {
    struct Check: Encodable {
      var check: String
      var ok: Bool
      var message: String
      var remedy: String?
    }

    var ok: Bool
    var checks: [Check]
  }

  func run() throws {
    let terminal = Terminal.current
    let folder = URL(filePath: data, directoryHint: .isDirectory)
    let checks =
      DatabaseCheckup.checks(folder: folder, now: Date())
      + FolderCheckup.checks(folder: folder)
      + ContentCheckup.checks(
        bank: URL(filePath: bank, directoryHint: .isDirectory),
        courses: URL(filePath: courses, directoryHint: .isDirectory))
    let isWell = checks.allSatisfy { $0.remedy == nil }
    if json {
      try terminal.answer(
        Answer(
          ok: isWell,
          checks: checks.map {
            Answer.Check(
              check: $0.name, ok: $0.remedy == nil, message: terminal($0.finding),
              remedy: $0.remedy.map { terminal($0) })
          }))
    } else {
      for check in checks {
        let mark = terminal(check.remedy == nil ? Text("正常", "ok") : Text("有问题", "WRONG"))
        print("\(mark)  \(check.name)  \(terminal(check.finding))")
        if let remedy = check.remedy { print("      → \(terminal(remedy))") }
      }
    }
    if !isWell { throw ExitCode(Exit.refused) }
  }
}

/// One thing that was looked at.
struct Checkup: Hashable {
  /// A stable name in kebab case.
  var name: String
  /// What was found.
  var finding: Text
  /// What to do; nil if nothing is wrong.
  var remedy: Text?

  init(_ name: String, _ finding: Text, remedy: Text? = nil) {
    self.name = name
    self.finding = finding
    self.remedy = remedy
  }
}

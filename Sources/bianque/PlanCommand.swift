import ArgumentParser
import Diagnostics
import Foundation

/// `bianque plan`: a study plan for a request.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "为一份请求制订研修计划。A study plan for a request.")

  @Argument(help: "请求文件（JSON）。The request (JSON).")
  var request: String
  @Option(help: "题库文件夹，缺省 ItemBank。The folder of the item bank.")
  var bank = "ItemBank"
  @Option(help: "课程文件夹，缺省 Courses。The folder of courses and programmes.")
  var courses = "Courses"

  func run() throws {
    let terminal = Terminal.current
    try RequestFile(path: request, terminal: terminal).answered { data in
      if ProfileRequest.isMeant(by: data) {
        let content: PublishedContent
        do throws(ContentError) {
          content = try PublishedContent(
            bank: URL(filePath: bank, directoryHint: .isDirectory),
            courses: URL(filePath: courses, directoryHint: .isDirectory))
        } catch {
          terminal.say(error.diagnostics.filter { $0.severity == .error })
          throw ExitCode(Exit.refused)
        }
        try terminal.answer(try ProfileRequest.read(data).answer(with: content))
      } else {
        try terminal.answer(try PlanRequest.read(data).answer())
      }
    }
  }
}

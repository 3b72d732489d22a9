import ArgumentParser
import Courses
import Diagnostics
import Foundation
import MixedInteger
import Recommendation

/// `bianque plan`: a study plan for a request.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "为一份请求制订研修计划。A study plan for a request.")

  @Argument(help: "请求文件（JSON）。The request (JSON).")
  var request: String
  @Flag(help: "用 cbc 证明与最优相差多少。Proves with cbc how near the plan is to the best.")
  var certify = false
  @Option(help: "证明最多用多少秒。How many seconds the proof may take.")
  var seconds = 60.0
  @Option(help: "把计划所在环境的整数规划写成 LP 文件。Writes the plan's integer programme as an LP file.")
  var lp: String?
  @Flag(help: "与 --certify 一起：输出 JSON。With --certify: prints JSON.")
  var json = false
  @OptionGroup var folders: ContentFolders

  func validate() throws {
    guard seconds > 0, seconds <= 86_400 else {
      throw ValidationError("--seconds 应大于 0、不超过 86400。--seconds is above 0, at most 86400.")
    }
  }

  func run() throws {
    let terminal = Terminal.current
    try RequestFile(path: request, terminal: terminal).answered { data in
      let task = try task(data, terminal)
      let start = ContinuousClock.now
      let plan = PlanSearch.plan(for: task.problem)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      if let lp { try write(task.problem.program(of: plan), to: lp, terminal) }
      var answer = PlanAnswer(plan, of: task, seconds: seconds)
      guard certify else { return try terminal.answer(answer) }
      let certificate = try PlanProof(terminal: terminal, seconds: self.seconds)
        .certificate(of: plan, for: task.problem)
      answer.certificate = CertificateAnswer(certificate)
      if json { return try terminal.answer(answer) }
      print(terminal(certificate.text))
    }
  }

  private func task(_ data: Data, _ terminal: Terminal) throws -> PlanTask {
    guard ProfileRequest.isMeant(by: data) else { return try PlanRequest.read(data).task }
    return try ProfileRequest.read(data).task(with: folders.content(terminal), today: .today)
  }

  private func write(
    _ program: MixedIntegerProgram, to path: String, _ terminal: Terminal
  ) throws {
    do {
      try Data(program.lpText.utf8).write(to: URL(filePath: path))
    } catch {
      terminal.say(terminal(Text("写不进 \(path)。", "\(path) cannot be written.")))
      throw ExitCode(Exit.refused)
    }
  }
}

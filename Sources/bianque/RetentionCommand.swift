import ArgumentParser
import Diagnostics
import Foundation
import Storage
import Web

/// `bianque retention`: names that have been kept long enough.
struct RetentionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retention", abstract: "到期的身份信息。Names kept long enough.",
    subcommands: [RetentionRun.self])
}

/// `bianque retention run`: does now what the service does every day.
struct RetentionRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "去除到期的姓名和工号，删除失效的登录码。Takes names out, deletes what has expired.",
    discussion:
      "周期年数用 BIANQUE_CYCLE_YEARS 设置，缺省 5，另加 1 年。BIANQUE_CYCLE_YEARS sets the cycle; a year is added."
  )

  @Flag(help: "只数，不动。Counts only.")
  var dryRun = false
  @Option(help: "数据文件夹，缺省 data。The data folder.")
  var data = "data"

  struct Answer: Encodable {
    var kept: Bool
    var outcome: RetentionOutcome
  }

  func run() async throws {
    let terminal = Terminal.current
    let rule: RetentionRule
    do {
      rule = try Configuration(options: [:], environment: ProcessInfo.processInfo.environment)
        .retention
    } catch {
      for fault in error.faults { terminal.say(terminal(fault)) }
      throw ExitCode(Exit.configuration)
    }
    let store = try DataFolder(data).open()
    let now = Date()
    let outcome =
      dryRun
      ? try await store.retentionDue(rule, at: now)
      : try await store.applyRetention(
        rule, actor: "command", at: now, as: { RandomNames.identifier() })
    try store.close()
    try terminal.answer(Answer(kept: !dryRun, outcome: outcome))
  }
}

import ArgumentParser
import Diagnostics
import Foundation
import Storage

/// `bianque audit`: the log of who did what.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "审计日志。The audit log.", subcommands: [AuditVerify.self])
}

/// `bianque audit verify`: whether every line is as it was written.
struct AuditVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "核对审计日志有没有被改动。Checks the log's chain of hashes.")

  @Option(help: "数据文件夹，缺省 data。The data folder.")
  var data = "data"

  struct Answer: Encodable {
    var intactEvents: Int
    var firstBrokenPosition: Int?
    var lastHash: String
  }

  func run() async throws {
    let terminal = Terminal.current
    let store = try DataFolder(data).open()
    let verification = try await store.verifyAudit()
    try store.close()
    try terminal.answer(
      Answer(
        intactEvents: verification.intactEvents,
        firstBrokenPosition: verification.firstBrokenPosition, lastHash: verification.lastHash))
    if let position = verification.firstBrokenPosition {
      terminal.say(
        terminal(
          Text(
            "审计日志第 \(position) 条被改动或缺失。",
            "Line \(position) of the audit log is missing or not as it was written.")))
      throw ExitCode(Exit.refused)
    }
  }
}

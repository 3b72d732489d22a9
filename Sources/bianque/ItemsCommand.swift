import ArgumentParser
import Competency
import Diagnostics
import Foundation
import ItemAnalysis
import ItemBank
import Storage

/// `bianque items`: what answers say of items.
struct ItemsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "items", abstract: "由作答检查题目。Items by their answers.",
    subcommands: [ItemsAnalyse.self])
}

/// `bianque items analyse`: does now what the service does every night.
struct ItemsAnalyse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyse",
    abstract: "按数据库里正在使用的题库重算题目统计。Analyses the items of the bank in service.",
    discussion: """
      Prints one JSON document: number (of the analysis), bank, sessions, answers, seconds, and
      findings[] with kind, item, option, group, size, lower, upper, n and peopleAffected, most people
      first. The institution's pages show the newest analysis.
      """)

  @Option(help: "数据文件夹，缺省 data。The data folder.")
  var data = "data"

  struct Answer: Encodable {
    struct Line: Encodable {
      var kind: String
      var item: String?
      var option: String?
      var group: String?
      var size: Double
      var lower: Double
      var upper: Double
      var n: Int
      var peopleAffected: Int
    }

    var number: Int
    var bank: String
    var sessions: Int
    var answers: Int
    var seconds: Double
    var findings: [Line]
  }

  func run() async throws {
    let terminal = Terminal.current
    let store = try DataFolder(data).open()
    guard let version = try await store.bankInService(.public),
      let bank = BankReader.read(
        files: try await store.publishedFiles(.bank, version: version.rawValue),
        name: version.rawValue
      ).bank
    else {
      terminal.say(
        terminal(
          Text(
            "这个数据文件夹里还没有发布过题库，请先运行一次 bianque serve。",
            "No bank was published into this data folder yet; run bianque serve once.")))
      throw ExitCode(Exit.refused)
    }
    let began = ContinuousClock.now
    let number = try await store.analyseItems(of: bank, at: Date())
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    let stored = try await store.analysis(number)
    try store.close()
    guard let overview = stored?.overview else { throw ExitCode(Exit.refused) }
    try terminal.answer(
      Answer(
        number: number, bank: overview.bankVersion, sessions: overview.sheetCount,
        answers: overview.answerCount, seconds: seconds,
        findings: overview.findings.map { finding in
          Answer.Line(
            kind: finding.kind.rawValue, item: finding.item?.rawValue,
            option: finding.option?.rawValue, group: finding.group ?? finding.dimension?.rawValue,
            size: finding.size.value, lower: finding.size.lower, upper: finding.size.upper,
            n: finding.size.count, peopleAffected: finding.peopleAffected)
        }))
  }
}

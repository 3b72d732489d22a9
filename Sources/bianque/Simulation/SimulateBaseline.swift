import ArgumentParser
import Competency
import Courses
import Diagnostics
import Foundation
import ItemBank

/// `bianque simulate baseline`: the national tool's rules beside this product.
struct SimulateBaseline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "与全国自评工具的推荐规则比较。Beside the rules of the national self-rating tool.",
    discussion: """
      The same simulated teachers of the 2014 standard answer the national tool's statements and this
      product's diagnosis, in four manners: honest, overrating (statements about oneself a logit too
      high), random, unsure. The tool recommends topics by its own rules; the teacher takes every
      course on them, or as many as the programme's hours hold, at random. Values are at the true
      abilities; regret is what the best plan would bring more. Everything is simulated.
      """)

  @Option(help: "每种方式的教师人数。How many teachers of each manner.")
  var teachers = 200
  @Option(help: "随机种子。The seed.")
  var seed: UInt64 = 1
  @Flag(help: "输出表格而不是 JSON。Prints a table instead of JSON.")
  var table = false
  @OptionGroup var folders: ContentFolders

  func validate() throws {
    guard (1...100_000).contains(teachers) else {
      throw ValidationError("教师人数应为 1 到 100000。Teachers are 1…100000.")
    }
  }

  func run() throws {
    let terminal = Terminal.current
    let content = try folders.content(terminal)
    guard let standard = content.catalogue.standards.first,
      let framework = content.bank.framework(standard.framework),
      let programme = content.programmes.first(where: { $0.framework == framework.id }),
      let blueprint = content.bank.blueprints.first(where: { $0.framework == framework.id })
    else {
      terminal.say(
        terminal(
          Text(
            "内容里没有带课程标准的框架、方案和测试。",
            "The content has no framework with a course standard, a programme and a test.")))
      throw ExitCode(Exit.refused)
    }
    var simulation = BaselineSimulation(
      bank: content.bank, framework: framework, blueprint: blueprint, programme: programme,
      catalogue: content.catalogue, standard: standard, seed: seed)
    var answer = BaselineAnswer(teachers: teachers, seed: seed, programme: programme.id.rawValue)
    for manner in BaselineSimulation.Manner.allCases {
      let all = try (0..<teachers).map { try simulation.next(manner, number: $0) }
      answer.add(manner, all)
    }
    if table { print(answer.table) } else { try terminal.answer(answer) }
  }
}

/// What `bianque simulate baseline` prints.
struct BaselineAnswer: Encodable {
  /// The means of one way of choosing courses.
  struct Row: Encodable {
    var manner: BaselineSimulation.Manner
    var way: String
    var topics: Double
    var hours: Double
    var gapClosed: Double
    var regret: Double
    /// The standard error of the mean regret.
    var regretError: Double
  }

  var teachers: Int
  var seed: UInt64
  var programme: String
  private(set) var rows: [Row] = []

  init(teachers: Int, seed: UInt64, programme: String) {
    self.teachers = teachers
    self.seed = seed
    self.programme = programme
  }

  mutating func add(
    _ manner: BaselineSimulation.Manner, _ all: [BaselineSimulation.Comparison]
  ) {
    rows.append(Self.row(manner, "nationalEverything", all.map(\.everything)))
    rows.append(Self.row(manner, "nationalWithinHours", all.map(\.withinHours)))
    rows.append(Self.row(manner, "bianque", all.map(\.plan)))
  }

  private static func row(
    _ manner: BaselineSimulation.Manner, _ way: String, _ all: [BaselineSimulation.Outcome]
  ) -> Row {
    let count = Double(all.count)
    func mean(_ value: (BaselineSimulation.Outcome) -> Double) -> Double {
      all.reduce(0) { $0 + value($1) } / count
    }
    let regret = mean(\.regret)
    let variance = mean { ($0.regret - regret) * ($0.regret - regret) }
    return Row(
      manner: manner, way: way, topics: mean(\.topics), hours: mean(\.hours),
      gapClosed: mean(\.closed), regret: regret, regretError: (variance / count).squareRoot())
  }

  /// The rows as a table.
  var table: String {
    let head = """
      | manner | way | topics | hours | gap closed | regret (± SE) |
      |---|---|---|---|---|---|

      """
    return head
      + rows.map { row in
        let numbers =
          [row.topics, row.hours].map { String(format: "%.1f", $0) }
          + [String(format: "%.2f", row.gapClosed)]
        return "| \(row.manner.rawValue) | \(row.way) | \(numbers.joined(separator: " | ")) "
          + "| \(String(format: "%.2f ± %.2f", row.regret, row.regretError)) |"
      }.joined(separator: "\n")
  }
}

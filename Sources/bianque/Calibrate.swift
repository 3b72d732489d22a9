import ArgumentParser
import Diagnostics
import Foundation
import Psychometrics

/// `bianque calibrate`: item parameters from a file of scores.
struct Calibrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "由得分估计题目参数。Item parameters from scores, by marginal maximum likelihood.",
    discussion: """
      RESPONSES.csv：第一行题目编号，以后每行一人的整数得分，未作答留空。
      The first line names the items; each line after it holds one person's whole scores; an empty \
      cell was not answered.
      """)

  @Argument(help: "得分文件（CSV）。The scores (CSV).")
  var responses: String
  @Option(help: "模型：1pl、2pl、3pl、gpcm、grm、nominal。The model.")
  var model: CalibrationModel
  @Option(help: "积分节点数。Quadrature nodes.")
  var nodes = 61
  @Option(help: "节点范围 ±R。Nodes lie in ±R logits.")
  var range = 6.0
  @Flag(name: .customLong("se"), help: "计算标准误。Standard errors too.")
  var standardErrors = false
  @Option(help: "权重列的列名。The column that says how often a row counts.")
  var weights: String?
  @Option(help: "群体列的列名；第一个群体为参照。The column of groups; the first is the reference.")
  var group: String?
  @Option(help: "固定参数的题目（calibrate 的输出）。Items with fixed parameters, as calibrate prints.")
  var anchors: String?
  @Option(help: "线程数，默认用全部处理器。Threads; all processors unless said.")
  var threads: Int?
  @Flag(help: "逐步报告进度。Reports each step.")
  var verbose = false

  func validate() throws {
    guard (5...2000).contains(nodes), range > 0, range <= 40 else {
      throw ValidationError(
        "--nodes 应在 5 到 2000 之间，--range 在 0 到 40 之间。"
          + "--nodes lies between 5 and 2000, --range between 0 and 40.")
    }
    guard (threads ?? 1) >= 1 else {
      throw ValidationError("--threads 至少为 1。--threads is at least 1.")
    }
  }

  func run() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let terminal = Terminal.current
    let table = try ResponseFile(path: responses, terminal: terminal)
      .read(weights: weights, groups: group)
    let screening = ResponseScreening(table, model: model)
    let diagnostics = FindingDiagnostics(file: responses)(screening.findings)
    terminal.say(diagnostics)
    guard let matrix = screening.matrix, matrix.persons > 0 else {
      terminal.say(terminal(Text("没有可以估计的题目。", "There is no item to estimate.")))
      throw ExitCode(Exit.refused)
    }
    let settings = try settings(screening, terminal)
    let estimation = clock.now
    let calibration = try await Calibration.marginalMaximumLikelihood(
      matrix, model: model, settings: settings, progress: verbose ? { Self.report($0) } : nil)
    let end = clock.now
    try terminal.answer(
      CalibrationAnswer(
        calibration, screening: screening, groupNames: table.groupNames,
        diagnostics: diagnostics.map { DiagnosticAnswer($0, terminal) },
        seconds: .init(estimation: (end - estimation).seconds, total: (end - start).seconds)))
  }

  private func settings(
    _ screening: ResponseScreening, _ terminal: Terminal
  ) throws -> CalibrationSettings {
    var settings = CalibrationSettings()
    settings.nodes = nodes
    settings.range = range
    settings.standardErrors = standardErrors
    settings.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    guard let anchors else { return settings }
    try RequestFile(path: anchors, terminal: terminal).answered { data in
      let document = try ItemDocument.read(data)
      for (place, item) in screening.items.enumerated() {
        settings.anchors[place] = try document.anchor(item, model: model)
      }
      guard !settings.anchors.isEmpty else {
        throw RequestError(
          "items", Text("没有一道题出现在得分文件里。", "None of the items is in the file of scores."))
      }
    }
    return settings
  }

  private static func report(_ progress: CalibrationProgress) {
    Terminal.current.say(
      "\(progress.iteration)\t\(progress.logLikelihood)\t\(progress.largestChange)")
  }
}

extension CalibrationModel: ExpressibleByArgument {}

extension Duration {
  /// The duration in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

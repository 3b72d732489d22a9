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

      --structure：CSV，每行“题目,维度”；或 JSON 对象 {"题目":"维度"}。每题属于一个维度，2 到 4 个维度，相关自由估计。
      --structure FILE: CSV with a line "item,dimension" for each item (a header of these words may \
      stand first), or a JSON object {"item":"dimension"}. Each item measures one of 2 to 4 \
      dimensions, whose correlations are estimated. With more than two the default is 31 nodes each.
      """)

  @Argument(help: "得分文件（CSV）。The scores (CSV).")
  var responses: String
  @Option(
    help: "模型：1pl、2pl、3pl、gpcm、grm、nominal。The model.", transform: Calibrate.model)
  var model: CalibrationModel
  @Option(help: "每个维度的积分节点数，默认 61。Quadrature nodes; 61 unless said.")
  var nodes: Int?
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
  @Option(help: "每题所属维度的文件。The file that names each item's dimension.")
  var structure: String?
  @Option(help: "线程数，默认用全部处理器。Threads; all processors unless said.")
  var threads: Int?
  @Flag(help: "逐步报告进度。Reports each step.")
  var verbose = false

  private static func model(_ name: String) throws -> CalibrationModel {
    guard let model = CalibrationModel(rawValue: name) else {
      throw ValidationError(
        "没有名为“\(name)”的模型。There is no model named \"\(name)\": "
          + CalibrationModel.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    return model
  }

  func validate() throws {
    guard (5...2000).contains(nodes ?? 61), range > 0, range <= 40 else {
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
    let (screening, groupNames) = try screened(terminal)
    let diagnostics = FindingDiagnostics(file: responses)(screening.findings)
    terminal.say(diagnostics)
    guard let matrix = screening.matrix, matrix.persons > 0 else {
      terminal.say(terminal(Text("没有可以估计的题目。", "There is no item to estimate.")))
      throw ExitCode(Exit.refused)
    }
    var settings = try self.settings(screening, terminal)
    let dimensions = try self.dimensions(screening, terminal)
    // A grid of many abilities takes coarser nodes.
    if nodes == nil, dimensions.names.count > 2 { settings.nodes = 31 }
    let estimation = clock.now
    let progress = verbose ? Self.report : nil
    var answer: CalibrationAnswer
    if dimensions.names.count > 1 {
      let calibration = try await MultidimensionalCalibration.marginalMaximumLikelihood(
        matrix, dimensions: dimensions.places, model: model, settings: settings,
        progress: progress)
      answer = CalibrationAnswer(
        calibration, screening: screening, dimensions: dimensions.names)
    } else {
      answer = CalibrationAnswer(
        try await Calibration.marginalMaximumLikelihood(
          matrix, model: model, settings: settings, progress: progress),
        screening: screening, groupNames: groupNames)
    }
    let end = clock.now
    answer.diagnostics = diagnostics.map { DiagnosticAnswer($0, terminal) }
    answer.seconds = .init(estimation: (end - estimation).seconds, total: (end - start).seconds)
    try terminal.answer(answer)
  }

  /// The answers and the names of their groups.
  ///
  /// The file's own table is gone when this returns: of a million persons it is half of what
  /// calibrating them needs.
  private func screened(
    _ terminal: Terminal
  ) throws -> (screening: ResponseScreening, groupNames: [String]) {
    let table = try ResponseFile(path: responses, terminal: terminal)
      .read(weights: weights, groups: group)
    return (ResponseScreening(table, model: model), table.groupNames)
  }

  private func dimensions(
    _ screening: ResponseScreening, _ terminal: Terminal
  ) throws -> (names: [String], places: [Int]) {
    guard let structure else { return ([], []) }
    guard anchors == nil, group == nil else {
      throw ValidationError(
        "--structure 不能与 --anchors、--group 同用。"
          + "--structure goes with neither --anchors nor --group.")
    }
    var found: (names: [String], places: [Int]) = ([], [])
    try RequestFile(path: structure, terminal: terminal).answered { data in
      found = try StructureFile.read(data).dimensions(of: screening.items)
    }
    return found
  }

  private func settings(
    _ screening: ResponseScreening, _ terminal: Terminal
  ) throws -> CalibrationSettings {
    var settings = CalibrationSettings()
    settings.nodes = nodes ?? 61
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

  private static let report: @Sendable (CalibrationProgress) -> Void = { progress in
    Terminal.current.say(
      "\(progress.iteration)\t\(progress.logLikelihood)\t\(progress.largestChange)")
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

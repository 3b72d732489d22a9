import ArgumentParser
import Competency
import Courses
import Delivery
import Diagnostics
import Foundation
import ItemBank
import Simulation

/// `bianque simulate diagnosis`: simulated teachers through bank, blueprint, scoring and planner.
struct SimulateDiagnosis: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnosis",
    abstract: "让模拟教师走完诊断和研修计划。Simulated teachers through diagnosis and plan.",
    discussion: """
      Abilities are drawn from the framework's prior, answers from the items' response model; with
      --parameter-error the teachers answer by other parameters than the bank knows. Everything is
      simulated: nothing here is evidence about real teachers.

      Prints one JSON document:
        points, overall   statements, ece (tenths of probability), brier, auc, coverage90, rmse,
                          reliability[]; points: what is said of each point that was asked about
        verdicts[]        for each verdict the share that is truly below the target
        confidentGaps     of gaps shown with 把握大 the share that is true (wanted: at least .85)
        plan              the plans' utility over that of plans that know the truth, and without any
                          diagnosis, for the first --plans teachers
        exposure          the share of the sessions that could have had an item in which it was;
                          counted anew every 100 sessions, as the service does each night
        blueprint, milliseconds (medians)
        retest            with --retest: how often unchanged teachers would hear 有提升
        further           with --further: of how many points nothing clear can be said, before one
                          stage more, as expected after it, and after it
      """)

  @Option(help: "教师人数。How many teachers.")
  var teachers: Int
  @Option(help: "随机种子。The seed.")
  var seed: UInt64
  @Option(help: "题数，缺省为蓝图的题数。The number of items; the blueprint's by default.")
  var length: Int?
  @Option(help: "题目参数的误差：none、moderate、large。The error of the bank's parameters.")
  var parameterError = "moderate"
  @Option(help: "为多少位教师制订计划。For how many teachers plans are made.")
  var plans = 60
  @Flag(help: "整份试卷在开始时抽好，不逐段选题。Whole forms are drawn at the start; nothing is chosen.")
  var drawn = false
  @Flag(help: "每位教师再测一次，水平不变。Each teacher is tested again, unchanged.")
  var retest = false
  @Flag(help: "每位教师再做一段，比较预计与实际。Each teacher takes one stage more, to compare.")
  var further = false
  @Option(help: "另写一份网页报告。Also writes a report as a page.")
  var report: String?
  @Option(help: "报告的语言：zh-Hans 或 en。The report's language.")
  var language = "zh-Hans"
  @OptionGroup var folders: ContentFolders

  func validate() throws {
    guard (1...1_000_000).contains(teachers) else {
      throw ValidationError("教师人数应为 1 到 1000000。Teachers are 1…1000000.")
    }
    guard SimulatedTeachers.ParameterError(rawValue: parameterError) != nil else {
      throw ValidationError(
        "--parameter-error 应为 none、moderate 或 large。It is none, moderate or large.")
    }
    guard ["zh-Hans", "en"].contains(language) else {
      throw ValidationError("--language 应为 zh-Hans 或 en。It is zh-Hans or en.")
    }
  }

  func run() throws {
    let terminal = Terminal.current
    let content = try folders.content(terminal)
    let answer = try simulated(content, terminal)
    try terminal.answer(answer)
    if let report {
      let page = SimulationReport(answer, isChinese: language == "zh-Hans").page
      do {
        try Data(page.utf8).write(to: URL(filePath: report))
      } catch {
        terminal.say(
          terminal(Text("报告写不进 \(report)。", "The report cannot be written to \(report).")))
        throw ExitCode(Exit.refused)
      }
    }
  }

  private func simulated(
    _ content: PublishedContent, _ terminal: Terminal
  ) throws -> DiagnosisSimulationAnswer {
    let error = SimulatedTeachers.ParameterError(rawValue: parameterError) ?? .moderate
    guard let blueprint = content.bank.blueprints.first(where: { $0.audience == .public }),
      let framework = content.bank.framework(blueprint.framework),
      let programme = content.programmes.first(where: { $0.framework == framework.id })
    else {
      terminal.say(
        terminal(
          Text("题库里没有公开的测试和相应的方案。", "The bank has no public test with a programme.")))
      throw ExitCode(Exit.refused)
    }
    guard var scaled = blueprint.scaled(to: length ?? blueprint.length) else {
      terminal.say(
        terminal(
          Text(
            "题数应为 \(blueprint.itemsPerStage) 的倍数。",
            "The length must be a multiple of \(blueprint.itemsPerStage).")))
      throw ExitCode(Exit.refused)
    }
    if drawn { scaled.selection = nil }
    var simulation = DiagnosisSimulation(
      bank: content.bank.replacing(scaled), framework: framework, blueprint: scaled,
      programme: programme, courses: content.catalogue.courses, error: error, planLimit: plans,
      seed: seed)
    do {
      try simulation.run(teachers: teachers, isRetested: retest, isContinued: further) { done in
        guard done.isMultiple(of: 1000) else { return }
        terminal.say(terminal(Text("已完成 \(done) 人。", "\(done) teachers done.")))
      }
    } catch let error as BlueprintError {
      terminal.say(
        terminal(
          Text(
            "题库填不满 \(scaled.length) 题的蓝图（\(error)），请减少题数。",
            "The bank cannot fill forms of \(scaled.length) items (\(error)); ask for fewer.")))
      throw ExitCode(Exit.refused)
    }
    return DiagnosisSimulationAnswer(simulation, teachers: teachers, error: error)
  }
}

import ArgumentParser
import Courses
import Diagnostics
import Foundation
import Recommendation

/// `bianque school-plan`: a whole school's own training.
struct SchoolPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "school-plan",
    abstract: "为一所学校设计校本研修。Designs a school's own training.",
    discussion: """
      REQUEST.json: points, target, teachers[{mean, standardError, group, weight}], workshops[{id,
      hours, level, gains, capacity, groups}], limits{hours, workshops, hoursPerTeacher,
      minimumAttendance}, budgets[], levelLocations, levelWidth, hourPenalty.

      Prints what the school may see: workshops with their attendance, never fewer than
      minimumAttendance (at least 5), and what more hours bring. Numbers of people from 1 to 4 are
      null. Who sits where is written only with --seats, for the teachers themselves.
      """)

  @Argument(help: "请求文件（JSON）。The request (JSON).")
  var request: String
  @Option(help: "把每位教师的安排写到这个文件，只给教师本人看。Writes each teacher's workshops to a file.")
  var seats: String?

  func run() throws {
    let terminal = Terminal.current
    try RequestFile(path: request, terminal: terminal).answered { data in
      let request = try SchoolPlanRequest.read(data)
      let problem = request.problem
      let start = ContinuousClock.now
      let plan = SchoolSearch.plan(for: problem)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      if let seats { try write(plan, problem, to: seats, terminal) }
      try terminal.answer(
        SchoolPlanAnswer(
          plan.report(for: problem),
          curve: SchoolSearch.curve(for: problem, budgets: request.budgets ?? []),
          seconds: seconds))
    }
  }

  private func write(
    _ plan: SchoolPlan, _ problem: SchoolProblem, to path: String, _ terminal: Terminal
  ) throws {
    let rows = plan.assignments.map { own in
      own.map { problem.workshops[$0].course.id.rawValue }
    }
    do {
      try JSONEncoder().encode(rows).write(to: URL(filePath: path))
    } catch {
      terminal.say(terminal(Text("写不进 \(path)。", "\(path) cannot be written.")))
      throw ExitCode(Exit.refused)
    }
  }
}

/// What `bianque school-plan` prints.
struct SchoolPlanAnswer: Encodable {
  struct Workshop: Encodable {
    var id: String
    var groups: [String]?
    var hours: Double
    var attendance: Int
  }

  struct Step: Encodable {
    var budget: Double
    var hours: Double
    var workshops: [String]
    var closedShare: Double
    var covered: Int?
    var moreCovered: Int?
  }

  var workshops: [Workshop]
  var hours: Double
  var closedShare: Double
  var covered: Int?
  var inNeed: Int?
  var curve: [Step]
  var seconds: Double

  init(_ report: SchoolReport, curve: [SchoolBudgetStep], seconds: Double) {
    workshops = report.workshops.map {
      Workshop(
        id: $0.course.rawValue, groups: $0.groups?.sorted(), hours: $0.hours,
        attendance: $0.attendance)
    }
    hours = report.hours
    closedShare = report.closedShare
    covered = report.covered
    inNeed = report.inNeed
    self.curve = curve.map { step in
      Step(
        budget: step.hours, hours: step.report.hours,
        workshops: step.report.workshops.map(\.course.rawValue),
        closedShare: step.report.closedShare, covered: step.report.covered,
        moreCovered: step.moreCovered)
    }
    self.seconds = seconds
  }
}

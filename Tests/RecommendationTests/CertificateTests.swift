import Competency
import Courses
import MixedInteger
@testable import Recommendation
import Testing

/// The integer programme of a plan against every set of courses, and certificates by a solver that is
/// nothing but that list.
struct CertificateTests {
  private func problem(_ number: UInt64, courses: Int = 8) -> PlanProblem {
    var seeded = SeededProblem(seed: number)
    var problem = seeded.problem(courses: courses)
    // Rules that eight courses can hold; the fourth and the fifth have little practice.
    problem.rules.hours = .init(minimum: 4, maximum: 10)
    problem.rules.online.minimum = 1
    problem.rules.practice.minimum = 1
    problem.rules.minimumPoints = 2
    problem.rules.practiceShare = .init(minimum: [4, 5].contains(number) ? 0.1 : 0.4)
    return problem
  }

  private func sets(_ instance: PlanInstance) -> [[Int]] {
    (1..<(1 << instance.candidates.count)).map { set in
      instance.candidates.indices.filter { set >> $0 & 1 == 1 }
    }
  }

  /// The values of a set in the programme: real variables at what their rows leave them.
  private func values(
    _ members: [Int], _ instance: PlanInstance, _ program: MixedIntegerProgram
  ) -> [Double] {
    let gains = instance.gains(of: members)
    var values = [Double](repeating: 0, count: program.variables.count)
    for (place, variable) in program.variables.enumerated() {
      guard let number = Int(variable.name.dropFirst()) else { continue }
      switch variable.name.first {
      case "x": values[place] = members.contains(number) ? 1 : 0
      case "g": values[place] = gains[number]
      case "u": values[place] = covers(members, number, instance) ? 1 : 0
      case "v":
        values[place] =
          instance.countedDimension.indices.contains {
            instance.countedDimension[$0] == number && covers(members, $0, instance)
          } ? 1 : 0
      default: break
      }
    }
    // Each value variable as high as its tangents allow.
    for (place, variable) in program.variables.enumerated() where variable.name.first == "y" {
      values[place] =
        program.rows.filter { $0.terms.first?.variable == place }.map { row in
          row.bound
            - row.terms.dropFirst().reduce(0) { $0 + $1.coefficient * values[$1.variable] }
        }.min() ?? 0
    }
    return values
  }

  private func covers(_ members: [Int], _ point: Int, _ instance: PlanInstance) -> Bool {
    members.contains { instance.candidates[$0].gains.contains { $0.point == point } }
  }

  @Test(arguments: 1...8)
  func `the programme allows exactly the sets that break no rule, and never undervalues one`(
    number: UInt64
  ) {
    let problem = problem(number)
    let instance = PlanInstance(problem, environment: problem.environments[0])
    let tolerance = 1e-3
    let program = PlanModel(
      instance, goal: .utility, violationAtMost: 0, tolerance: tolerance
    ).program
    var allowed = 0
    for members in sets(instance) {
      let score = instance.score(of: members)
      let values = values(members, instance, program)
      #expect(program.allows(values) == (score.violation < 1e-9))
      let worth = -program.cost(of: values)
      #expect(worth >= score.utility - 1e-9)
      #expect(worth <= score.utility + tolerance * Double(problem.points.count) + 1e-9)
      if score.violation < 1e-9 { allowed += 1 }
    }
    #expect(allowed > 0)
  }

  /// The same with rules that only some programmes have, and more points demanded than eight courses
  /// are likely to cover.
  private func strictProblem(_ number: UInt64) -> PlanProblem {
    var problem = problem(number)
    for place in problem.courses.indices {
      problem.courses[place].provider = Provider.ID(rawValue: place == 6 ? "other" : "x")
    }
    problem.rules.provider = Provider.ID(rawValue: "x")
    problem.rules.minimumPoints = 5
    problem.rules.video = .init(minimum: 3, maximum: 6)
    problem.rules.practiceShare = .init(minimum: 0.5, earnedHours: 4, earnedPractice: 3)
    problem.locked = [problem.courses[2].id, problem.courses[6].id]
    problem.rules.compulsory = [problem.courses[1].id, Course.ID(rawValue: "gone")]
    return problem
  }

  /// The values of a set with each rule broken as little as its row allows.
  private func relaxed(
    _ members: [Int], _ instance: PlanInstance, _ program: MixedIntegerProgram
  ) -> [Double] {
    var values = values(members, instance, program)
    for row in program.rows {
      guard let slack = row.terms.last, program.variables[slack.variable].name.first == "s",
        row.terms.filter({ program.variables[$0.variable].name.first == "s" }).count == 1
      else { continue }
      let held = row.terms.dropLast().reduce(0) { $0 + $1.coefficient * values[$1.variable] }
      values[slack.variable] = max(0, (row.bound - held) / slack.coefficient)
    }
    return values
  }

  @Test func `a plan holds something, even where no rule asks for it`() {
    var problem = problem(1)
    problem.rules = ProgrammeRules(
      hours: .init(minimum: 0), online: .init(minimum: 0), practice: .init(minimum: 0),
      minimumPoints: 0, minimumDimensions: 0)
    let instance = PlanInstance(problem, environment: problem.environments[0])
    let program = PlanModel(instance, goal: .utility, violationAtMost: 0, tolerance: 1).program
    #expect(!program.allows(values([], instance, program)))
    #expect(
      instance.candidates.indices.contains { program.allows(values([$0], instance, program)) })
  }

  @Test(arguments: 1...8)
  func `broken rules cost in the programme what they cost a plan, and locked courses are in it`(
    number: UInt64
  ) throws {
    let problem = strictProblem(number)
    let instance = PlanInstance(problem, environment: problem.environments[0])
    let program = PlanModel(
      instance, goal: .violation, violationAtMost: nil, tolerance: 1
    ).program
    let locked = instance.candidates.indices.filter { instance.candidates[$0].isLocked }
    #expect(locked.count == 3)
    for members in sets(instance) {
      let values = relaxed(members, instance, program)
      let hasLocked = Set(members).isSuperset(of: locked)
      #expect(program.allows(values) == hasLocked)
      guard hasLocked else { continue }
      let violation = instance.score(of: members).violation
      // The course that is not on offer is missing in each.
      #expect(violation >= PlanScore.orderWeight - 1e-9)
      #expect(abs(program.cost(of: values) - violation) < 1e-9)
    }
  }

  /// A solver that looks at every set.
  private func exhaustive(
    _ instance: PlanInstance
  ) -> (MixedIntegerProgram, Double) -> SolverOutcome {
    { program, _ in
      let best = sets(instance).map { values($0, instance, program) }
        .filter { program.allows($0) }
        .min { program.cost(of: $0) < program.cost(of: $1) }
      guard let best else { return SolverOutcome(status: .infeasible) }
      return SolverOutcome(status: .optimal, values: best, bound: program.cost(of: best))
    }
  }

  @Test(arguments: 1...6)
  func `a certificate's bound comes down to the best of all sets`(number: UInt64) {
    let problem = problem(number)
    let instance = PlanInstance(problem, environment: problem.environments[0])
    let best = sets(instance).map { instance.score(of: $0) }.filter { $0.violation < 1e-9 }
      .map(\.utility).max()
    let plan = PlanSearch.plan(for: problem)
    let certificate = PlanCertificate(
      of: plan, for: problem, seconds: 1, rounds: 30, solve: exhaustive(instance))
    #expect(abs((certificate.bound ?? 0) - (best ?? -1)) <= 6e-4 * abs(best ?? 0) + 1e-6)
    #expect((certificate.bound ?? -1) >= (best ?? 0) - 1e-9)
    #expect((certificate.gap ?? 1) < 0.005)
  }

  @Test func `a worse plan is not certified as a good one, and the better one is named`() {
    let problem = problem(3)
    let instance = PlanInstance(problem, environment: problem.environments[0])
    var worse = problem
    worse.excluded = [PlanSearch.plan(for: problem).courses[0]]
    let plan = PlanSearch.plan(for: worse)
    let certificate = PlanCertificate(
      of: plan, for: problem, seconds: 1, solve: exhaustive(instance))
    #expect(certificate.bestUtility > plan.utility)
    #expect((certificate.gap ?? 0) > (certificate.bestGap ?? 1))
    #expect(certificate.best.contains { worse.excluded.contains($0) })
  }

  @Test func `a bound holds for every environment: it is the largest of theirs`() {
    var problem = problem(3)
    problem.environments = ["A", "B"].map { Environment.ID(rawValue: $0) }
    let plan = PlanSearch.plan(for: problem)
    // Costs are negative utilities.
    var costs = [-7.0, -5.0]
    let certificate = PlanCertificate(of: plan, for: problem, seconds: 1) { _, _ in
      SolverOutcome(status: .stopped, bound: costs.removeFirst())
    }
    #expect(plan.violation == 0 && plan.utility < 5)
    #expect(certificate.parts.map(\.bound) == [7, 5])
    #expect(certificate.bound == 7)
    #expect(certificate.best == plan.courses)
  }

  @Test func `what a solver returns is no better plan where it breaks more`() {
    let problem = problem(3)
    let plan = PlanSearch.plan(for: problem)
    let certificate = PlanCertificate(of: plan, for: problem, seconds: 1) { program, _ in
      SolverOutcome(
        status: .optimal, values: program.variables.map { _ in 1 }, bound: -plan.utility - 1)
    }
    let instance = PlanInstance(problem, environment: problem.environments[0])
    let all = instance.score(of: Array(instance.candidates.indices))
    #expect(all.utility > plan.utility && all.violation > plan.violation)
    #expect(certificate.best == plan.courses && certificate.bestUtility == plan.utility)
  }

  @Test func `without a bound in one environment nothing is proved`() {
    let problem = problem(2)
    let plan = PlanSearch.plan(for: problem)
    let certificate = PlanCertificate(of: plan, for: problem, seconds: 1) { _, _ in
      SolverOutcome(status: .stopped)
    }
    #expect(certificate.bound == nil && certificate.gap == nil)
  }

  @Test(arguments: [0.3, 0.01, 1e-4])
  func `tangents lie above the closure and within the tolerance`(tolerance: Double) {
    let closure = ExpectedGapClosure(mean: -0.4, standardError: 0.6, target: 0.4, weight: 1.5)
    let tangents = TangentCuts(closure: closure, reach: 3).tangents(within: tolerance)
    for step in 0...300 {
      let gain = Double(step) / 100
      let envelope = tangents.map { $0.intercept + $0.slope * gain }.min() ?? 0
      #expect(envelope >= closure.value(ofGain: gain) - 1e-12)
      #expect(envelope <= closure.value(ofGain: gain) + tolerance + 1e-12)
    }
  }
}

import Competency
import Courses
import Psychometrics
import Testing

@testable import Recommendation

/// What a plan says of itself, each number computed again from the problem.
struct PlanFormulaTests {
  private static func name(_ text: String) -> LocalizedName {
    LocalizedName(chinese: text, english: text)
  }

  private func rules() -> ProgrammeRules {
    ProgrammeRules(
      hours: .init(minimum: 50, maximum: 60), online: .init(minimum: 20),
      practice: .init(minimum: 15), minimumPoints: 3, minimumDimensions: 2)
  }

  @Test func `a budget of half the hours halves what must be online and in practice`() {
    let planned = rules().planned(within: 25)
    #expect(planned.hours.maximum == 25)
    // The last hour may stay open.
    #expect(planned.hours.minimum == 24)
    #expect(planned.online.minimum == 10 && planned.practice.minimum == 7.5)
    #expect(planned.minimumPoints == 3)
  }

  @Test func `a judged plan's violation is the sum of its penalties`() {
    let balance = RuleBalance(
      hours: 40, online: 22, practice: 18, points: 2, dimensions: 2, requiredPoints: 3,
      requiredDimensions: 2)
    let plan = StudyPlan(
      environment: .init(rawValue: "A"), courses: [], utility: 0, violation: 0, balance: balance,
      violatedRules: [
        RuleViolation(rule: .programme(.points), direction: .short, amount: 1),
        RuleViolation(rule: .compulsory(.init(rawValue: "c")), direction: .short, amount: 1),
      ], explanations: [])
    let judged = plan.judged(by: rules())
    #expect(
      judged.violatedRules.first
        == RuleViolation(rule: .programme(.hours), direction: .short, amount: 10))
    // Ten hours at 1, a point at 3, a compulsory course at 5.
    #expect(judged.violation == 18)
  }

  private func problem(_ number: UInt64) -> PlanProblem {
    var seeded = SeededProblem(seed: number)
    return seeded.problem(courses: 24)
  }

  @Test(arguments: 1...4)
  func `a course's reasons are the gains of the whole plan, shared out`(number: UInt64) throws {
    let problem = problem(number)
    let plan = PlanSearch.plan(for: problem)
    /// The level fits a teacher in the share that the belief and the level's width have in common.
    func gain(_ id: Course.ID, _ point: PlanPoint) throws -> Double {
      let course = try #require(problem.courses.first { $0.id == id })
      return ExpectedGapClosure.fit(
        ofLocation: problem.levelLocations[course.level], width: problem.levelWidth,
        mean: point.mean, standardError: point.standardError) * (course.gains[point.id] ?? 0)
    }
    var shared = 0
    for explanation in plan.explanations {
      for effect in explanation.effects {
        let point = try #require(problem.points.first { $0.id == effect.point })
        let own = try gain(explanation.course, point)
        let total = try plan.courses.reduce(0) { $0 + (try gain($1, point)) }
        if total > own + 1e-9 { shared += 1 }
        func below(_ gain: Double) -> Double {
          Normal.cumulative((point.target - gain - point.mean) / point.standardError)
        }
        #expect(abs(effect.gain - own) < 1e-12)
        #expect(abs(effect.probabilityBelowTargetBefore - below(0)) < 1e-12)
        #expect(abs(effect.probabilityBelowTargetAfter - below(total)) < 1e-12)
        // What all courses close of the gap is the sum of the probabilities that are passed.
        let steps = 4000
        let closed =
          (0..<steps).reduce(0) { $0 + below(total * (Double($1) + 0.5) / Double(steps)) }
          * total / Double(steps)
        #expect(abs(effect.contribution - point.weight * closed * own / total) < 1e-7)
      }
    }
    #expect(shared > 0)
  }

  @Test func `what holds a rule and is worth less than its hours is for the rule only`() {
    var doubtful = 0
    for number in 1...8 as ClosedRange<UInt64> {
      var problem = problem(number)
      problem.hourPenalty = 0.02
      for explanation in PlanSearch.plan(for: problem).explanations {
        let hours = problem.courses.first { $0.id == explanation.course }?.hours ?? 0
        let isWorthLess = explanation.lossIfDropped <= problem.hourPenalty * hours
        let isHeld = !explanation.rulesHeld.isEmpty
        #expect(explanation.isRequiredByRuleOnly == (isWorthLess && isHeld))
        if isWorthLess, isHeld, explanation.lossIfDropped > 0 { doubtful += 1 }
      }
    }
    #expect(doubtful > 0, "some lose more than nothing, but less than their hours")
  }

  @Test func `a point's belief has the target's own uncertainty in it`() {
    let framework = Framework.sample(
      points: [("p", "A")], environments: [("A", ["A"])], targetStandardError: 0.4)
    let problem = PlanProblem(
      framework: framework, environment: .init(rawValue: "A"),
      beliefs: [.init(mean: -0.2, standardError: 0.3)], rules: rules(), courses: [], locked: [],
      excluded: [], seed: 1)
    // .3² + .4² = .5².
    #expect(abs(problem.points[0].closure.standardError - 0.5) < 1e-15)
    // How well a level suits is a matter of the ability alone.
    #expect(problem.points[0].standardError == 0.3)
    #expect(problem.points[0].mean == -0.2 && problem.points[0].target == 0.5)
  }

  @Test(arguments: [(-0.9, 0.25, 1.0), (0.2, 0.6, 2), (1.5, 0.4, 0.5)])
  func `the table of a closure is the closure, far beyond the gap too`(
    mean: Double, standardError: Double, weight: Double
  ) {
    let closure = ExpectedGapClosure(
      mean: mean, standardError: standardError, target: 0.4, weight: weight)
    let table = GapTable([closure])
    for step in 0...400 {
      let gain = 0.02 * Double(step)
      #expect(abs(table.value(point: 0, gain: gain) - closure.value(ofGain: gain)) < 2e-7)
    }
  }
}

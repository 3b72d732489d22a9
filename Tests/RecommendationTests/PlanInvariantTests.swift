import Competency
import Courses
import Recommendation
import Testing

struct PlanInvariantTests {
  private func problem(_ number: UInt64, courses: Int = 24) -> PlanProblem {
    var seeded = SeededProblem(seed: number)
    return seeded.problem(courses: courses)
  }

  /// The measure of one exact set of courses: everything in it is locked, all else excluded.
  private func plan(of problem: PlanProblem, taking courses: Set<Course.ID>) -> StudyPlan {
    var fixed = problem
    fixed.locked = courses
    fixed.excluded = Set(problem.courses.map(\.id)).subtracting(courses)
    return PlanSearch.plan(for: fixed)
  }

  @Test(arguments: 1...12)
  func `the best of all sets of a few courses is found`(number: Int) {
    let problem = problem(UInt64(number), courses: 8)
    let ids = problem.courses.map(\.id)
    let sets = (1..<(1 << ids.count)).map { mask in
      Set(ids.indices.filter { mask >> $0 & 1 == 1 }.map { ids[$0] })
    }
    let inEnvironment = Set(problem.courses.filter { !isOutside($0, problem) }.map(\.id))
    let best = sets.filter { $0.isSubset(of: inEnvironment) }
      .map { plan(of: problem, taking: $0) }
      // Hours are whole, so violations are too, and equal ones compare as equal.
      .min { ($0.violation, -$0.utility) < ($1.violation, -$1.utility) }

    let found = PlanSearch.plan(for: problem)

    #expect(abs(found.violation - (best?.violation ?? .infinity)) < 1e-9)
    #expect(found.utility >= (best?.utility ?? .infinity) - 1e-6)
  }

  private func isOutside(_ course: Course, _ problem: PlanProblem) -> Bool {
    let inside = problem.points.filter { problem.environments.contains($0.environment) }.map(\.id)
    return course.gains.keys.allSatisfy { !inside.contains($0) }
  }

  @Test(arguments: 1...5)
  func `contributions sum to the utility and the price of the hours`(number: UInt64) {
    let problem = problem(number)
    let plan = PlanSearch.plan(for: problem)
    let sum = plan.explanations.reduce(0) { $0 + $1.contribution }
    #expect(abs(sum - plan.utility - problem.hourPenalty * plan.balance.hours) < 1e-12)
    let effects = plan.explanations.flatMap(\.effects).reduce(0) { $0 + $1.contribution }
    #expect(abs(effects - sum) < 1e-12)
  }

  @Test(arguments: 1...5)
  func `what a plan loses without a course is never more than the course contributes`(
    number: UInt64
  ) {
    for explanation in PlanSearch.plan(for: problem(number)).explanations {
      #expect(explanation.lossIfDropped <= explanation.contribution + 1e-12)
    }
  }

  @Test(arguments: 1...5)
  func `locked courses are in the plan and excluded ones are not`(number: UInt64) {
    var problem = problem(number)
    problem.locked = Set([1, 4, 7].map { problem.courses[$0].id })
    problem.excluded = Set([2, 4, 9].map { problem.courses[$0].id })
    let plan = PlanSearch.plan(for: problem)
    #expect(problem.locked.subtracting(problem.excluded).isSubset(of: plan.courses))
    #expect(problem.excluded.isDisjoint(with: plan.courses))
    let replacements = plan.explanations.filter { problem.locked.contains($0.course) }
      .compactMap(\.replacement)
    #expect(replacements.isEmpty)
  }

  @Test(arguments: 1...5)
  func `the same problem and seed give the same plan`(number: UInt64) {
    #expect(PlanSearch.plan(for: problem(number)) == PlanSearch.plan(for: problem(number)))
  }

  @Test(arguments: 1...5)
  func `courses that teach the same are not taken twice where that can be avoided`(
    number: UInt64
  ) {
    let problem = problem(number)
    let plan = PlanSearch.plan(for: problem)
    let groups = problem.courses.filter { plan.courses.contains($0.id) }.compactMap(\.equivalents)
    #expect(Set(groups).count == groups.count)
    #expect(plan.violation == 0)
  }

  @Test(arguments: 1...5)
  func `a replacement changes the utility by what it says and breaks nothing more`(
    number: UInt64
  ) throws {
    let problem = problem(number)
    let found = PlanSearch.plan(for: problem)
    for explanation in found.explanations {
      guard let replacement = explanation.replacement else { continue }
      let exchanged = plan(
        of: problem,
        taking: Set(found.courses).subtracting([explanation.course]).union([replacement.course]))
      #expect(abs(exchanged.utility - found.utility - replacement.utilityChange) < 1e-12)
      #expect(exchanged.violation <= found.violation + 1e-9)
      #expect(replacement.utilityChange <= 1e-6)
      let all = Replacement.all(of: explanation.course, in: found, for: problem)
      let first = try #require(all.first)
      #expect(abs(first.utilityChange - replacement.utilityChange) < 1e-6)
    }
  }

  @Test(arguments: 1...5)
  func `the rules a course holds are those that break without it`(number: UInt64) {
    let problem = problem(number)
    let found = PlanSearch.plan(for: problem)
    for explanation in found.explanations where found.courses.count > 1 {
      let rest = plan(of: problem, taking: Set(found.courses).subtracting([explanation.course]))
      // Rules about points ask for what the courses on offer can cover, which the rest alone changes.
      let hours: [RuleViolation.Rule] = [
        .programme(.hours), .programme(.online), .programme(.practice),
      ]
      let held = explanation.rulesHeld.filter { hours.contains($0.rule) }
      #expect(held == rest.violatedRules.filter { hours.contains($0.rule) })
      #expect(abs(found.utility - rest.utility - explanation.lossIfDropped) < 1e-12)
    }
  }

  @Test(arguments: 1...6)
  func `a plan after one change keeps what it can and is as good as a new one, or nearly`(
    number: UInt64
  ) {
    var problem = problem(number)
    let before = PlanSearch.plan(for: problem)
    #expect(PlanSearch.plan(changing: before, for: problem).utility >= before.utility - 1e-9)
    problem.excluded = [before.courses[0]]
    problem.locked = [before.courses[1]]
    let changed = PlanSearch.plan(changing: before, for: problem)
    let new = PlanSearch.plan(for: problem)
    #expect(!changed.courses.contains(before.courses[0]))
    #expect(changed.courses.contains(before.courses[1]))
    #expect(changed.violation <= new.violation + 1e-9)
    #expect(changed.utility >= 0.99 * new.utility)
    #expect(PlanSearch.plan(changing: before, for: problem) == changed)
  }

  @Test func `of several environments the plan that breaks less is kept`() {
    var problem = problem(5)
    problem.environments = ["B", "A"].map { Environment.ID(rawValue: $0) }
    let both = PlanSearch.plan(for: problem)
    let each = problem.environments.map { environment in
      var one = problem
      one.environments = [environment]
      return PlanSearch.plan(for: one)
    }
    #expect(abs(both.violation - (each.map(\.violation).min() ?? -1)) < 1e-9)
  }

  @Test func `a teacher near the ceiling is told that hours are for the rule only`() {
    var problem = problem(4)
    for place in problem.points.indices {
      problem.points[place].mean = 3
      problem.points[place].standardError = 0.2
    }
    let plan = PlanSearch.plan(for: problem)
    let marked = plan.explanations.filter(\.isRequiredByRuleOnly)
    #expect(plan.violation == 0)
    #expect(!marked.isEmpty)
    let holding = plan.explanations.filter { !$0.rulesHeld.isEmpty }
    #expect(marked == holding)
  }

  @Test func `a plan is made even where every course costs more than it closes`() {
    var problem = problem(4)
    let none = ProgrammeRules.HoursRange(minimum: 0)
    problem.rules = ProgrammeRules(
      hours: none, online: none, practice: none, minimumPoints: 0, minimumDimensions: 0)
    problem.hourPenalty = 100
    #expect(PlanSearch.plan(for: problem).courses.count == 1)
  }

  @Test func `rules that cannot hold are named with what is missing`() {
    var problem = problem(6)
    let online = problem.courses.filter { $0.mode == .online }.map(\.id)
    problem.excluded = Set(online)
    let plan = PlanSearch.plan(for: problem)
    let broken = plan.violatedRules.first { $0.rule == .programme(.online) }
    #expect(!plan.courses.isEmpty)
    #expect(broken?.direction == .short)
    #expect(broken?.amount == problem.rules.online.minimum)
    #expect(plan.violation == plan.violatedRules.reduce(0) { $0 + $1.penalty })
  }

  @Test func `a prerequisite is waived for a teacher who has probably reached its level`() {
    var problem = problem(7, courses: 2)
    problem.courses[1].prerequisite = problem.courses[0].id
    problem.courses[1].equivalents = nil
    let wanted = problem.courses[1].id
    let required = problem.courses[0].primary
    let waiting = RuleViolation.Rule.prerequisite(of: wanted, missing: problem.courses[0].id)

    for (mean, isWaived) in [(-2.0, false), (3.0, true)] {
      for place in problem.points.indices where problem.points[place].id == required {
        problem.points[place].mean = mean
      }
      let rules = plan(of: problem, taking: [wanted]).violatedRules.map(\.rule)
      #expect(rules.contains(waiting) != isWaived)
    }
  }
}

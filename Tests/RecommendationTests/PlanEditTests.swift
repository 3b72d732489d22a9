import Competency
import Courses
import Recommendation
import Testing

/// What a teacher asks of a plan: what changes it costs, fewer hours, and why a course is not there.
struct PlanEditTests {
  private func problem(_ number: UInt64, courses: Int = 24) -> PlanProblem {
    var seeded = SeededProblem(seed: number)
    return seeded.problem(courses: courses)
  }

  @Test(arguments: 1...6)
  func `a difference counts courses, hours, points and closure as the plans do`(number: UInt64)
    throws
  {
    var problem = problem(number)
    let before = PlanSearch.plan(for: problem)
    let gone = try #require(before.courses.first)
    problem.excluded.insert(gone)
    let after = PlanSearch.plan(for: problem)
    let needs = Set(problem.points.map(\.id))

    let difference = PlanDifference(from: before, to: after, needs: needs)

    #expect(difference.went.contains(gone))
    #expect(
      Set(before.courses).subtracting(difference.went).union(difference.came)
        == Set(after.courses))
    let hours = { (courses: [Course.ID]) in
      problem.courses.filter { courses.contains($0.id) }.reduce(0) { $0 + $1.hours }
    }
    #expect(
      abs(
        difference.hoursAfter - difference.hoursBefore - hours(difference.came)
          + hours(difference.went)) < 1e-9)
    #expect(
      abs(difference.closureAfter - after.utility - problem.hourPenalty * after.balance.hours)
        < 1e-9)
    let served = Set(
      problem.courses.filter { before.courses.contains($0.id) }.flatMap { $0.gains.keys })
    #expect(difference.pointsBefore == served.intersection(needs).count)
  }

  @Test func `a difference counts needed points only, and a change is a share of what was`() throws
  {
    let plan = PlanSearch.plan(for: problem(1))
    let needed = try #require(plan.servedPoints.min { $0.rawValue < $1.rawValue })
    let difference = PlanDifference(from: plan, to: plan, needs: [needed])
    #expect(plan.servedPoints.count > 1)
    #expect(difference.pointsBefore == 1 && difference.pointsAfter == 1)
    var half = PlanDifference.nothing
    (half.closureBefore, half.closureAfter) = (2, 1)
    #expect(half.closureChange == -0.5)
  }

  @Test func `a plan compared with itself differs in nothing`() {
    let plan = PlanSearch.plan(for: problem(1))
    let difference = PlanDifference(from: plan, to: plan, needs: plan.servedPoints)
    #expect(difference.came.isEmpty && difference.went.isEmpty)
    #expect(difference.closureChange == 0)
  }

  @Test(arguments: 1...6)
  func `a budget below the minimum is kept to, and the programme's own rules say what is missing`(
    number: UInt64
  ) {
    var problem = problem(number)
    let rules = problem.rules
    let budget = (rules.hours.minimum * 0.6).rounded()
    problem.rules = rules.planned(within: budget)
    let plan = PlanSearch.plan(for: problem).judged(by: rules.judged(within: budget))
    #expect(plan.balance.hours <= budget)
    let short = plan.violatedRules.first { $0.rule == .programme(.hours) }
    #expect(short?.direction == .short)
    #expect(
      abs((short?.amount ?? 0) - (rules.hours.minimum - plan.balance.hours)) < 1e-9)
    #expect(plan.violation > 0)
  }

  @Test func `a budget above the minimum is the maximum, and no budget changes nothing`() {
    let rules = problem(1).rules
    #expect(rules.planned(within: nil) == rules)
    #expect(rules.judged(within: nil) == rules)
    let wide = rules.planned(within: rules.hours.minimum + 20)
    #expect(wide.hours.maximum == rules.hours.minimum + 20)
    #expect(wide.online == rules.online)
    #expect(rules.judged(within: rules.hours.minimum - 1) == rules)
  }

  @Test(arguments: 1...6)
  func `judging a plan by the rules it was made by changes nothing`(number: UInt64) {
    let problem = problem(number)
    let plan = PlanSearch.plan(for: problem)
    let judged = plan.judged(by: problem.rules)
    #expect(judged.courses == plan.courses)
    #expect(abs(judged.violation - plan.violation) < 1e-9)
    #expect(Set(judged.violatedRules) == Set(plan.violatedRules))
  }

  @Test(arguments: 1...6)
  func `every course that is not in a plan has a reason that holds`(number: UInt64) throws {
    var problem = problem(number)
    problem.excluded = [problem.courses[0].id]
    let plan = PlanSearch.plan(for: problem)
    for course in problem.courses where !plan.courses.contains(course.id) {
      let absence = try #require(CourseAbsence(of: course.id, in: plan, for: problem))
      #expect(!absence.reasons.isEmpty)
      #expect(absence.reasons.contains(.excluded) == problem.excluded.contains(course.id))
      for reason in absence.reasons {
        switch reason {
        case .equivalent(let other):
          let like = problem.courses.first { $0.id == other }
          #expect(like?.equivalents == course.equivalents)
          #expect(plan.courses.contains(other))
        case .prerequisite(let other):
          #expect(course.prerequisite == other)
          #expect(!plan.courses.contains(other))
        case .otherEnvironment:
          #expect(
            course.gains.keys.allSatisfy { id in
              problem.points.first { $0.id == id }?.environment != plan.environment
            })
        case .reached(let points): #expect(Set(points).isSubset(of: course.gains.keys))
        case .rule(let violation):
          #expect(violation.direction == .over)
          #expect(violation.amount > 0)
        case .otherProvider(let provider): #expect(provider != problem.rules.provider)
        case .excluded, .level, .lessGain: break
        }
      }
    }
  }

  @Test func `a course of the plan, and one nobody knows, is not absent`() throws {
    let problem = problem(2)
    let plan = PlanSearch.plan(for: problem)
    #expect(CourseAbsence(of: plan.courses[0], in: plan, for: problem) == nil)
    #expect(CourseAbsence(of: Course.ID(rawValue: "nobody"), in: plan, for: problem) == nil)
  }

  @Test(arguments: 1...6)
  func `a plan made again without a change is the same plan`(number: UInt64) {
    let problem = problem(number)
    let plan = PlanSearch.plan(for: problem)
    let again = PlanRevision.plan(
      for: problem, in: plan.environment, brokenBefore: plan.violation)
    #expect(again == plan)
  }

  @Test(arguments: 1...6)
  func `a plan stays as it is while fewer plans are allowed and it is one of them`(
    number: UInt64
  ) throws {
    var problem = problem(number)
    let plan = PlanSearch.plan(for: problem)
    let kept = try #require(plan.courses.last)
    let other = try #require(problem.courses.first { !plan.courses.contains($0.id) })
    problem.locked.insert(kept)
    problem.excluded.insert(other.id)
    let again = try #require(PlanRevision.unchanged(plan, for: problem))
    #expect(again.courses == plan.courses)
    #expect(abs(again.utility - plan.utility) < 1e-9)
    var without = problem
    without.excluded.insert(plan.courses[0])
    #expect(PlanRevision.unchanged(plan, for: without) == nil)
    problem.excluded.remove(other.id)
    problem.locked.insert(other.id)
    #expect(PlanRevision.unchanged(plan, for: problem) == nil)
  }

  @Test func `taking a change back brings the plan back, of several that are nearly as good`() {
    var different = 0
    for number in UInt64(1)...7 {
      var problem = problem(number, courses: 60)
      problem.environments = ["B", "A"].map { Environment.ID(rawValue: $0) }
      let plan = PlanSearch.plan(for: problem)
      let again = PlanRevision.plan(
        for: problem, in: plan.environment, brokenBefore: plan.violation)
      #expect(again == plan)
      var other = problem
      other.seed += 1
      if PlanSearch.plan(for: other).courses != plan.courses { different += 1 }
    }
    // Else any seed would do.
    #expect(different > 0)
  }

  @Test func `where a change breaks more rules than before another environment is taken`() throws {
    var problem = problem(3)
    problem.environments = ["A", "B"].map { Environment.ID(rawValue: $0) }
    // Half of the courses teach one environment, half the other, and each half is hours enough.
    for place in problem.courses.indices {
      let point = CompetencyPoint.ID(
        rawValue: "p\(place.isMultiple(of: 2) ? place % 6 : 6 + place % 3)")
      problem.courses[place].primary = point
      problem.courses[place].gains = [point: 0.4]
      problem.courses[place].prerequisite = nil
      problem.courses[place].equivalents = nil
    }
    problem.rules = ProgrammeRules(
      hours: .init(minimum: 8, maximum: 12), online: .init(minimum: 0),
      practice: .init(minimum: 0), minimumPoints: 1, minimumDimensions: 1)
    let plan = PlanSearch.plan(for: problem)
    #expect(plan.violation == 0)
    let kept = try #require(plan.courses.first)
    let parity = try #require(problem.courses.firstIndex { $0.id == kept }) % 2
    // One course of its environment is left: too few hours.
    problem.excluded = Set(
      problem.courses.enumerated().filter { $0.offset % 2 == parity && $0.element.id != kept }
        .map(\.element.id))
    let again = PlanRevision.plan(
      for: problem, in: plan.environment, brokenBefore: plan.violation)
    #expect(again == PlanSearch.plan(for: problem))
    #expect(again.violation == 0 && again.environment != plan.environment)
  }

  @Test func `a change that the environment cannot bear is tried in the others`() throws {
    var problem = problem(3)
    problem.environments = ["A", "B"].map { Environment.ID(rawValue: $0) }
    let plan = PlanSearch.plan(for: problem)
    problem.excluded = Set(
      problem.courses.filter { course in
        course.gains.keys.contains { id in
          problem.points.first { $0.id == id }?.environment == plan.environment
        }
      }.map(\.id))
    let again = PlanRevision.plan(
      for: problem, in: plan.environment, brokenBefore: plan.violation)
    #expect(again == PlanSearch.plan(for: problem))
  }
}

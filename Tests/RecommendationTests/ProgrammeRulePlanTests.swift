import Competency
import Courses
import Psychometrics
@testable import Recommendation
import Testing

/// Plans under the rules that only some programmes have.
struct ProgrammeRulePlanTests {
  private func problem(_ number: UInt64, courses: Int = 24) -> PlanProblem {
    var seeded = SeededProblem(seed: number)
    return seeded.problem(courses: courses)
  }

  private func chosen(_ plan: StudyPlan, _ problem: PlanProblem) -> [Course] {
    problem.courses.filter { plan.courses.contains($0.id) }
  }

  @Test(arguments: 1...4)
  func `compulsory courses are in the plan, cannot be exchanged and hold their rule`(
    number: UInt64
  ) throws {
    var problem = problem(number)
    problem.rules.compulsory = [problem.courses[3].id]
    problem.courses[3].prerequisite = nil
    let plan = PlanSearch.plan(for: problem)
    let id = problem.courses[3].id
    #expect(plan.courses.contains(id))
    let why = try #require(plan.explanations.first { $0.course == id })
    #expect(why.replacement == nil)
    #expect(why.rulesHeld.contains { $0.rule == .compulsory(id) })
  }

  @Test func `a compulsory course that is excluded or not on offer is named as missing`() {
    var problem = problem(1)
    let gone = Course.ID(rawValue: "gone")
    problem.rules.compulsory = [problem.courses[0].id, gone]
    problem.excluded = [problem.courses[0].id]
    let plan = PlanSearch.plan(for: problem)
    #expect(!plan.courses.isEmpty)
    let missing = plan.violatedRules.map(\.rule)
    #expect(missing.contains(.compulsory(gone)))
    #expect(missing.contains(.compulsory(problem.courses[0].id)))
  }

  @Test(arguments: 1...4)
  func `hours of video chosen are between their bounds, compulsory videos not counted`(
    number: UInt64
  ) {
    var problem = problem(number)
    // Every other online course is no video.
    for place in problem.courses.indices where place.isMultiple(of: 2) {
      if problem.courses[place].mode == .online { problem.courses[place].form = .workshop }
    }
    // Where two of few videos teach the same, they are too few.
    for place in problem.courses.indices { problem.courses[place].equivalents = nil }
    problem.rules.video = .init(minimum: 4, maximum: 7)
    let plan = PlanSearch.plan(for: problem)
    let videos = chosen(plan, problem).filter { $0.form == .video && $0.mode == .online }
    #expect(plan.balance.video == videos.reduce(0) { $0 + $1.hours })
    #expect(plan.violation == 0)
    #expect((4...7).contains(plan.balance.video))

    problem.rules.compulsory = [videos[0].id]
    let second = PlanSearch.plan(for: problem)
    let counted = chosen(second, problem)
      .filter { $0.form == .video && $0.mode == .online && $0.id != videos[0].id }
    #expect(second.balance.video == counted.reduce(0) { $0 + $1.hours })
  }

  @Test(arguments: 1...4)
  func `practice is the share asked for, hours already earned counted in`(number: UInt64) {
    var problem = problem(number)
    problem.rules.practiceShare = .init(minimum: 0.5)
    let plan = PlanSearch.plan(for: problem)
    #expect(plan.violation == 0)
    #expect(plan.balance.practice >= 0.5 * plan.balance.hours - 1e-9)

    problem.rules.practiceShare = .init(minimum: 0.5, earnedHours: 10, earnedPractice: 3)
    let later = PlanSearch.plan(for: problem)
    #expect(later.violation == 0)
    #expect(later.balance.practice + 3 >= 0.5 * (later.balance.hours + 10) - 1e-9)
  }

  @Test func `only the courses of the institution chosen are planned; a locked other one is named`()
  {
    var problem = problem(2)
    for place in problem.courses.indices {
      problem.courses[place].provider = Provider.ID(rawValue: place % 3 == 0 ? "other" : "ours")
      problem.courses[place].prerequisite = nil
    }
    problem.rules.provider = Provider.ID(rawValue: "ours")
    let plan = PlanSearch.plan(for: problem)
    #expect(chosen(plan, problem).allSatisfy { $0.provider.rawValue == "ours" })

    let other = problem.courses[3]
    problem.locked = [other.id]
    let locked = PlanSearch.plan(for: problem)
    #expect(locked.courses.contains(other.id))
    #expect(locked.violatedRules.contains { $0.rule == .provider(of: other.id) })
  }

  @Test(arguments: 1...6)
  func `the search keeps the same measure as from scratch under all these rules`(number: UInt64) {
    var problem = problem(number)
    for place in problem.courses.indices {
      problem.courses[place].provider = Provider.ID(rawValue: place % 4 == 0 ? "other" : "ours")
      if place % 3 == 0 { problem.courses[place].form = .workshop }
    }
    problem.rules.provider = Provider.ID(rawValue: "ours")
    problem.locked = [problem.courses[4].id, problem.courses[8].id]
    problem.rules.compulsory = [problem.courses[5].id, problem.courses[8].id]
    problem.rules.video = .init(minimum: 5, maximum: 6)
    problem.rules.practiceShare = .init(minimum: 0.55, earnedHours: 4, earnedPractice: 1)
    let instance = PlanInstance(problem, environment: problem.environments[0])
    var state = PlanState(instance)
    var generator = SeededGenerator(seed: number)
    let anything = PlanScore(violation: .infinity, utility: -.infinity)
    for _ in 0..<60 {
      let candidate = generator.number(below: instance.candidates.count)
      if !state.contains(candidate) {
        let judged = state.score(
          adding: candidate, to: state.score.utility, beating: anything)
        let exact = instance.score(of: state.members + [candidate])
        #expect(abs((judged?.violation ?? .infinity) - exact.violation) < 1e-9)
      }
      if state.contains(candidate) { state.remove(candidate) } else { state.add(candidate) }
      #expect(abs(state.score.violation - instance.score(of: state.members).violation) < 1e-9)
    }
  }

  @Test func `a conflict is a set that no plan meets, and would without any one of it`() throws {
    var problem = problem(6)
    problem.excluded = Set(problem.courses.filter { $0.mode == .online }.dropFirst().map(\.id))
    let conflict = try #require(PlanConflict.minimal(in: problem))
    #expect(conflict.demands.contains(.bound(.minimum(.online))))
    #expect(conflict.demands.contains { if case .excluded = $0 { true } else { false } })
    #expect(!conflict.isProved)
    // What has nothing to do with it is not in it.
    #expect(!conflict.demands.contains(.bound(.minimum(.practice))))
  }

  @Test func `courses kept of more hours than allowed are in conflict with the most hours`() throws
  {
    var problem = problem(6)
    for place in problem.courses.indices {
      problem.courses[place].prerequisite = nil
      problem.courses[place].equivalents = nil
    }
    // Three of three hours each, and eight allowed: any two of them can be kept.
    problem.rules.hours.maximum = 8
    problem.rules.hours.minimum = 4
    problem.rules.online.minimum = 0
    problem.rules.practice.minimum = 0
    let alike = problem.courses.filter { $0.hours == 3 }.prefix(3).map(\.id)
    try #require(alike.count == 3)
    problem.locked = Set(alike)
    let conflict = try #require(PlanConflict.minimal(in: problem))
    #expect(Set(conflict.demands) == Set([.bound(.maximum(.hours))] + alike.map { .locked($0) }))
  }

  @Test func `rules that contradict each other are a proved conflict; kept rules are none`() throws
  {
    var problem = problem(6)
    #expect(PlanConflict.minimal(in: problem) == nil)
    problem.rules.practice = .init(minimum: 30)
    problem.rules.hours.maximum = 20
    problem.rules.hours.minimum = 10
    let conflict = try #require(PlanConflict.minimal(in: problem))
    #expect(conflict.isProved)
    #expect(
      Set(conflict.demands) == [.bound(.maximum(.hours)), .bound(.minimum(.practice))])
  }
}

import Competency
import Courses
import Recommendation
import Testing

/// The hours that a teacher has, and the programme's hours of chosen videos (JS-17).
struct HoursBudgetTests {
  private func rules() -> ProgrammeRules {
    ProgrammeRules(
      hours: .init(minimum: 20, maximum: 24), online: .init(minimum: 10),
      practice: .init(minimum: 8), minimumPoints: 1, minimumDimensions: 1,
      video: .init(minimum: 6, maximum: 8))
  }

  @Test func `a budget that the programme fits in leaves both bounds of the videos as they are`() {
    for budget in [nil, 20, 22, 40] as [Double?] {
      #expect(rules().planned(within: budget).video == rules().video)
      #expect(rules().judged(within: budget).video == rules().video)
    }
  }

  @Test func `with fewer hours the least of videos shrinks in proportion, the most stays`() {
    let planned = rules().planned(within: 10)
    #expect(planned.video == .init(minimum: 3, maximum: 8))
    // What is missing is told against the programme's own.
    #expect(rules().judged(within: 10).video == rules().video)
  }

  @Test func `a plan is told the videos it lacks and those it has too many of`() {
    func broken(_ video: Double, within budget: Double) -> RuleViolation? {
      StudyPlan(
        environment: .init(rawValue: "e"), courses: [], utility: 0, violation: 0,
        balance: RuleBalance(
          hours: 22, online: 12, practice: 10, points: 1, dimensions: 1, requiredPoints: 1,
          requiredDimensions: 1, video: video), violatedRules: [], explanations: []
      ).judged(by: rules().judged(within: budget)).violatedRules
        .first { $0.rule == .programme(.video) }
    }
    #expect(broken(6, within: 22) == nil && broken(8, within: 22) == nil)
    let short = broken(4, within: 22)
    #expect(short?.direction == .short && short?.amount == 2)
    let over = broken(9.5, within: 22)
    #expect(over?.direction == .over && over?.amount == 1.5)
  }

  @Test(arguments: 1...4)
  func `plans within a budget keep the hours of videos between their bounds`(number: UInt64) {
    var seeded = SeededProblem(seed: number)
    var problem = seeded.problem(courses: 24)
    for place in problem.courses.indices {
      problem.courses[place].equivalents = nil
      problem.courses[place].prerequisite = nil
      // Every other online course is no video.
      if place.isMultiple(of: 2), problem.courses[place].mode == .online {
        problem.courses[place].form = .workshop
      }
    }
    var rules = problem.rules
    rules.video = .init(minimum: 4, maximum: 7)
    func video(within budget: Double?) -> Double {
      var wished = problem
      wished.rules = rules.planned(within: budget)
      return PlanSearch.plan(for: wished).balance.video
    }
    #expect((4...7).contains(video(within: nil)))
    #expect((4...7).contains(video(within: rules.hours.minimum + 1)))
    #expect((2...7).contains(video(within: rules.hours.minimum / 2)))
  }
}

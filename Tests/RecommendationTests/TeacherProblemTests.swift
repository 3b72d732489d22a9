import Competency
import Courses
import Recommendation
import Testing

struct TeacherProblemTests {
  private static func name(_ text: String) -> LocalizedName {
    LocalizedName(chinese: text, english: text)
  }

  /// Three points: one in the plain environment, one in the richer, one common to both.
  private static let framework = Framework.sample(
    points: ["plain", "rich", "common"].map { ("p-\($0)", $0) },
    environments: [
      ("plain", ["plain", "common"]), ("rich", ["plain", "rich", "common"]), ("common", ["common"]),
    ])

  private func plan(environment: String, isForOneEnvironment: Bool) -> StudyPlan {
    let courses = ["plain", "rich", "common"].map { name in
      Course(
        id: .init(rawValue: name), title: Self.name(name), provider: .init(rawValue: "x"),
        form: .video, mode: .online, hours: 2, level: 0,
        gains: [.init(rawValue: "p-\(name)"): 0.5], primary: .init(rawValue: "p-\(name)"))
    }
    return PlanSearch.plan(
      for: PlanProblem(
        framework: Self.framework, environment: .init(rawValue: environment),
        beliefs: [PlanProblem.Belief](
          repeating: .init(mean: -0.5, standardError: 0.4), count: 3),
        rules: ProgrammeRules(
          hours: .init(minimum: 0), online: .init(minimum: 0), practice: .init(minimum: 0),
          minimumPoints: 0, minimumDimensions: 0, isForOneEnvironment: isForOneEnvironment),
        courses: courses, locked: [], excluded: [], seed: 1))
  }

  @Test func `without the rule of one environment all points asked about are planned for`() {
    let plan = plan(environment: "plain", isForOneEnvironment: false)
    #expect(Set(plan.courses.map(\.rawValue)) == ["plain", "common"])
    #expect(plan.environment.rawValue == "plain")
    #expect(plan.balance.points == 2)
    let rich = self.plan(environment: "rich", isForOneEnvironment: false)
    #expect(Set(rich.courses.map(\.rawValue)) == ["plain", "rich", "common"])
    #expect(rich.balance.points == 3)
  }

  @Test func `with the rule a plan is for the points of one environment`() {
    let plan = plan(environment: "plain", isForOneEnvironment: true)
    #expect(plan.courses.count == 1)
    #expect(plan.balance.points == 1)
  }

  @Test func `a point that is not in the scope of the environment weighs nothing`() {
    let problem = PlanProblem(
      framework: Self.framework, environment: .init(rawValue: "plain"),
      beliefs: [PlanProblem.Belief](
        repeating: .init(mean: -0.5, standardError: 0.4), count: 3),
      rules: ProgrammeRules(
        hours: .init(minimum: 0), online: .init(minimum: 0), practice: .init(minimum: 0),
        minimumPoints: 0, minimumDimensions: 0),
      courses: [], locked: [], excluded: [], seed: 1)
    #expect(problem.points.map(\.weight) == [1, 0, 1])
  }
}

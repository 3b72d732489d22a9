import Competency
import Courses
import Recommendation
import Storage
import Testing

@testable import Web

struct PlannerTests {
  private let problem = PlanProblem(
    points: [], levelLocations: [0], levelWidth: 1, prerequisiteWaivedAt: 0.7, hourPenalty: 0,
    environments: [Environment.ID(rawValue: "room")],
    rules: ProgrammeRules(
      hours: .init(minimum: 0), online: .init(minimum: 0), practice: .init(minimum: 0),
      minimumPoints: 0, minimumDimensions: 0),
    courses: [], seed: 1)

  @Test func `more plans than may wait are refused at once`() async {
    await #expect(throws: StoreError.busy) {
      try await Planner(capacity: 0).plan(for: problem)
    }
  }

  @Test func `a place that is left can be taken again`() async throws {
    let planner = Planner(capacity: 1)
    for _ in 0..<3 { #expect(try await planner.plan(for: problem).courses.isEmpty) }
  }
}

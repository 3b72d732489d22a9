import Competency
import Courses
@testable import Recommendation
import Testing

/// Learning one new technology, where a teacher is strong or where the teacher is weak.
struct NewTechnologyTests {
  private func problem(_ number: UInt64, courses: Int = 24) -> PlanProblem {
    var seeded = SeededProblem(seed: number)
    return seeded.problem(courses: courses)
  }

  @Test(arguments: 1...6)
  func `a strong field is one whose points are most surely reached, a weak one least`(
    number: UInt64
  ) throws {
    let problem = problem(number)
    var counted = problem
    // One dimension far above its target, one far below.
    for place in counted.points.indices {
      counted.points[place].mean = [3, 0, -3][place % 3]
    }
    #expect(NewTechnology.dimension(.strong, in: counted) == Dimension.ID(rawValue: "d0"))
    #expect(NewTechnology.dimension(.weak, in: counted) == Dimension.ID(rawValue: "d2"))
    for place in counted.points.indices { counted.points[place].weight = 0 }
    #expect(NewTechnology.dimension(.weak, in: counted) == nil)
  }

  @Test(arguments: 1...8, NewTechnology.Field.allCases)
  func `a new technology is one more course of the field, of the highest level where strong`(
    number: UInt64, field: NewTechnology.Field
  ) {
    let problem = problem(number, courses: 40)
    let plan = PlanSearch.plan(for: problem)
    guard let dimension = NewTechnology.dimension(field, in: problem),
      let found = NewTechnology.course(field, in: problem, given: plan),
      let course = problem.courses.first(where: { $0.id == found })
    else { return }
    #expect(!plan.courses.contains(found))
    #expect(problem.points.first { $0.id == course.primary }?.dimension == dimension)
    if field == .strong {
      let open = problem.courses.filter { other in
        !plan.courses.contains(other.id) && other.prerequisite == nil
          && problem.points.first { $0.id == other.primary }.map {
            $0.dimension == dimension && $0.environment.rawValue == "A"
          } == true
      }
      #expect(course.level >= open.map(\.level).max() ?? 0)
    }
    var locked = problem
    locked.locked = [found]
    #expect(PlanSearch.plan(for: locked).courses.contains(found))
  }

  @Test(arguments: 1...8)
  func `of the courses in question it is the one that costs the plan least`(number: UInt64) throws {
    let problem = problem(number, courses: 40)
    let plan = PlanSearch.plan(for: problem)
    let dimension = try #require(NewTechnology.dimension(.weak, in: problem))
    guard let found = NewTechnology.course(.weak, in: problem, given: plan) else { return }
    let instance = PlanInstance(problem, environment: plan.environment)
    let members = instance.candidates.indices.filter {
      plan.courses.contains(instance.course($0).id)
    }
    let taken = try #require(
      instance.candidates.indices.first { instance.course($0).id == found })
    let cost = instance.cheapest(adding: taken, to: members)
    for candidate in instance.candidates.indices where !members.contains(candidate) {
      let course = instance.course(candidate)
      guard case .none = instance.candidates[candidate].prerequisite,
        problem.points.first(where: { $0.id == course.primary })?.dimension == dimension
      else { continue }
      #expect(!instance.cheapest(adding: candidate, to: members).isBetter(than: cost))
    }
  }

  @Test(arguments: 1...8, NewTechnology.Field.allCases)
  func `no course is proposed that cannot be begun`(
    number: UInt64, field: NewTechnology.Field
  ) throws {
    var problem = problem(number, courses: 40)
    problem.prerequisiteWaivedAt = 2
    let plan = PlanSearch.plan(for: problem)
    // All that is left to propose waits for a course that is not on offer.
    for place in problem.courses.indices where !plan.courses.contains(problem.courses[place].id) {
      problem.courses[place].prerequisite = Course.ID(rawValue: "gone")
    }
    #expect(NewTechnology.course(field, in: problem, given: plan) == nil)
    // Or for one that is on offer and not in the plan.
    let open = problem.courses.filter { !plan.courses.contains($0.id) }
    for place in problem.courses.indices where !plan.courses.contains(problem.courses[place].id) {
      problem.courses[place].prerequisite = open.first { $0.id != problem.courses[place].id }?.id
    }
    #expect(NewTechnology.course(field, in: problem, given: plan) == nil)
    // Or for one of the plan, which will be taken.
    for place in problem.courses.indices where !plan.courses.contains(problem.courses[place].id) {
      problem.courses[place].prerequisite = plan.courses[0]
    }
    let offered = problem.courses.contains { course in
      !plan.courses.contains(course.id)
        && problem.points.first { $0.id == course.primary }?.dimension
          == NewTechnology.dimension(field, in: problem)
    }
    #expect((NewTechnology.course(field, in: problem, given: plan) != nil) == offered)
  }
}

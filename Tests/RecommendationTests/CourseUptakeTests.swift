import Competency
import Courses
import Recommendation
import Testing

struct CourseUptakeTests {
  private let usual = UptakeShrinkage(completion: 0.8, rating: 4, weight: 20)

  @Test func `few people say little: a course nobody has taken is as usual`() {
    let unknown = CourseUptake(enrolled: 0, completed: 0, ratings: 0, meanRating: 0)
    #expect(usual.completion(of: unknown) == 0.8)
    #expect(usual.rating(of: unknown) == 4)
    #expect(usual.factor(of: unknown) == 1)
    let one = CourseUptake(enrolled: 1, completed: 0, ratings: 1, meanRating: 1)
    #expect(abs(usual.completion(of: one) - 16.0 / 21) < 1e-12)
    #expect(usual.factor(of: one) > 0.9)
  }

  @Test func `many people are believed`() {
    let many = CourseUptake(enrolled: 2000, completed: 1000, ratings: 0, meanRating: 0)
    #expect(abs(usual.completion(of: many) - 0.503) < 0.001)
    #expect(abs(usual.factor(of: many) - 0.503 / 0.8) < 0.002)
  }

  @Test func `what is liked counts little beside what is finished`() {
    let liked = CourseUptake(enrolled: 0, completed: 0, ratings: 1000, meanRating: 5)
    let finished = CourseUptake(enrolled: 1000, completed: 960, ratings: 0, meanRating: 0)
    #expect(usual.factor(of: liked) > 1)
    #expect(usual.factor(of: liked) < usual.factor(of: finished))
  }

  @Test
  func `however a course was taken up, its gains count a half at least and a quarter more at most`()
  {
    let usual = UptakeShrinkage(completion: 0.4, rating: 3, weight: 20)
    let all = CourseUptake(enrolled: 5000, completed: 5000, ratings: 5000, meanRating: 5)
    let nobody = CourseUptake(enrolled: 5000, completed: 0, ratings: 5000, meanRating: 1)
    #expect(usual.factor(of: all) == 1.25)
    #expect(usual.factor(of: nobody) == 0.5)
  }

  @Test func `the usual is what all courses together are`() throws {
    let usual = try #require(
      UptakeShrinkage.usual(among: [
        CourseUptake(enrolled: 10, completed: 5, ratings: 4, meanRating: 3),
        CourseUptake(enrolled: 30, completed: 27, ratings: 12, meanRating: 5),
      ]))
    #expect(usual.completion == 0.8)
    #expect(usual.rating == 4.5)
    #expect(UptakeShrinkage.usual(among: []) == nil)
  }
}

struct RandomisedSlotTests {
  private func problem(_ number: UInt64, courses: Int = 30) -> PlanProblem {
    var seeded = SeededProblem(seed: number)
    return seeded.problem(courses: courses)
  }

  @Test(arguments: 1...6)
  func `a draw breaks no rule, and its propensities are those of the draw`(number: UInt64) throws {
    let problem = problem(number)
    let plan = PlanSearch.plan(for: problem)
    guard let slot = RandomisedSlot.drawn(in: plan, for: problem, seed: 1) else { return }
    #expect(abs(slot.propensities.values.reduce(0, +) - 1) < 1e-12)
    #expect(slot.propensities.count <= 6 && slot.propensities[slot.planned] != nil)
    #expect(plan.courses.contains(slot.planned))
    var counts: [Course.ID: Int] = [:]
    for seed in 0..<600 {
      let draw = try #require(RandomisedSlot.drawn(in: plan, for: problem, seed: UInt64(seed)))
      #expect(draw.planned == slot.planned)
      counts[draw.drawn, default: 0] += 1
      #expect(draw.utilityChange <= 1e-6)
    }
    for (course, propensity) in slot.propensities {
      // Five standard errors of a share of 600 draws.
      let error = 5 * (propensity * (1 - propensity) / 600).squareRoot()
      #expect(abs(Double(counts[course] ?? 0) / 600 - propensity) < error)
    }
    for course in slot.propensities.keys where course != slot.planned {
      var fixed = problem
      fixed.locked = Set(plan.courses).subtracting([slot.planned]).union([course])
      fixed.excluded = Set(problem.courses.map(\.id)).subtracting(fixed.locked)
      #expect(PlanSearch.plan(for: fixed).violation <= plan.violation + 1e-9)
    }
  }

  @Test func `the slot holds no rule but hours, and its exchange costs least of all such`() throws {
    var othersHoldRules = 0
    for number in UInt64(1)...12 {
      // Few courses and many points: some of them hold the rule on points.
      var problem = problem(number, courses: 12)
      problem.rules.minimumPoints = 5
      problem.rules.minimumDimensions = 3
      let plan = PlanSearch.plan(for: problem)
      guard let slot = RandomisedSlot.drawn(in: plan, for: problem, seed: 1) else { continue }
      let hours: Set<ProgrammeRule> = [.hours, .online, .practice, .video, .practiceShare]
      func holdsHoursAlone(_ explanation: CourseExplanation) -> Bool {
        explanation.rulesHeld.allSatisfy { violation in
          if case .programme(let rule) = violation.rule { hours.contains(rule) } else { false }
        }
      }
      let exchangeable = plan.explanations.filter { $0.replacement != nil }
      let planned = try #require(exchangeable.first { $0.course == slot.planned })
      #expect(holdsHoursAlone(planned))
      let least = exchangeable.filter(holdsHoursAlone).compactMap(\.replacement?.utilityChange)
        .max()
      #expect(planned.replacement?.utilityChange == least)
      // Else nothing would be left aside.
      let cheapest = exchangeable.max {
        ($0.replacement?.utilityChange ?? 0) < ($1.replacement?.utilityChange ?? 0)
      }
      if cheapest.map({ !holdsHoursAlone($0) }) ?? false { othersHoldRules += 1 }
    }
    #expect(othersHoldRules > 0)
  }

  @Test func `at least one of these plans has a slot to draw`() {
    let slots = (1...6).compactMap { number -> RandomisedSlot? in
      let problem = problem(UInt64(number))
      return RandomisedSlot.drawn(in: PlanSearch.plan(for: problem), for: problem, seed: 1)
    }
    #expect(!slots.isEmpty)
  }

  @Test func `outcomes are weighed by how likely the other way is to have drawn the same`() throws {
    let value = try #require(
      RandomisedSlot.value(of: [
        (outcome: 1, propensity: 0.5, probability: 1),
        (outcome: 3, propensity: 0.5, probability: 0),
      ]))
    #expect(value.inversePropensity == 1)
    #expect(value.selfNormalised == 1)
    #expect(RandomisedSlot.value(of: []) == nil)
  }
}

/// How the catalogue's own numbers of completion count.
struct CatalogueUptakeTests {
  private func course(_ id: String, _ uptake: CourseUptake?) -> Course {
    let point = CompetencyPoint.ID(rawValue: "a")
    return Course(
      id: Course.ID(rawValue: id), title: LocalizedName(chinese: id, english: id),
      provider: Provider.ID(rawValue: "x"), form: .video, mode: .online, hours: 2, level: 0,
      gains: [point: 0.4], primary: point, uptake: uptake)
  }

  private func gain(_ course: Course) -> Double { course.gains[course.primary] ?? 0 }

  @Test func `without any numbers the gains are those of the catalogue`() {
    let courses = [course("a", nil), course("b", nil)]
    #expect(UptakeShrinkage.applied(to: courses) == courses)
  }

  @Test func `what few finish counts less, what many finish more, what is unknown as judged`() {
    let courses = [
      course("few", CourseUptake(enrolled: 200, completed: 40, ratings: 0, meanRating: 0)),
      course("many", CourseUptake(enrolled: 200, completed: 190, ratings: 0, meanRating: 0)),
      course("new", nil),
    ]
    let counted = UptakeShrinkage.applied(to: courses)
    #expect(gain(counted[0]) < 0.4 && gain(counted[1]) > 0.4 && gain(counted[2]) == 0.4)
    // A measured gain holds already who did not finish.
    let measured = UptakeShrinkage.applied(
      to: courses, leavingAside: [Course.ID(rawValue: "few")])
    #expect(gain(measured[0]) == 0.4)
  }

  @Test func `three people move a gain by little`() {
    let courses = [
      course("usual", CourseUptake(enrolled: 1000, completed: 800, ratings: 0, meanRating: 0)),
      course("three", CourseUptake(enrolled: 3, completed: 0, ratings: 0, meanRating: 0)),
    ]
    let counted = UptakeShrinkage.applied(to: courses)
    #expect(gain(counted[1]) > 0.4 * 0.85 && gain(counted[1]) < 0.4)
  }
}

import Competency
import Courses
import Recommendation

/// Small planning problems made from a seed: nine points, three dimensions, two environments.
struct SeededProblem {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  private mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 33) / 2_147_483_648
  }

  private mutating func number(below bound: Int) -> Int { Int(uniform() * Double(bound)) }

  /// A problem whose rules need about half of the hours on offer.
  mutating func problem(courses count: Int, seed: UInt64 = 3) -> PlanProblem {
    let points = (0..<9).map { place in
      PlanPoint(
        id: CompetencyPoint.ID(rawValue: "p\(place)"),
        dimension: Dimension.ID(rawValue: "d\(place % 3)"),
        environment: Environment.ID(rawValue: place < 6 ? "A" : "B"), mean: 2 * uniform() - 1.2,
        standardError: 0.3 + 0.4 * uniform(), target: 0.4, weight: 0.5 + uniform())
    }
    let courses = (0..<count).map { course(number: $0) }
    let total = courses.reduce(0) { $0 + $1.hours }
    let least = (total / 2).rounded(.down)
    return PlanProblem(
      points: points, levelLocations: [-0.6, 0.2, 1], levelWidth: 0.9, prerequisiteWaivedAt: 0.7,
      hourPenalty: 0.002, environments: [Environment.ID(rawValue: "A")],
      rules: ProgrammeRules(
        hours: .init(minimum: least, maximum: least + 3),
        online: .init(minimum: (least / 3).rounded(.down)),
        practice: .init(minimum: (least / 3).rounded(.down)), minimumPoints: 3,
        minimumDimensions: 2),
      courses: courses, seed: seed)
  }

  private mutating func course(number place: Int) -> Course {
    let hours = Double(1 + number(below: 6))
    let isOnline = uniform() < 0.5
    let primary = CompetencyPoint.ID(rawValue: "p\(number(below: 6))")
    var gains = [primary: 0.2 + 0.3 * uniform()]
    for _ in 0..<number(below: 3) {
      gains[CompetencyPoint.ID(rawValue: "p\(number(below: 9))")] = 0.1 + 0.3 * uniform()
    }
    let prerequisite = place > 2 && uniform() < 0.25 ? number(below: place) : nil
    let group = uniform() < 0.35 ? number(below: 2) : nil
    return Course(
      id: Course.ID(rawValue: "c\(place)"),
      title: LocalizedName(chinese: "课\(place)", english: "Course \(place)"),
      provider: Provider.ID(rawValue: "x"), form: isOnline ? .video : .practice,
      mode: isOnline ? .online : .practice, hours: hours, level: number(below: 3), gains: gains,
      primary: primary, prerequisite: prerequisite.map { Course.ID(rawValue: "c\($0)") },
      equivalents: group.map { Course.EquivalenceGroup(rawValue: "g\($0)") })
  }
}

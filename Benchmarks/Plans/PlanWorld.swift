import Competency
import Courses
import Psychometrics
import Recommendation

/// Teachers and catalogues made from a seed: thirty points in four dimensions and three environments,
/// beliefs as after a diagnosis of sixteen items, courses of one to four points.
struct PlanWorld {
  /// A programme's rules.
  enum Rules: String, CaseIterable {
    /// 50 hours: at least 25 online and 25 of practice.
    case hours50
    /// 80 hours: at least 50 online and 30 of practice.
    case hours80

    var rules: ProgrammeRules {
      switch self {
      case .hours50:
        ProgrammeRules(
          hours: .init(minimum: 50, maximum: 55), online: .init(minimum: 25),
          practice: .init(minimum: 25), minimumPoints: 3, minimumDimensions: 2)
      case .hours80:
        ProgrammeRules(
          hours: .init(minimum: 80, maximum: 88), online: .init(minimum: 50),
          practice: .init(minimum: 30), minimumPoints: 3, minimumDimensions: 2)
      }
    }
  }

  /// The points of each environment's dimensions, the size of the published grid.
  private static let grid = [[1, 3, 6, 3], [1, 2, 5, 2], [0, 2, 3, 2]]
  static let levelLocations = [-0.6, 0.2, 1.0]
  static let levelWidth = 0.9

  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed, purpose: "plan world") }

  mutating func uniform() -> Double {
    Double(generator.next() >> 11) / 9_007_199_254_740_992
  }

  /// A standard normal number: the sum of twelve uniform ones.
  mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }

  /// The points of one teacher.
  mutating func points() -> [PlanPoint] {
    let general = 0.67 * normal()
    let ofDimension = (0..<4).map { _ in 0.39 * normal() }
    var points: [PlanPoint] = []
    for environment in Self.grid.indices {
      let ofEnvironment = 0.39 * normal()
      for (dimension, count) in Self.grid[environment].enumerated() {
        for _ in 0..<count {
          points.append(
            PlanPoint(
              id: CompetencyPoint.ID(rawValue: "p\(points.count)"),
              dimension: Dimension.ID(rawValue: "d\(dimension)"),
              environment: Environment.ID(rawValue: ["A", "B", "C"][environment]),
              mean: general + ofDimension[dimension] + ofEnvironment + 0.3 * normal(),
              standardError: 0.45 + 0.3 * uniform(), target: 0.4, weight: 1))
        }
      }
    }
    return points
  }

  /// A catalogue.
  mutating func courses(_ count: Int, points: [PlanPoint]) -> [Course] {
    (0..<count).map { course(number: $0, of: count, points: points) }
  }

  /// One problem.
  mutating func problem(courses count: Int, rules: Rules, seed: UInt64) -> PlanProblem {
    let points = points()
    return PlanProblem(
      points: points, levelLocations: Self.levelLocations, levelWidth: Self.levelWidth,
      prerequisiteWaivedAt: 0.7, hourPenalty: 0.002,
      environments: ["A", "B", "C"].map { Environment.ID(rawValue: $0) }, rules: rules.rules,
      courses: courses(count, points: points), seed: seed)
  }

  private mutating func course(number place: Int, of count: Int, points: [PlanPoint]) -> Course {
    let hours = [1.0, 2, 2, 3, 3, 4, 5, 6, 8, 10][generator.number(below: 10)]
    let isOnline = uniform() < 0.6
    let primary = points[generator.number(below: points.count)]
    var gains = [primary.id: (0.15 + 0.25 * uniform()) * hours.squareRoot()]
    let neighbours = points.filter { $0.environment == primary.environment }
    for _ in 0..<generator.number(below: 4) {
      let point = neighbours[generator.number(below: neighbours.count)].id
      if gains[point] == nil { gains[point] = (0.03 + 0.1 * uniform()) * hours.squareRoot() }
    }
    let name = "c\(place)"
    return Course(
      id: Course.ID(rawValue: name), title: LocalizedName(chinese: name, english: name),
      provider: Provider.ID(rawValue: "p"), form: isOnline ? .video : .practice,
      mode: isOnline ? .online : .practice, hours: hours, level: generator.number(below: 3),
      gains: gains, primary: primary.id,
      prerequisite: place > 10 && uniform() < 0.1
        ? Course.ID(rawValue: "c\(generator.number(below: place))") : nil,
      equivalents: uniform() < 0.1
        ? Course.EquivalenceGroup(rawValue: "g\(generator.number(below: count / 20 + 1))") : nil)
  }
}

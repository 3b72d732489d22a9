import Competency
import Courses
import Psychometrics
import Recommendation

/// Teachers, items and courses made from a seed, so that every run measures the same work.
struct SeededWorld {
  /// The points of each environment's dimensions, the size of the published grid.
  private static let grid = [[1, 3, 6, 3], [1, 2, 5, 2], [0, 2, 3, 2]]

  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The dimension and the environment of each of the 30 points.
  var places: [(dimension: Int, environment: Int)] {
    Self.grid.indices.flatMap { environment in
      Self.grid[environment].indices.flatMap { dimension in
        Array(repeating: (dimension, environment), count: Self.grid[environment][dimension])
      }
    }
  }

  /// A number in 0..<1.
  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Double(mixed >> 11) / 9_007_199_254_740_992
  }

  private mutating func number(below bound: Int) -> Int { Int(uniform() * Double(bound)) }

  /// The default prior over the points.
  func prior() -> AbilityPrior {
    AbilityPrior.structured(
      mean: [Double](repeating: 0, count: places.count), dimensions: places.map(\.dimension),
      environments: places.map(\.environment), general: 0.45, dimension: 0.15, environment: 0.15,
      specific: 0.25)
  }

  /// Responses to four-category items, three to a scenario.
  mutating func responses(count: Int) -> [ScoredResponse] {
    (0..<count).map { place in
      let slope = 0.7 + uniform()
      let location = 2 * uniform() - 1
      return ScoredResponse(
        loadings: [Loading(point: place % places.count, weight: slope)],
        model: PartialCreditItem(
          slope: slope, stepLocations: [location - 0.7, location, location + 0.7]),
        testlet: place / 3, score: number(below: 4))
    }
  }

  /// A problem under the 50-hour rules with courses of one to four points.
  mutating func problem(courses count: Int, seed: UInt64) -> PlanProblem {
    let environments = ["A", "B", "C"].map { Environment.ID(rawValue: $0) }
    let points = places.enumerated().map { place, kind in
      PlanPoint(
        id: CompetencyPoint.ID(rawValue: "p\(place)"),
        dimension: Dimension.ID(rawValue: "d\(kind.dimension)"),
        environment: environments[kind.environment], mean: 1.6 * uniform() - 1,
        standardError: 0.4 + 0.3 * uniform(), target: 0.4, weight: 1)
    }
    let limit = ProgrammeRules.HoursRange(minimum: 25, maximum: 60)
    return PlanProblem(
      points: points, levelLocations: [-0.6, 0.2, 1], levelWidth: 0.9, prerequisiteWaivedAt: 0.7,
      hourPenalty: 0.002, environments: environments,
      rules: ProgrammeRules(
        hours: .init(minimum: 50, maximum: 60), online: limit, practice: limit, minimumPoints: 3,
        minimumDimensions: 2),
      courses: (0..<count).map { course(number: $0, points: points) }, seed: seed)
  }

  private mutating func course(number place: Int, points: [PlanPoint]) -> Course {
    let hours = Double([1, 2, 2, 3, 3, 4, 5, 6, 8, 10][number(below: 10)])
    let isOnline = uniform() < 0.6
    let primary = points[number(below: points.count)]
    var gains = [primary.id: (0.2 + 0.25 * uniform()) * hours.squareRoot() / 1.5]
    let neighbours = points.filter { $0.environment == primary.environment }
    for _ in 0..<number(below: 4) {
      let point = neighbours[number(below: neighbours.count)].id
      if gains[point] == nil { gains[point] = 0.05 + 0.25 * uniform() }
    }
    let id = "c\(place)"
    return Course(
      id: Course.ID(rawValue: id), title: LocalizedName(chinese: id, english: id),
      provider: Provider.ID(rawValue: "p0"), form: isOnline ? .video : .practice,
      mode: isOnline ? .online : .practice, hours: hours, level: number(below: 3), gains: gains,
      primary: primary.id,
      prerequisite: place > 10 && uniform() < 0.1
        ? Course.ID(rawValue: "c\(number(below: place))") : nil,
      equivalents: uniform() < 0.1
        ? Course.EquivalenceGroup(rawValue: "g\(number(below: max(count(of: place), 1)))") : nil)
  }

  /// About one group of equivalents for twenty courses.
  private func count(of place: Int) -> Int { place / 20 + 1 }
}

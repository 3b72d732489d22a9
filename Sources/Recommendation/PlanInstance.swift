import Competency
import Courses
import Psychometrics

/// A problem in numbers, for one environment: names are places in arrays.
struct PlanInstance {
  /// A course that may be taken.
  struct Candidate {
    /// What has to be taken before it.
    enum Prerequisite {
      /// Nothing, or it is waived.
      case none
      /// Another candidate.
      case candidate(Int)
      /// A course that cannot be taken here.
      case unavailable(Course.ID)
    }

    /// The place of the course in the problem.
    var course: Int
    /// What it teaches this teacher: places of points and gains above 0.
    var gains: [(point: Int, gain: Double)]
    /// What has to be taken before it.
    var prerequisite: Prerequisite
    /// The number of its group of equivalents.
    var group: Int?
    /// Whether it must be in the plan.
    var isLocked: Bool
    /// Whether an institution offers it whose courses do not count.
    var isForeign = false
    /// Whether everybody takes it.
    var isCompulsory = false
  }

  let problem: PlanProblem
  let environment: Environment.ID
  /// One for each point.
  let closures: [ExpectedGapClosure]
  /// The number of each point's dimension if it belongs to the environment, else nil.
  let countedDimension: [Int?]
  let dimensionCount: Int
  private(set) var candidates: [Candidate]
  private(set) var groups: [Course.EquivalenceGroup] = []
  private(set) var requiredPoints = 0
  private(set) var requiredDimensions = 0

  init(_ problem: PlanProblem, environment: Environment.ID) {
    self.problem = problem
    self.environment = environment
    closures = problem.points.map(\.closure)
    var dimensions: [Dimension.ID: Int] = [:]
    countedDimension = problem.points.map { point in
      guard point.environment == environment else { return nil }
      return dimensions[point.dimension]
        ?? {
          dimensions[point.dimension] = dimensions.count
          return dimensions.count - 1
        }()
    }
    dimensionCount = dimensions.count
    candidates = []
    gatherCandidates()
    demandWhatCanBeCovered()
  }

  /// The course behind a candidate.
  func course(_ candidate: Int) -> Course { problem.courses[candidates[candidate].course] }

  /// Whether a candidate is a video course that the teacher chooses.
  func isChosenVideo(_ candidate: Int) -> Bool {
    let course = course(candidate)
    return course.form == .video && course.mode == .online
      && !problem.rules.compulsory.contains(course.id)
  }

  private mutating func gatherCandidates() {
    let points = [CompetencyPoint.ID: Int](
      uniqueKeysWithValues: problem.points.enumerated().map { ($1.id, $0) })
    var numberOfGroup: [Course.EquivalenceGroup: Int] = [:]
    let rules = problem.rules
    let compulsory = Set(rules.compulsory)
    for (place, course) in problem.courses.enumerated() where !problem.excluded.contains(course.id)
    {
      let isLocked = problem.locked.contains(course.id) || compulsory.contains(course.id)
      let isForeign = rules.provider.map { $0 != course.provider } ?? false
      guard isLocked || !isForeign else { continue }
      let gains = effectiveGains(of: course, points: points)
      let belongs = course.gains.keys.contains { id in
        points[id].map { countedDimension[$0] != nil } ?? false
      }
      guard belongs || isLocked else { continue }
      if let group = course.equivalents, numberOfGroup[group] == nil {
        numberOfGroup[group] = groups.count
        groups.append(group)
      }
      candidates.append(
        Candidate(
          course: place, gains: gains, prerequisite: .none,
          group: course.equivalents.flatMap { numberOfGroup[$0] }, isLocked: isLocked,
          isForeign: isForeign && !compulsory.contains(course.id),
          isCompulsory: compulsory.contains(course.id)))
    }
    linkPrerequisites(points: points)
  }

  /// What a course is expected to raise for this teacher: its gains times the fit of its level.
  private func effectiveGains(
    of course: Course, points: [CompetencyPoint.ID: Int]
  ) -> [(point: Int, gain: Double)] {
    // In the order of the points, not of the dictionary: sums must not depend on hashing.
    course.gains.compactMap { id, gain in points[id].map { ($0, gain) } }
      .sorted { $0.0 < $1.0 }
      .map { place, gain in
        let fit = ExpectedGapClosure.fit(
          ofLocation: problem.levelLocations[course.level], width: problem.levelWidth,
          mean: problem.points[place].mean, standardError: problem.points[place].standardError)
        return (point: place, gain: gain * fit)
      }
  }

  private mutating func linkPrerequisites(points: [CompetencyPoint.ID: Int]) {
    let candidateOf = [Course.ID: Int](
      uniqueKeysWithValues: candidates.indices.map { (course($0).id, $0) })
    let wanted = Set(candidates.compactMap { problem.courses[$0.course].prerequisite })
    let waived = Set(
      problem.courses.filter { wanted.contains($0.id) && isWaived($0, points: points) }.map(\.id))
    for place in candidates.indices {
      guard let required = course(place).prerequisite, !waived.contains(required) else { continue }
      // A course that waits for itself can never be begun.
      candidates[place].prerequisite =
        candidateOf[required].flatMap { $0 == place ? nil : .candidate($0) }
        ?? .unavailable(required)
    }
  }

  /// Whether the teacher has probably reached a prerequisite's level on its primary point already.
  private func isWaived(_ prerequisite: Course, points: [CompetencyPoint.ID: Int]) -> Bool {
    guard let point = points[prerequisite.primary] else { return false }
    let belief = problem.points[point]
    let below = Normal.probability(
      below: problem.levelLocations[prerequisite.level], mean: belief.mean,
      variance: belief.standardError * belief.standardError)
    return 1 - below >= problem.prerequisiteWaivedAt
  }

  private mutating func demandWhatCanBeCovered() {
    let coverable = Set(candidates.flatMap { $0.gains.map(\.point) })
      .filter { countedDimension[$0] != nil }
    let dimensions = Set(coverable.compactMap { countedDimension[$0] })
    requiredPoints = min(problem.rules.minimumPoints, coverable.count)
    requiredDimensions = min(problem.rules.minimumDimensions, dimensions.count)
  }
}

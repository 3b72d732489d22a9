public import Competency
public import Courses

extension PlanProblem {
  /// What is believed of one point: the expected ability and its standard error, in logits.
  public struct Belief: Hashable, Sendable {
    /// The expected ability.
    public var mean: Double
    /// Its standard error, above 0.
    public var standardError: Double

    /// Creates a belief.
    public init(mean: Double, standardError: Double) {
      self.mean = mean
      self.standardError = standardError
    }
  }

  /// The problem of one teacher under one programme.
  ///
  /// Points of environments that the teacher lacks count nothing, and a plan is made for one of the
  /// environments that the teacher has, or for all of them where the rules do not ask for one. The error of the target is added to each belief's.
  ///
  /// - Parameters:
  ///   - framework: the framework of the diagnosis.
  ///   - environment: the teacher's environment; it may include others.
  ///   - beliefs: one for each point of the framework, in its order.
  ///   - rules: the programme's rules.
  ///   - courses: the courses on offer.
  ///   - locked: courses the teacher keeps.
  ///   - excluded: courses the teacher does not want.
  ///   - seed: the seed of the search.
  /// - Precondition: there is a belief for each point.
  public init(
    framework: Framework, environment: Environment.ID, beliefs: [Belief], rules: ProgrammeRules,
    courses: [Course], locked: Set<Course.ID>, excluded: Set<Course.ID>, seed: UInt64
  ) {
    precondition(beliefs.count == framework.points.count, "each point has a belief")
    let constants = framework.measurement
    let scope = framework.environment(environment)?.includes ?? [environment]
    // Without that rule all points the teacher was asked about are planned for together.
    let isWhole = !rules.isForOneEnvironment
    self.init(
      points: zip(framework.points, beliefs).map { point, belief in
        PlanPoint(
          id: point.id, dimension: point.dimension,
          environment: isWhole && scope.contains(point.environment)
            ? environment : point.environment,
          mean: belief.mean, standardError: belief.standardError, target: constants.target,
          targetStandardError: constants.targetStandardError,
          weight: scope.contains(point.environment) ? 1 : 0)
      },
      levelLocations: constants.courseLevelLocations, levelWidth: constants.courseLevelWidth,
      prerequisiteWaivedAt: constants.prerequisiteWaivedAt, hourPenalty: constants.hourPenalty,
      environments: isWhole ? [environment] : scope, rules: rules, courses: courses, locked: locked,
      excluded: excluded,
      seed: seed)
  }
}

public import Courses

/// Demands that no plan meets together, though it would meet them without any one of these.
public struct PlanConflict: Hashable, Sendable {
  /// One demand.
  public enum Demand: Hashable, Sendable {
    /// A bound of a rule on hours.
    case bound(RuleBound)
    /// The number of points.
    case points(Int)
    /// The number of dimensions.
    case dimensions(Int)
    /// That only one institution's courses count.
    case provider(Provider.ID)
    /// A course that everybody takes.
    case compulsory(Course.ID)
    /// A course the teacher keeps.
    case locked(Course.ID)
    /// A course the teacher does not want.
    case excluded(Course.ID)
    /// That a course comes after its prerequisite.
    case prerequisites
    /// That of courses that teach the same one is taken.
    case equivalents
  }

  /// The demands, in the order of the rules.
  public var demands: [Demand]
  /// Whether the rules on hours contradict each other whatever the courses are.
  ///
  /// Then the conflict is proved. Otherwise it is what the search finds: with any one demand less
  /// there is a plan, and with all of them none was found.
  public var isProved: Bool

  /// The conflict behind a plan that breaks rules; nil when a plan that breaks none is found.
  ///
  /// By deletion: each demand in turn is left out for good if without it still no plan is found.
  ///
  /// - Parameter problem: the problem.
  /// - Returns: the demands, each of them needed for the conflict.
  public static func minimal(in problem: PlanProblem) -> PlanConflict? {
    let compulsory = problem.courses.filter { problem.rules.compulsory.contains($0.id) }
    func hours(_ mode: Course.Mode) -> Double {
      compulsory.filter { $0.mode == mode }.reduce(0) { $0 + $1.hours }
    }
    let bounds = problem.rules.conflict(
      compulsory: EarnedHours(online: hours(.online), practice: hours(.practice)))
    if !bounds.isEmpty {
      return PlanConflict(demands: bounds.map(Demand.bound), isProved: true)
    }
    guard !canHold(problem) else { return nil }
    var present = problem
    var demands: [Demand] = []
    let all = self.demands(of: problem)
    for demand in all {
      let without = present.without(demand)
      if canHold(without) { demands.append(demand) } else { present = without }
    }
    return PlanConflict(demands: demands, isProved: false)
  }

  private static func canHold(_ problem: PlanProblem) -> Bool {
    problem.environments.enumerated().contains { place, environment in
      let instance = PlanInstance(problem, environment: environment)
      guard !instance.candidates.isEmpty else { return false }
      let members = EnvironmentSearch.members(
        for: instance, seed: problem.seed &+ UInt64(place),
        effort: .init(kicks: 20, judgements: 300_000))
      return instance.score(of: members).violation <= 1e-9
    }
  }

  private static func demands(of problem: PlanProblem) -> [Demand] {
    let rules = problem.rules
    var demands: [Demand] = []
    for (rule, range) in rules.ranges {
      if range.minimum > 0 { demands.append(.bound(.minimum(rule))) }
      if range.maximum != nil { demands.append(.bound(.maximum(rule))) }
    }
    if rules.practiceShare != nil { demands.append(.bound(.minimum(.practiceShare))) }
    if rules.minimumPoints > 0 { demands.append(.points(rules.minimumPoints)) }
    if rules.minimumDimensions > 0 { demands.append(.dimensions(rules.minimumDimensions)) }
    if let provider = rules.provider { demands.append(.provider(provider)) }
    demands += rules.compulsory.map(Demand.compulsory)
    if problem.courses.contains(where: { $0.prerequisite != nil }) {
      demands.append(.prerequisites)
    }
    if problem.courses.contains(where: { $0.equivalents != nil }) { demands.append(.equivalents) }
    demands += problem.locked.sorted { $0.rawValue < $1.rawValue }.map(Demand.locked)
    demands += problem.excluded.sorted { $0.rawValue < $1.rawValue }.map(Demand.excluded)
    return demands
  }
}

extension ProgrammeRules {
  /// The rules that are ranges of hours, in the order they are shown.
  fileprivate var ranges: [(rule: ProgrammeRule, range: HoursRange)] {
    [(.hours, hours), (.online, online), (.practice, practice)]
      + (video.map { [(.video, $0)] } ?? [])
  }
}

extension PlanProblem {
  /// The problem without one demand.
  fileprivate func without(_ demand: PlanConflict.Demand) -> PlanProblem {
    var problem = self
    switch demand {
    case .bound(let bound): problem.rules = rules.without(bound)
    case .points: problem.rules.minimumPoints = 0
    case .dimensions: problem.rules.minimumDimensions = 0
    case .provider: problem.rules.provider = nil
    case .compulsory(let course): problem.rules.compulsory.removeAll { $0 == course }
    case .locked(let course): problem.locked.remove(course)
    case .excluded(let course): problem.excluded.remove(course)
    case .prerequisites:
      for place in problem.courses.indices { problem.courses[place].prerequisite = nil }
    case .equivalents:
      for place in problem.courses.indices { problem.courses[place].equivalents = nil }
    }
    return problem
  }
}

extension ProgrammeRules {
  fileprivate func without(_ bound: RuleBound) -> ProgrammeRules {
    var rules = self
    switch bound {
    case .minimum(.hours): rules.hours.minimum = 0
    case .minimum(.online): rules.online.minimum = 0
    case .minimum(.practice): rules.practice.minimum = 0
    case .minimum(.video): rules.video?.minimum = 0
    case .maximum(.hours): rules.hours.maximum = nil
    case .maximum(.online): rules.online.maximum = nil
    case .maximum(.practice): rules.practice.maximum = nil
    case .maximum(.video): rules.video?.maximum = nil
    case .minimum(.practiceShare): rules.practiceShare = nil
    case .minimum, .maximum: break
    }
    return rules
  }
}

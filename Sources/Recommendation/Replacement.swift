public import Courses

/// A course of a plan exchanged for another.
public struct Replacement: Hashable, Sendable {
  /// The course that leaves.
  public var replaced: Course.ID
  /// The course that comes.
  public var course: Course.ID
  /// How the plan's utility changes; at most 0 for a plan that is locally best.
  public var utilityChange: Double

  /// Creates a replacement.
  public init(
    replaced: Course.ID, course: Course.ID, utilityChange: Double
  ) {
    self.replaced = replaced
    self.course = course
    self.utilityChange = utilityChange
  }

  /// The courses that could take the place of one course of a plan, the best first.
  ///
  /// - Parameters:
  ///   - course: a course of the plan.
  ///   - plan: a plan of this problem; its courses stay as they are but for the one.
  ///   - problem: the problem the plan was made for.
  /// - Returns: every exchange that breaks no rule further than the plan does; none when the course
  ///   is not in the plan or is locked.
  public static func all(
    of course: Course.ID, in plan: StudyPlan, for problem: PlanProblem
  ) -> [Replacement] {
    let instance = PlanInstance(problem, environment: plan.environment)
    let planned = Set(plan.courses)
    let members = instance.candidates.indices.filter { planned.contains(instance.course($0).id) }
    guard let member = members.first(where: { instance.course($0).id == course }) else { return [] }
    var table = ReplacementTable(instance, members: members)
    return table.all(of: member)
  }
}

/// The exchanges of one course of a plan, judged quickly and reported exactly.
struct ReplacementTable: ~Copyable {
  private let instance: PlanInstance
  private let members: [Int]
  private let score: PlanScore
  private var state: PlanState

  init(_ instance: PlanInstance, members: [Int]) {
    self.instance = instance
    self.members = members
    score = instance.score(of: members)
    state = PlanState(instance)
    state.take(members)
  }

  /// The best exchange of each member; nil where there is none.
  consuming func best() -> [Replacement?] {
    var replacements: [Replacement?] = []
    for member in members {
      let best = feasible(for: member).max {
        ($0.utility, $1.candidate) < ($1.utility, $0.candidate)
      }
      replacements.append(best.map { exchange(member, for: $0.candidate) })
    }
    return replacements
  }

  /// Every exchange of one member, the best first.
  mutating func all(of member: Int) -> [Replacement] {
    feasible(for: member).map { exchange(member, for: $0.candidate) }
      .sorted {
        ($0.utilityChange, $1.course.rawValue) > ($1.utilityChange, $0.course.rawValue)
      }
  }

  private mutating func feasible(for member: Int) -> [(candidate: Int, utility: Double)] {
    guard !instance.candidates[member].isLocked else { return [] }
    let bound = PlanScore(violation: score.violation, utility: -.infinity)
    state.remove(member)
    defer { state.add(member) }
    let utility = state.score.utility
    var found: [(candidate: Int, utility: Double)] = []
    for candidate in instance.candidates.indices
    where candidate != member && !state.contains(candidate) {
      if let score = state.score(adding: candidate, to: utility, beating: bound) {
        found.append((candidate, score.utility))
      }
    }
    return found
  }

  private func exchange(_ member: Int, for candidate: Int) -> Replacement {
    let utility = instance.utility(of: members.map { $0 == member ? candidate : $0 })
    return Replacement(
      replaced: instance.course(member).id, course: instance.course(candidate).id,
      utilityChange: utility - score.utility)
  }
}

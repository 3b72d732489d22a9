public import Competency
public import Courses
import Psychometrics

/// Learning one new technology, where a teacher is strong or where the teacher is weak (QZ-32).
public enum NewTechnology {
  /// Where.
  public enum Field: String, Hashable, Sendable, CaseIterable {
    /// 强势领域: the dimension the teacher most probably has.
    case strong
    /// 弱势领域: the dimension that needs most.
    case weak
  }

  /// The dimension of a field: the one whose points have the smallest, or largest, mean probability
  /// of being below the target.
  ///
  /// - Parameters:
  ///   - field: strong or weak.
  ///   - problem: the teacher's problem; points without weight are not in question.
  /// - Returns: nil if no point is in question.
  public static func dimension(_ field: Field, in problem: PlanProblem) -> Dimension.ID? {
    var order: [Dimension.ID] = []
    var sums: [Dimension.ID: (sum: Double, count: Double)] = [:]
    for point in problem.points where point.weight > 0 {
      if sums[point.dimension] == nil { order.append(point.dimension) }
      let below = Normal.probability(
        below: point.target, mean: point.mean, variance: point.gapVariance)
      let known = sums[point.dimension] ?? (0, 0)
      sums[point.dimension] = (known.sum + below, known.count + 1)
    }
    let means = order.map { sums[$0].map { $0.sum / $0.count } ?? 0 }
    let best = field == .strong ? means.min() : means.max()
    return best.flatMap { best in means.firstIndex(of: best) }.map { order[$0] }
  }

  /// One more course about a field: of those in question, the one that costs the plan least.
  ///
  /// Where the teacher is strong, those of the highest level there is are in question; where weak,
  /// those of any level.
  ///
  /// - Parameters:
  ///   - field: strong or weak.
  ///   - problem: the problem the plan was made for.
  ///   - plan: a plan of that problem.
  /// - Returns: nil if every such course is in the plan, or there is none.
  public static func course(
    _ field: Field, in problem: PlanProblem, given plan: StudyPlan
  ) -> Course.ID? {
    guard let dimension = dimension(field, in: problem) else { return nil }
    let points = Set(problem.points.filter { $0.dimension == dimension && $0.weight > 0 }.map(\.id))
    let instance = PlanInstance(problem, environment: plan.environment)
    let planned = Set(plan.courses)
    let members = instance.candidates.indices.filter { planned.contains(instance.course($0).id) }
    let taken = Set(members)
    var offered = instance.candidates.indices.filter { candidate in
      guard !taken.contains(candidate), points.contains(instance.course(candidate).primary) else {
        return false
      }
      return switch instance.candidates[candidate].prerequisite {
      case .none: true
      case .candidate(let required): taken.contains(required)
      case .unavailable: false
      }
    }
    if field == .strong, let highest = offered.map({ instance.course($0).level }).max() {
      offered.removeAll { instance.course($0).level != highest }
    }
    var best: (candidate: Int, score: PlanScore)?
    for candidate in offered {
      let score = instance.cheapest(adding: candidate, to: members)
      if best.map({ score.isBetter(than: $0.score) }) ?? true { best = (candidate, score) }
    }
    return best.map { instance.course($0.candidate).id }
  }
}

extension PlanInstance {
  /// The best that comes of adding a candidate, or of exchanging a member that is not locked for it.
  func cheapest(adding candidate: Int, to members: [Int]) -> PlanScore {
    var best = score(of: members + [candidate])
    for member in members where !candidates[member].isLocked {
      let exchanged = score(of: members.map { $0 == member ? candidate : $0 })
      if exchanged.isBetter(than: best) { best = exchanged }
    }
    return best
  }
}

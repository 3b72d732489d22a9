import Courses
import Psychometrics

/// Teachers in a few cohorts, each with one plan in common.
public struct CohortPlans: Hashable, Sendable {
  /// The cohort of each teacher.
  public var cohort: [Int]
  /// The plan of each cohort.
  public var plans: [StudyPlan]
  /// The utility of each teacher's cohort plan for that teacher, summed, in logits.
  public var value: Double
}

/// Forms cohorts by k-plans: a plan for each cohort, each teacher to the plan best for them, and again.
public enum CohortSearch {
  /// Forms cohorts.
  ///
  /// A cohort's plan is made for one belief that stands for all its teachers: on each point the mean of
  /// their means, and the mean of their variances plus the variance of their means. What the plan is
  /// worth is then computed for each teacher exactly.
  ///
  /// - Parameters:
  ///   - problems: one for each teacher, alike but for the beliefs.
  ///   - count: how many cohorts, at least 1; fewer where there are not teachers enough.
  ///   - minimumSize: the fewest teachers of a cohort.
  ///   - seed: the seed of the first cohorts.
  /// - Returns: the best cohorts seen; nil for no teachers.
  public static func plans(
    for problems: [PlanProblem], cohorts count: Int, minimumSize: Int = 5, seed: UInt64
  ) -> CohortPlans? {
    guard let first = problems.first else { return nil }
    let number = max(1, min(count, problems.count / max(minimumSize, 1)))
    var cohort = firstCohorts(problems, number, seed: seed)
    var best: CohortPlans?
    for _ in 0..<8 {
      let plans = (0..<number).map { place in
        let members = problems.indices.filter { cohort[$0] == place }
        return PlanSearch.plan(
          for: common(members.isEmpty ? [first] : members.map { problems[$0] }))
      }
      let worth = problems.map { problem in plans.map { self.value(of: $0, for: problem) } }
      let next = assigned(worth, cohorts: number, minimumSize: minimumSize)
      let total = next.enumerated().reduce(0) { $0 + worth[$1.offset][$1.element] }
      if total > best?.value ?? -.infinity {
        best = CohortPlans(cohort: next, plans: plans, value: total)
      }
      guard next != cohort else { break }
      cohort = next
    }
    return best
  }

  /// The problem of a cohort: beliefs that stand for all its teachers.
  static func common(_ problems: [PlanProblem]) -> PlanProblem {
    guard var common = problems.first else { preconditionFailure("a cohort has teachers") }
    let count = Double(problems.count)
    for place in common.points.indices {
      let points = problems.map { $0.points[place] }
      let mean = points.reduce(0) { $0 + $1.mean } / count
      let within = points.reduce(0) { $0 + $1.standardError * $1.standardError } / count
      let between = points.reduce(0) { $0 + ($1.mean - mean) * ($1.mean - mean) } / count
      common.points[place].mean = mean
      common.points[place].standardError = (within + between).squareRoot()
    }
    return common
  }

  /// What a plan is worth to one teacher.
  static func value(of plan: StudyPlan, for problem: PlanProblem) -> Double {
    var own = problem
    let planned = Set(plan.courses)
    own.courses = problem.courses.filter { planned.contains($0.id) }
    let instance = PlanInstance(own, environment: plan.environment)
    return instance.utility(of: Array(instance.candidates.indices))
  }

  /// Each teacher to the best cohort; cohorts that are too small take those who lose least.
  static func assigned(_ worth: [[Double]], cohorts: Int, minimumSize: Int) -> [Int] {
    var cohort = worth.map { row in
      row.indices.max { (row[$0], $1) < (row[$1], $0) } ?? 0
    }
    func size(_ place: Int) -> Int { cohort.count { $0 == place } }
    for place in 0..<cohorts {
      while size(place) < minimumSize {
        let movable = worth.indices.filter {
          cohort[$0] != place && size(cohort[$0]) > minimumSize
        }
        guard
          let next = movable.min(by: {
            worth[$0][cohort[$0]] - worth[$0][place] < worth[$1][cohort[$1]] - worth[$1][place]
          })
        else { break }
        cohort[next] = place
      }
    }
    return cohort
  }

  /// First cohorts by k-means over the gaps.
  private static func firstCohorts(
    _ problems: [PlanProblem], _ number: Int, seed: UInt64
  ) -> [Int] {
    let gaps = problems.map { $0.points.map { $0.closure.weight * $0.closure.expectedGap } }
    func distance(_ first: [Double], _ second: [Double]) -> Double {
      zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    var generator = SeededGenerator(seed: seed, purpose: "cohorts")
    var centres = [gaps[generator.number(below: gaps.count)]]
    while centres.count < number {
      // The teacher farthest from all centres begins the next cohort.
      let far = gaps.map { gap in centres.map { distance(gap, $0) }.min() ?? 0 }
      centres.append(gaps[far.indices.max { (far[$0], $1) < (far[$1], $0) } ?? 0])
    }
    var cohort = [Int](repeating: 0, count: gaps.count)
    for _ in 0..<20 {
      cohort = gaps.map { gap in
        centres.indices.min { distance(gap, centres[$0]) < distance(gap, centres[$1]) } ?? 0
      }
      for place in centres.indices {
        let members = gaps.indices.filter { cohort[$0] == place }
        guard !members.isEmpty else { continue }
        centres[place] = centres[place].indices.map { point in
          members.reduce(0) { $0 + gaps[$1][point] } / Double(members.count)
        }
      }
    }
    return cohort
  }
}

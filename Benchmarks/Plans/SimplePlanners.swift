import Competency
import Courses
import Recommendation

/// What one would write first: no search.
struct SimplePlanners {
  let problem: PlanProblem
  private let closures: [CompetencyPoint.ID: ExpectedGapClosure]

  init(_ problem: PlanProblem) {
    self.problem = problem
    closures = [CompetencyPoint.ID: ExpectedGapClosure](
      uniqueKeysWithValues: problem.points.map {
        (
          $0.id,
          ExpectedGapClosure(
            mean: $0.mean, standardError: $0.standardError, target: $0.target, weight: $0.weight)
        )
      })
  }

  /// The plan as the planner itself measures it, of the best environment.
  func best(_ choose: ([Course]) -> [Course]) -> StudyPlan? {
    problem.environments.compactMap { environment -> StudyPlan? in
      let inside = Set(problem.points.filter { $0.environment == environment }.map(\.id))
      let courses = problem.courses.filter { $0.gains.keys.contains { inside.contains($0) } }
      let chosen = choose(courses)
      guard !chosen.isEmpty else { return nil }
      var fixed = problem
      fixed.environments = [environment]
      fixed.locked = Set(chosen.map(\.id))
      fixed.excluded = Set(problem.courses.map(\.id)).subtracting(fixed.locked)
      return PlanSearch.plan(for: fixed)
    }
    .min { ($0.violation, -$0.utility) < ($1.violation, -$1.utility) }
  }

  /// The courses whose points have the largest gaps, until the hours are full.
  func topByGap(_ courses: [Course]) -> [Course] {
    let ranked = courses.map { course in
      (course, course.gains.reduce(0) { $0 + $1.value * (closures[$1.key]?.expectedGap ?? 0) })
    }
    .sorted { ($0.1, $0.0.id.rawValue) > ($1.1, $1.0.id.rawValue) }
    var chosen: [Course] = []
    var hours = 0.0
    for (course, _) in ranked where hours < problem.rules.hours.minimum {
      chosen.append(course)
      hours += course.hours
    }
    return chosen
  }

  /// What adds most per hour, time after time, for as long as it fits.
  func greedy(_ courses: [Course]) -> [Course] {
    var chosen: [Course] = []
    var gain: [CompetencyPoint.ID: Double] = [:]
    var hours: [Course.Mode: Double] = [:]
    var rest = courses.map { ($0, effective($0)) }
    let rules = problem.rules
    while true {
      let total = hours.values.reduce(0, +)
      let known = Set(chosen.map(\.id))
      let groups = Set(chosen.compactMap(\.equivalents))
      var best: (place: Int, density: Double)?
      for (place, entry) in rest.enumerated() {
        let course = entry.0
        let other = course.mode == .online ? rules.practice.minimum : rules.online.minimum
        let held = hours[course.mode == .online ? .practice : .online] ?? 0
        // Hours that the other kind still needs are kept free.
        guard
          total + course.hours + max(0, other - held) <= rules.hours.maximum ?? .infinity,
          course.prerequisite.map({ known.contains($0) }) ?? true,
          course.equivalents.map({ !groups.contains($0) }) ?? true
        else { continue }
        let value = entry.1.reduce(0) { sum, effect in
          let before = gain[effect.0] ?? 0
          guard let closure = closures[effect.0] else { return sum }
          return sum + closure.value(ofGain: before + effect.1) - closure.value(ofGain: before)
        }
        let density = value / course.hours
        if density > best?.density ?? -1 { best = (place, density) }
      }
      guard let best else { return chosen }
      if best.density < problem.hourPenalty, total >= rules.hours.minimum { return chosen }
      let (course, effects) = rest.remove(at: best.place)
      chosen.append(course)
      hours[course.mode, default: 0] += course.hours
      for (point, size) in effects { gain[point, default: 0] += size }
    }
  }

  private func effective(_ course: Course) -> [(CompetencyPoint.ID, Double)] {
    course.gains.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { point, gain in
      closures[point].map { closure in
        (
          point,
          gain
            * ExpectedGapClosure.fit(
              ofLocation: problem.levelLocations[course.level], width: problem.levelWidth,
              mean: closure.mean, standardError: closure.standardError)
        )
      }
    }
  }
}

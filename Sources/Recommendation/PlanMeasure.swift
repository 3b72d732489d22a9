import Competency
import Courses

// The exact measures of a set of candidates, from scratch: what is reported is computed here.
extension PlanInstance {
  /// The sum of the gains of a set of candidates on each point, in logits.
  func gains(of members: [Int]) -> [Double] {
    var gains = [Double](repeating: 0, count: closures.count)
    for member in members {
      for (point, gain) in candidates[member].gains { gains[point] += gain }
    }
    return gains
  }

  /// The expected gap closure less the price of the hours.
  func utility(of members: [Int]) -> Double {
    let closed = zip(closures, gains(of: members)).reduce(0) { $0 + $1.0.value(ofGain: $1.1) }
    let hours = members.reduce(0) { $0 + course($1).hours }
    return closed - problem.hourPenalty * hours
  }

  /// The measure by which plans compare.
  func score(of members: [Int]) -> PlanScore {
    PlanScore(
      violation: violations(of: members).reduce(0) { $0 + $1.penalty },
      utility: utility(of: members))
  }

  /// What a set of candidates holds against every rule.
  func balance(of members: [Int]) -> RuleBalance {
    let courses = members.map(course)
    let online = courses.filter { $0.mode == .online }.reduce(0) { $0 + $1.hours }
    let practice = courses.filter { $0.mode == .practice }.reduce(0) { $0 + $1.hours }
    let covered = Set(members.flatMap { candidates[$0].gains.map(\.point) })
      .filter { countedDimension[$0] != nil }
    return RuleBalance(
      hours: online + practice, online: online, practice: practice, points: covered.count,
      dimensions: Set(covered.compactMap { countedDimension[$0] }).count,
      requiredPoints: requiredPoints, requiredDimensions: requiredDimensions,
      video: members.filter(isChosenVideo).reduce(0) { $0 + course($1).hours })
  }

  /// The rules a set of candidates breaks: the programme's in their order, then prerequisites and
  /// doubled courses in the catalogue's.
  func violations(of members: [Int]) -> [RuleViolation] {
    let balance = balance(of: members)
    let rules = problem.rules
    var violations =
      hoursViolations(.hours, balance.hours, rules.hours)
      + hoursViolations(.online, balance.online, rules.online)
      + hoursViolations(.practice, balance.practice, rules.practice)
      + (rules.video.map { hoursViolations(.video, balance.video, $0) } ?? [])
    for (rule, held, required) in [
      (ProgrammeRule.points, balance.points, requiredPoints),
      (.dimensions, balance.dimensions, requiredDimensions),
    ] where held < required {
      violations.append(
        RuleViolation(
          rule: .programme(rule), direction: .short, amount: Double(required - held)))
    }
    let share =
      rules.practiceShare?.missing(hours: balance.hours, practice: balance.practice) ?? 0
    if share > 1e-9 {
      violations.append(
        RuleViolation(rule: .programme(.practiceShare), direction: .short, amount: share))
    }
    return violations + missingPrerequisites(members) + doubledCourses(members)
      + missingCompulsory(members)
      + members.filter { candidates[$0].isForeign }.map {
        RuleViolation(rule: .provider(of: course($0).id), direction: .over, amount: 1)
      }
  }

  private func hoursViolations(
    _ rule: ProgrammeRule, _ hours: Double, _ range: ProgrammeRules.HoursRange
  ) -> [RuleViolation] {
    if hours < range.minimum - 1e-9 {
      return [
        RuleViolation(
          rule: .programme(rule), direction: .short, amount: range.minimum - hours)
      ]
    }
    if let maximum = range.maximum, hours > maximum + 1e-9 {
      return [RuleViolation(rule: .programme(rule), direction: .over, amount: hours - maximum)]
    }
    return []
  }

  private func missingPrerequisites(_ members: [Int]) -> [RuleViolation] {
    let taken = Set(members)
    return members.compactMap { member in
      let missing: Course.ID
      switch candidates[member].prerequisite {
      case .none: return nil
      case .unavailable(let required): missing = required
      case .candidate(let required):
        guard !taken.contains(required) else { return nil }
        missing = course(required).id
      }
      return RuleViolation(
        rule: .prerequisite(of: course(member).id, missing: missing), direction: .short, amount: 1)
    }
  }

  private func missingCompulsory(_ members: [Int]) -> [RuleViolation] {
    guard !problem.rules.compulsory.isEmpty else { return [] }
    let taken = Set(members.map { course($0).id })
    return problem.rules.compulsory.filter { !taken.contains($0) }.map {
      RuleViolation(rule: .compulsory($0), direction: .short, amount: 1)
    }
  }

  private func doubledCourses(_ members: [Int]) -> [RuleViolation] {
    var taken = [Int](repeating: 0, count: groups.count)
    for member in members {
      if let group = candidates[member].group { taken[group] += 1 }
    }
    return taken.indices.filter { taken[$0] > 1 }.map {
      RuleViolation(
        rule: .equivalents(groups[$0]), direction: .over, amount: Double(taken[$0] - 1))
    }
  }
}

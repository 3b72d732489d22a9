import Courses
public import MixedInteger

/// A planning problem of one environment as a mixed-integer programme.
///
/// Exact in its rules. The closures, concave and increasing, are replaced by the lowest envelope of
/// tangents that lie above them (outer approximation; Duran & Grossmann 1986), so the optimum of the
/// programme is an upper bound of every plan's utility, and comes down to the true optimum as tangents
/// are added where its solutions lie.
struct PlanModel {
  /// What is minimised.
  enum Goal {
    /// The price of the hours less the closure: the negative utility.
    case utility
    /// The broken rules.
    case violation
  }

  let instance: PlanInstance
  private(set) var program = MixedIntegerProgram()
  private let taken: [Int]
  private var gains: [Int?] = []
  private var closed: [Int?] = []
  private var penalties: [MixedIntegerProgram.Term] = []
  private let isRelaxed: Bool

  /// Sets up a model.
  ///
  /// - Parameters:
  ///   - instance: the problem.
  ///   - goal: what is minimised.
  ///   - limit: the most that rules may be broken; 0 sets all rules hard.
  ///   - tolerance: how far the tangents may lie above a closure, in logits.
  init(_ instance: PlanInstance, goal: Goal, violationAtMost limit: Double?, tolerance: Double) {
    self.instance = instance
    isRelaxed = limit != 0
    let price = goal == .utility ? instance.problem.hourPenalty : 0
    var program = MixedIntegerProgram()
    taken = instance.candidates.indices.map { candidate in
      program.addBinary("x\(candidate)", cost: price * instance.course(candidate).hours)
    }
    self.program = program
    if goal == .utility { addClosures(tolerance: tolerance) }
    addHours()
    addCoverage()
    addOrder()
    if goal == .violation {
      for term in penalties { self.program.setCost(term.coefficient, of: term.variable) }
    } else if let limit, limit > 0 {
      self.program.addRow(penalties, .atMost, limit)
    }
  }

  /// The candidates that a solution takes.
  func members(of values: [Double]) -> [Int] { taken.indices.filter { values[taken[$0]] > 0.5 } }

  /// Adds the tangents at the gains of a solution; false when none of them is new.
  mutating func refine(at members: [Int]) -> Bool {
    let sums = instance.gains(of: members)
    var isNew = false
    for (point, sum) in sums.enumerated() {
      guard let gain = gains[point], let value = closed[point], sum > 0 else { continue }
      let tangent = TangentCuts(closure: instance.closures[point], reach: sum).tangent(at: sum)
      program.addRow(
        [.init(value, 1), .init(gain, -tangent.slope)], .atMost, tangent.intercept)
      isNew = true
    }
    return isNew
  }

  private mutating func addClosures(tolerance: Double) {
    var terms = [[MixedIntegerProgram.Term]](repeating: [], count: instance.closures.count)
    for (candidate, content) in instance.candidates.enumerated() {
      for (point, gain) in content.gains where gain > 0 {
        terms[point].append(.init(taken[candidate], gain))
      }
    }
    for (point, closure) in instance.closures.enumerated() {
      guard closure.weight > 0, !terms[point].isEmpty else {
        gains.append(nil)
        closed.append(nil)
        continue
      }
      let reach = terms[point].reduce(0) { $0 + $1.coefficient }
      let gain = program.addReal("g\(point)", to: reach)
      let value = program.addReal("y\(point)", cost: -1)
      program.addRow(terms[point] + [.init(gain, -1)], .equal, 0)
      for tangent in TangentCuts(closure: closure, reach: reach).tangents(within: tolerance) {
        program.addRow(
          [.init(value, 1), .init(gain, -tangent.slope)], .atMost, tangent.intercept)
      }
      gains.append(gain)
      closed.append(value)
    }
  }

  /// A variable for how far a rule is broken; none when all rules are hard.
  private mutating func slack(weight: Double) -> [MixedIntegerProgram.Term] {
    guard isRelaxed else { return [] }
    let variable = program.addReal("s\(penalties.count)")
    penalties.append(.init(variable, weight))
    return [.init(variable, 1)]
  }

  /// The same, for rules that are broken by too much.
  private mutating func excess(weight: Double) -> [MixedIntegerProgram.Term] {
    slack(weight: weight).map { .init($0.variable, -1) }
  }

  private func sum(
    _ size: (Int) -> Double
  ) -> [MixedIntegerProgram.Term] {
    taken.indices.map { .init(taken[$0], size($0)) }
  }

  private mutating func addRange(
    _ range: ProgrammeRules.HoursRange, over terms: [MixedIntegerProgram.Term]
  ) {
    if range.minimum > 0 {
      program.addRow(terms + slack(weight: 1), .atLeast, range.minimum)
    }
    if let maximum = range.maximum {
      program.addRow(terms + excess(weight: 1), .atMost, maximum)
    }
  }

  private mutating func addHours() {
    let rules = instance.problem.rules
    let instance = instance
    func hours(_ candidate: Int) -> Double { instance.course(candidate).hours }
    func isOnline(_ candidate: Int) -> Bool { instance.course(candidate).mode == .online }
    addRange(rules.hours, over: sum(hours))
    addRange(rules.online, over: sum { isOnline($0) ? hours($0) : 0 })
    addRange(rules.practice, over: sum { isOnline($0) ? 0 : hours($0) })
    if let video = rules.video {
      addRange(video, over: sum { instance.isChosenVideo($0) ? hours($0) : 0 })
    }
    if let share = rules.practiceShare {
      let terms = sum { (isOnline($0) ? 0 : hours($0)) - share.minimum * hours($0) }
      program.addRow(
        terms + slack(weight: 1), .atLeast,
        share.minimum * share.earnedHours - share.earnedPractice)
    }
    // A plan holds something.
    program.addRow(sum { _ in 1 }, .atLeast, 1)
  }

  private mutating func addCoverage() {
    var covering: [Int: [Int]] = [:]
    for (candidate, content) in instance.candidates.enumerated() {
      for (point, _) in content.gains where instance.countedDimension[point] != nil {
        covering[point, default: []].append(taken[candidate])
      }
    }
    guard instance.requiredPoints > 0 || instance.requiredDimensions > 0 else { return }
    var points: [MixedIntegerProgram.Term] = []
    var byDimension: [Int: [MixedIntegerProgram.Term]] = [:]
    for (point, courses) in covering.sorted(by: { $0.key < $1.key }) {
      let covered = program.addReal("u\(point)", to: 1)
      program.addRow(
        [.init(covered, 1)] + courses.map { .init($0, -1) }, .atMost, 0)
      points.append(.init(covered, 1))
      if let dimension = instance.countedDimension[point] {
        byDimension[dimension, default: []].append(.init(covered, -1))
      }
    }
    let weight = PlanScore.coverageWeight
    program.addRow(
      points + slack(weight: weight), .atLeast, Double(instance.requiredPoints))
    var dimensions: [MixedIntegerProgram.Term] = []
    for (dimension, terms) in byDimension.sorted(by: { $0.key < $1.key }) {
      let covered = program.addReal("v\(dimension)", to: 1)
      program.addRow([.init(covered, 1)] + terms, .atMost, 0)
      dimensions.append(.init(covered, 1))
    }
    program.addRow(
      dimensions + slack(weight: weight), .atLeast, Double(instance.requiredDimensions))
  }

  private mutating func addOrder() {
    let weight = PlanScore.orderWeight
    var groups = [[MixedIntegerProgram.Term]](repeating: [], count: instance.groups.count)
    for (candidate, content) in instance.candidates.enumerated() {
      let variable = taken[candidate]
      if content.isLocked { program.addRow([.init(variable, 1)], .equal, 1) }
      if let group = content.group { groups[group].append(.init(variable, 1)) }
      switch content.prerequisite {
      case .none: break
      case .candidate(let required):
        let over = excess(weight: weight)
        program.addRow([.init(variable, 1), .init(taken[required], -1)] + over, .atMost, 0)
      case .unavailable:
        let over = excess(weight: weight)
        program.addRow([.init(variable, 1)] + over, .atMost, 0)
      }
      if content.isForeign {
        let over = excess(weight: weight)
        program.addRow([.init(variable, 1)] + over, .atMost, 0)
      }
    }
    for terms in groups where terms.count > 1 {
      let over = excess(weight: weight)
      program.addRow(terms + over, .atMost, 1)
    }
    addMissingCompulsory(weight: weight)
  }

  /// A compulsory course that cannot be taken is missing in every plan.
  private mutating func addMissingCompulsory(weight: Double) {
    let present = instance.candidates.count { $0.isCompulsory }
    let lost = instance.problem.rules.compulsory.count - present
    guard lost > 0 else { return }
    program.addRow(slack(weight: weight), .atLeast, Double(lost))
  }
}

extension PlanProblem {
  /// The problem of a plan's environment as a mixed-integer programme whose least cost is the negative
  /// of the greatest utility.
  ///
  /// Its closures are tangents no more than 2e-4 of a logit above the true ones at each point. Rules
  /// that the plan breaks may be broken as far, all together.
  public func program(of plan: StudyPlan) -> MixedIntegerProgram {
    let instance = PlanInstance(self, environment: plan.environment)
    return PlanModel(
      instance, goal: .utility, violationAtMost: plan.violation > 1e-9 ? plan.violation + 1e-7 : 0,
      tolerance: 2e-4
    ).program
  }
}

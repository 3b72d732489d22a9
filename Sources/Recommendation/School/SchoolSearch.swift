import Courses
import Psychometrics

/// Designs a school's own training: workshops that close the most expected gap of all teachers within
/// the school's hours.
public enum SchoolSearch {
  /// How much work a search may be, in sets of workshops valued; about a tenth of a microsecond each.
  static let limit = 3_000_000
  /// How often the best design is shaken.
  static let kicks = 30
  /// How many exchanges are tried in full at a time: those that promise most.
  static let tries = 10

  /// The best plan found.
  ///
  /// Workshops are added by what they bring per hour, with seats given to who gains most; then
  /// workshops are exchanged one for one for as long as that helps, from several beginnings, and seats
  /// are handed on in the best plan. The work is bounded by a count: the same problem gives the same
  /// plan on every machine.
  ///
  /// - Parameters:
  ///   - problem: the school's problem.
  ///   - start: workshops to begin with, such as those of a smaller budget.
  /// - Returns: the plan; without workshops where none is worth holding.
  public static func plan(for problem: SchoolProblem, from start: [Int] = []) -> SchoolPlan {
    Self.plan(for: problem, from: start, kicks: kicks)
  }

  /// The best plan found when the design is shaken so often.
  static func plan(
    for problem: SchoolProblem, from start: [Int] = [], kicks: Int
  ) -> SchoolPlan {
    var climb = SchoolClimb(problem)
    return climb.run(from: start, kicks: kicks)
  }

  /// What more hours bring, from the fewest to the most.
  ///
  /// Each step begins with the workshops of the step before, so that more hours never close less.
  ///
  /// - Parameters:
  ///   - problem: the school's problem; its own limit of hours is not used.
  ///   - budgets: the hours of all workshops, ascending.
  /// - Returns: one step for each budget.
  public static func curve(for problem: SchoolProblem, budgets: [Double]) -> [SchoolBudgetStep] {
    var steps: [SchoolBudgetStep] = []
    // How many the last step that says so covers: nothing covers nobody.
    var shown = 0
    for hours in budgets {
      var limited = problem
      limited.limits.hours = hours
      var plan = plan(for: limited, from: steps.last?.plan.workshops ?? [])
      if let last = steps.last?.plan, last.value > plan.value { plan = last }
      var report = plan.report(for: problem)
      var more: Int?
      if let covered = report.covered {
        // Two numbers that are shown must not tell of fewer by their difference.
        if SchoolPlan.isShown(abs(covered - shown), problem) {
          more = covered >= shown ? covered - shown : nil
          shown = covered
        } else {
          report.covered = nil
        }
      }
      steps.append(
        SchoolBudgetStep(hours: hours, plan: plan, report: report, moreCovered: more))
    }
    return steps
  }
}

/// The climb from one set of workshops to a better one.
struct SchoolClimb: ~Copyable {
  private let problem: SchoolProblem
  private var seats: SchoolSeats
  private var generator: SeededGenerator
  /// The workshops worth looking at: those that alone bring most.
  private let pool: [Int]

  init(_ problem: SchoolProblem) {
    self.problem = problem
    seats = SchoolSeats(problem)
    generator = SeededGenerator(seed: problem.seed, purpose: "school plan")
    let alone = seats.alone
    let worth = problem.workshops.indices.map { workshop in
      let values = alone.map { $0[workshop] }.filter { $0 > 0 }.sorted(by: >)
      return values.prefix(problem.workshops[workshop].capacity).reduce(0, +)
    }
    pool = problem.workshops.indices.filter { worth[$0] > 0 }
      .sorted { (worth[$0], $1) > (worth[$1], $0) }
  }

  mutating func run(from start: [Int], kicks limit: Int) -> SchoolPlan {
    var best = improved(seats.seated(grown(start.filter { pool.contains($0) })))
    var present = best
    guard !pool.isEmpty else { return best }
    var kicks = 0
    while seats.judged < SchoolSearch.limit, kicks < limit {
      kicks += 1
      var held = present.workshops
      for _ in 0..<min(2, held.count) { held.remove(at: generator.number(below: held.count)) }
      // One at random, so that the same hole is not filled the same way.
      let other = pool[generator.number(below: pool.count)]
      if !held.contains(other), fits(held + [other]) { held.append(other) }
      let plan = improved(seats.seated(grown(held)))
      if plan.value > best.value + 1e-9 { best = plan }
      present = best
    }
    return best
  }

  private func fits(_ held: [Int]) -> Bool {
    held.count <= problem.limits.workshops
      && held.reduce(0) { $0 + problem.workshops[$1].course.hours } <= problem.limits.hours + 1e-9
  }

  /// Adds workshops by what they promise per hour for as long as there is room.
  private mutating func grown(_ start: [Int]) -> [Int] {
    var held = start
    while true {
      let plan = seats.seated(held)
      var best: (workshop: Int, density: Double)?
      let promises = seats.promises(of: open(beside: held), beside: plan)
      for (place, workshop) in promises.workshops.enumerated() {
        let hours = problem.workshops[workshop].course.hours
        guard promises.bound(at: place) / hours > best?.density ?? 1e-12 else { continue }
        let density = promises.promise(at: place) / hours
        if density > best?.density ?? 1e-12 { best = (workshop, density) }
      }
      guard let best, seats.seated(held + [best.workshop]).value > plan.value + 1e-9 else {
        return held
      }
      held.append(best.workshop)
    }
  }

  /// Exchanges workshops one for one for as long as that helps; then hands seats on.
  private mutating func improved(_ plan: SchoolPlan) -> SchoolPlan {
    var plan = plan
    while seats.judged < SchoolSearch.limit {
      var best = plan
      for held in promising(plan) {
        let tried = seats.seated(held)
        if tried.value > best.value + 1e-9 { best = tried }
      }
      guard best.value > plan.value + 1e-9 else { break }
      plan = seats.seated(grown(best.workshops))
      if plan.value < best.value { plan = best }
    }
    return seats.polished(plan)
  }

  /// The workshops that there is room for beside others.
  private func open(beside held: [Int]) -> [Int] {
    pool.filter { !held.contains($0) && fits(held + [$0]) }
  }

  /// The exchanges of one workshop for another that promise most, the best first.
  private mutating func promising(_ plan: SchoolPlan) -> [[Int]] {
    var found: [(held: [Int], promise: Double)] = []
    for out in plan.workshops {
      let rest = plan.workshops.filter { $0 != out }
      let without = seats.seated(rest)
      let promises = seats.promises(
        of: open(beside: rest).filter { $0 != out }, beside: without)
      for (place, workshop) in promises.workshops.enumerated() {
        let least =
          found.count < SchoolSearch.tries ? -Double.infinity : found[found.count - 1].promise
        guard without.value + promises.bound(at: place) > least else { continue }
        let promise = without.value + promises.promise(at: place)
        guard promise > least else { continue }
        let rank = found.firstIndex { $0.promise < promise } ?? found.count
        found.insert((rest + [workshop], promise), at: rank)
        if found.count > SchoolSearch.tries { found.removeLast() }
      }
    }
    return found.map(\.held)
  }
}

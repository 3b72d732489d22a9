import Competency
import Courses
import MixedInteger
import Psychometrics
@testable import Recommendation
import Testing

struct SchoolSearchTests {
  private func problem(
    _ seed: UInt64, teachers: Int = 8, workshops: Int = 6, held: Int = 2, capacity: Int = 6
  ) -> SchoolProblem {
    var generator = SeededGenerator(seed: seed)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    let people = (0..<teachers).map { place in
      SchoolProblem.Teacher(
        points: (0..<5).map { point in
          PlanPoint(
            id: CompetencyPoint.ID(rawValue: "p\(point)"),
            dimension: Dimension.ID(rawValue: "d"), environment: Environment.ID(rawValue: "A"),
            mean: 2 * uniform() - 1.2, standardError: 0.3 + 0.3 * uniform(), target: 0.4, weight: 1)
        }, group: place.isMultiple(of: 2) ? "语文" : "数学")
    }
    let offered = (0..<workshops).map { place in
      let gains = [place % 5: 0.3 + 0.4 * uniform(), (place + 2) % 5: 0.2 * uniform() + 0.01]
      let id = "w\(place)"
      return SchoolProblem.Workshop(
        course: Course(
          id: Course.ID(rawValue: id), title: LocalizedName(chinese: id, english: id),
          provider: Provider.ID(rawValue: "s"), form: .workshop, mode: .practice,
          hours: Double(2 + place % 3), level: place % 3,
          gains: Dictionary(
            uniqueKeysWithValues: gains.map { (CompetencyPoint.ID(rawValue: "p\($0)"), $1) }),
          primary: CompetencyPoint.ID(rawValue: "p\(place % 5)")),
        capacity: capacity, groups: place == 1 ? ["语文"] : nil)
    }
    return SchoolProblem(
      teachers: people, workshops: offered,
      limits: .init(workshops: held, hoursPerTeacher: 6, minimumAttendance: 5),
      levelLocations: [-0.6, 0.2, 1], levelWidth: 0.9, hourPenalty: 0.002, seed: seed)
  }

  /// The best over all sets of workshops and all seats, by looking at each: who takes one workshop
  /// more is decided teacher by teacher under what seats are left.
  private func best(_ problem: SchoolProblem) -> Double {
    var seats = SchoolSeats(problem)
    var best = 0.0
    for set in 1..<(1 << problem.workshops.count) {
      let held = problem.workshops.indices.filter { set >> $0 & 1 == 1 }
      guard held.count <= problem.limits.workshops else { continue }
      let options = problem.teachers.indices.map { teacher in
        (0..<(1 << held.count)).compactMap { chosen -> (Int, Double)? in
          let own = held.indices.filter { chosen >> $0 & 1 == 1 }.map { held[$0] }
          let hours = own.reduce(0) { $0 + problem.workshops[$1].course.hours }
          guard hours <= problem.limits.hoursPerTeacher,
            own.allSatisfy({
              problem.workshops[$0].groups?.contains(problem.teachers[teacher].group) ?? true
            })
          else { return nil }
          return (chosen, seats.value(of: own, for: teacher))
        }
      }
      best = max(best, seated(held, options, problem))
    }
    return best
  }

  /// Dynamic programming over teachers; the state is how many sit in each workshop.
  private func seated(
    _ held: [Int], _ options: [[(Int, Double)]], _ problem: SchoolProblem
  ) -> Double {
    var states: [[Int]: Double] = [[Int](repeating: 0, count: held.count): 0]
    for own in options {
      var next: [[Int]: Double] = [:]
      for (counts, value) in states {
        for (chosen, worth) in own {
          let counts = held.indices.map { counts[$0] + (chosen >> $0 & 1) }
          guard held.indices.allSatisfy({ counts[$0] <= problem.workshops[held[$0]].capacity })
          else { continue }
          next[counts] = max(next[counts] ?? -.infinity, value + worth)
        }
      }
      states = next
    }
    return states.filter { $0.key.allSatisfy { $0 >= problem.limits.minimumAttendance } }
      .values.max() ?? 0
  }

  @Test(arguments: 1...6)
  func `on a small school the best of all designs is found, or all but nothing is lost`(
    seed: UInt64
  ) {
    let problem = problem(seed)
    let found = SchoolSearch.plan(for: problem)
    let best = best(problem)
    #expect(found.value <= best + 1e-6)
    #expect(found.value >= 0.98 * best)
  }

  @Test(arguments: 1...4)
  func `seats, hours, groups and the least attendance are kept`(seed: UInt64) {
    let problem = problem(seed, teachers: 24, workshops: 12, held: 4, capacity: 9)
    let plan = SchoolSearch.plan(for: problem)
    #expect(!plan.workshops.isEmpty && plan.workshops.count <= 4)
    for workshop in plan.workshops {
      #expect((5...9).contains(plan.attendance(of: workshop)))
    }
    for (teacher, own) in zip(problem.teachers, plan.assignments) {
      #expect(own.reduce(0) { $0 + problem.workshops[$1].course.hours } <= 6)
      #expect(own.allSatisfy { plan.workshops.contains($0) })
      #expect(
        own.allSatisfy { problem.workshops[$0].groups?.contains(teacher.group) ?? true })
    }
    #expect(SchoolSearch.plan(for: problem) == plan)
  }

  @Test func `more hours never close less, and the curve says whom they reach`() {
    let problem = problem(2, teachers: 24, workshops: 10, held: 8, capacity: 12)
    let curve = SchoolSearch.curve(for: problem, budgets: [0, 2, 4, 6, 8, 12])
    #expect(curve.first?.plan.workshops.isEmpty == true)
    for (before, after) in zip(curve, curve.dropFirst()) {
      #expect(after.plan.value >= before.plan.value - 1e-9)
      #expect(after.report.hours <= after.hours)
    }
    #expect((curve.last?.plan.value ?? 0) > 0)
  }

  @Test(arguments: 1...8)
  func `no number of people from one to four is shown`(seed: UInt64) {
    let problem = problem(seed, teachers: Int(5 + seed), workshops: 6, held: 3, capacity: 20)
    let report = SchoolSearch.plan(for: problem).report(for: problem)
    let numbers =
      report.workshops.map(\.attendance)
      + [report.covered, report.inNeed].compactMap(\.self)
    #expect(numbers.allSatisfy { $0 == 0 || $0 >= 5 })
    if let covered = report.covered, let inNeed = report.inNeed {
      #expect(inNeed - covered == 0 || inNeed - covered >= 5)
    }
    for step in SchoolSearch.curve(for: problem, budgets: [2, 4, 6]) {
      let more = step.moreCovered ?? 0
      #expect(more == 0 || more >= 5)
    }
  }

  @Test func `a school of four gets no workshop, and no error`() {
    let problem = problem(1, teachers: 4)
    let plan = SchoolSearch.plan(for: problem)
    #expect(plan.workshops.isEmpty && plan.value == 0)
    #expect(plan.assignments.allSatisfy { $0.isEmpty })
  }

  @Test(arguments: 1...4)
  func `the integer programme allows the plan and never undervalues it`(seed: UInt64) {
    let problem = problem(seed)
    let plan = SchoolSearch.plan(for: problem)
    let program = problem.program(tolerance: 1e-3)
    var values = [Double](repeating: 0, count: program.variables.count)
    for (place, variable) in program.variables.enumerated() where variable.isBinary {
      let numbers = variable.name.dropFirst().split(separator: "_").compactMap { Int($0) }
      values[place] =
        numbers.count == 1
        ? (plan.workshops.contains(numbers[0]) ? 1 : 0)
        : (plan.assignments[numbers[0]].contains(numbers[1]) ? 1 : 0)
    }
    for (place, variable) in program.variables.enumerated() where !variable.isBinary {
      values[place] =
        program.rows.filter { $0.terms.first?.variable == place }.map { row in
          row.bound
            - row.terms.dropFirst().reduce(0) { $0 + $1.coefficient * values[$1.variable] }
        }.min() ?? 0
    }
    #expect(program.allows(values))
    let worth = -program.cost(of: values)
    #expect(worth >= plan.value - 1e-6 && worth <= plan.value + 1e-3 * 40)
    #expect(abs(problem.plan(of: values).value - plan.value) < 1e-6)
  }
}

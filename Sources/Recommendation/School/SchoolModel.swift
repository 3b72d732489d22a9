import Courses
public import MixedInteger

extension SchoolProblem {
  /// The problem as a mixed-integer programme whose least cost is the negative of the greatest value.
  ///
  /// Closures are replaced by tangents above them, so the negative of its bound is an upper bound of
  /// every plan's value.
  ///
  /// - Parameter tolerance: how far the tangents may lie above a closure, in logits.
  /// - Returns: the programme, its variables named `w` (workshops), `z` (seats) and `y` (closures).
  public func program(tolerance: Double) -> MixedIntegerProgram {
    var model = SchoolModel(self)
    model.build(tolerance: tolerance)
    return model.program
  }

  /// The plan that a solution of ``program(tolerance:)`` stands for.
  public func plan(of values: [Double]) -> SchoolPlan {
    var model = SchoolModel(self)
    model.build(tolerance: 1)
    return model.plan(of: values)
  }
}

/// Sets up the programme: first the workshops, then the seats.
private struct SchoolModel {
  let problem: SchoolProblem
  private(set) var program = MixedIntegerProgram()
  private var held: [Int] = []
  private var seat: [[Int?]] = []
  private let effects: [[[SchoolSeats.Effect]?]]

  init(_ problem: SchoolProblem) {
    self.problem = problem
    effects = SchoolSeats(problem).effects
  }

  mutating func build(tolerance: Double) {
    held = problem.workshops.indices.map { program.addBinary("w\($0)") }
    seat = problem.teachers.indices.map { teacher in
      problem.workshops.indices.map { workshop in
        guard effects[teacher][workshop]?.isEmpty == false else { return nil }
        return program.addBinary(
          "z\(teacher)_\(workshop)",
          cost: problem.hourPenalty * problem.workshops[workshop].course.hours)
      }
    }
    addRoom()
    for teacher in problem.teachers.indices { addTeacher(teacher, tolerance: tolerance) }
  }

  func plan(of values: [Double]) -> SchoolPlan {
    let workshops = held.indices.filter { values[held[$0]] > 0.5 }
    let assignments = seat.map { row in
      row.indices.filter { row[$0].map { values[$0] > 0.5 } ?? false }
    }
    var seats = SchoolSeats(problem)
    var value = 0.0
    for (teacher, own) in assignments.enumerated() {
      value += seats.value(of: own, for: teacher)
    }
    return SchoolPlan(workshops: workshops, assignments: assignments, value: value)
  }

  private mutating func addRoom() {
    let limits = problem.limits
    if limits.workshops < held.count {
      program.addRow(held.map { .init($0, 1) }, .atMost, Double(limits.workshops))
    }
    if limits.hours.isFinite {
      program.addRow(
        held.indices.map { .init(held[$0], problem.workshops[$0].course.hours) }, .atMost,
        limits.hours)
    }
    for workshop in held.indices {
      let seats = seat.compactMap { $0[workshop] }
      let sum = seats.map { MixedIntegerProgram.Term($0, 1) }
      let capacity = Double(problem.workshops[workshop].capacity)
      program.addRow(sum + [.init(held[workshop], -capacity)], .atMost, 0)
      program.addRow(
        sum + [.init(held[workshop], -Double(limits.minimumAttendance))], .atLeast, 0)
      for variable in seats {
        program.addRow([.init(variable, 1), .init(held[workshop], -1)], .atMost, 0)
      }
    }
  }

  private mutating func addTeacher(_ teacher: Int, tolerance: Double) {
    let row = seat[teacher]
    program.addRow(
      row.indices.compactMap { workshop in
        row[workshop].map { .init($0, problem.workshops[workshop].course.hours) }
      }, .atMost, problem.limits.hoursPerTeacher)
    for (place, point) in problem.teachers[teacher].points.enumerated() where point.weight > 0 {
      let terms = row.indices.flatMap { workshop -> [MixedIntegerProgram.Term] in
        guard let variable = row[workshop] else { return [] }
        return (effects[teacher][workshop] ?? []).filter { $0.point == place }
          .map { .init(variable, $0.gain) }
      }
      guard !terms.isEmpty else { continue }
      // More than the hours of a teacher can hold does not come together.
      let reach = min(terms.reduce(0) { $0 + $1.coefficient }, 4)
      let value = program.addReal("y\(teacher)_\(place)", cost: -1)
      let cuts = TangentCuts(closure: point.closure, reach: reach)
      for tangent in cuts.tangents(within: tolerance) {
        program.addRow(
          [.init(value, 1)]
            + terms.map { .init($0.variable, -tangent.slope * $0.coefficient) }, .atMost,
          tangent.intercept)
      }
    }
  }
}

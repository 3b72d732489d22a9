import Courses
import Psychometrics

/// A school's problem in numbers, and who takes which seat.
struct SchoolSeats: ~Copyable {
  /// What a workshop does for a teacher: places of points and gains above 0.
  struct Effect {
    var point: Int
    var gain: Double
  }

  let problem: SchoolProblem
  /// Each teacher's effects of each workshop; nil where the teacher is not of its groups.
  let effects: [[[Effect]?]]
  /// The value of one workshop alone for one teacher, less its hours; below 0 where none.
  let alone: [[Double]]
  private let tables: GapTable
  private let points: Int
  private let hours: [Double]
  // The effects again, one after the other: what the search reads.
  private var start: [Int] = [0]
  private var effectPoint: [Int] = []
  private var effectGain: [Double] = []
  // Of one teacher: the gain on each point and what it closes, and the points that have any.
  private var sum: [Double]
  private var closed: [Double]
  private var touched: [Int] = []
  /// How many sets were valued: the measure of work.
  private(set) var judged = 0

  init(_ problem: SchoolProblem) {
    self.problem = problem
    points = problem.teachers.first?.points.count ?? 0
    hours = problem.workshops.map(\.course.hours)
    sum = [Double](repeating: 0, count: points)
    closed = sum
    tables = GapTable(problem.teachers.flatMap { $0.points.map(\.closure) })
    let effects = problem.teachers.map { teacher in
      problem.workshops.map { Self.effects(of: $0, for: teacher, in: problem) }
    }
    self.effects = effects
    alone = problem.teachers.indices.map { teacher in
      problem.workshops.indices.map { workshop in
        guard let own = effects[teacher][workshop] else { return -1 }
        let closed = own.reduce(0) { sum, effect in
          sum + problem.teachers[teacher].points[effect.point].closure.value(ofGain: effect.gain)
        }
        return closed - problem.hourPenalty * problem.workshops[workshop].course.hours
      }
    }
    for own in effects.joined() {
      effectPoint += (own ?? []).map(\.point)
      effectGain += (own ?? []).map(\.gain)
      start.append(effectPoint.count)
    }
  }

  private static func effects(
    of workshop: SchoolProblem.Workshop, for teacher: SchoolProblem.Teacher,
    in problem: SchoolProblem
  ) -> [Effect]? {
    guard workshop.groups?.contains(teacher.group) ?? true else { return nil }
    let course = workshop.course
    return teacher.points.enumerated().compactMap { place, point in
      guard point.weight > 0, let gain = course.gains[point.id] else { return nil }
      let fit = ExpectedGapClosure.fit(
        ofLocation: problem.levelLocations[course.level], width: problem.levelWidth,
        mean: point.mean, standardError: point.standardError)
      return Effect(point: place, gain: gain * fit)
    }
  }

  /// The value of a set of workshops for a teacher, in logits; exact enough for the search.
  mutating func value(of workshops: [Int], for teacher: Int) -> Double {
    judged += 1
    var value = 0.0
    for workshop in workshops { value -= take(workshop, for: teacher) }
    for point in touched {
      value += tables.value(point: teacher * points + point, gain: sum[point])
    }
    clear()
    return value
  }

  /// Adds the gains of a workshop to a teacher's; what its hours cost.
  private mutating func take(_ workshop: Int, for teacher: Int) -> Double {
    let row = teacher * hours.count + workshop
    for place in start[row]..<start[row + 1] {
      let point = effectPoint[place]
      if sum[point] == 0 { touched.append(point) }
      sum[point] += effectGain[place]
    }
    return problem.hourPenalty * hours[workshop]
  }

  private mutating func clear() {
    for point in touched {
      sum[point] = 0
      closed[point] = 0
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// Seats a teacher in a set of workshops, so that one more beside them is quickly valued.
  private mutating func seat(_ teacher: Int, in workshops: [Int]) {
    clear()
    for workshop in workshops { _ = take(workshop, for: teacher) }
    for point in touched {
      closed[point] = tables.value(point: teacher * points + point, gain: sum[point])
    }
  }

  /// What one workshop more would add for the teacher who was seated last.
  private mutating func added(by workshop: Int, for teacher: Int) -> Double {
    judged += 1
    var value = -problem.hourPenalty * hours[workshop]
    let row = teacher * hours.count + workshop
    for place in start[row]..<start[row + 1] {
      let point = effectPoint[place]
      value +=
        tables.value(point: teacher * points + point, gain: sum[point] + effectGain[place])
        - closed[point]
    }
    return value
  }

  /// What each of some workshops would add for each teacher, given where everybody sits.
  ///
  /// Who has no hours left counts half: another workshop would have to go.
  mutating func promises(of workshops: [Int], beside plan: SchoolPlan) -> SeatPromises {
    var promises = SeatPromises(
      workshops: workshops, capacity: workshops.map { problem.workshops[$0].capacity })
    for (teacher, own) in plan.assignments.enumerated() {
      seat(teacher, in: own)
      let left = problem.limits.hoursPerTeacher + 1e-9 - own.reduce(0) { $0 + hours[$1] }
      let alone = alone[teacher]
      for (place, workshop) in workshops.enumerated() where alone[workshop] > 0 {
        let gain = added(by: workshop, for: teacher)
        if gain > 0 { promises.add(hours[workshop] <= left ? gain : gain / 2, at: place) }
      }
    }
    clear()
    return promises
  }

  /// Seats for a set of workshops: who gains most takes a seat first, time after time.
  ///
  /// Workshops that too few take are not held.
  mutating func seated(_ held: [Int]) -> SchoolPlan {
    var held = held
    while true {
      let plan = filled(held)
      let kept = held.filter { plan.attendance(of: $0) >= problem.limits.minimumAttendance }
      if kept.count == held.count { return plan }
      // The emptiest goes first: those who leave it may fill another.
      guard
        let emptiest = held.min(by: { plan.attendance(of: $0) < plan.attendance(of: $1) })
      else { return plan }
      held.removeAll { $0 == emptiest }
    }
  }

  private mutating func filled(_ held: [Int]) -> SchoolPlan {
    let count = problem.teachers.count
    var own = [[Int]](repeating: [], count: count)
    var left = [Double](repeating: problem.limits.hoursPerTeacher, count: count)
    var values = [Double](repeating: 0, count: count)
    var seats = held.map { problem.workshops[$0].capacity }
    // What each seat would add, kept up to date for the teacher who changed.
    var added = (0..<count).map { teacher in held.map { alone[teacher][$0] } }
    var next = (0..<count).map { Self.best(added[$0], held, hours, seats, left[$0]) }
    while let teacher = next.indices.max(by: { (next[$0].1, $1) < (next[$1].1, $0) }),
      next[teacher].1 > 0
    {
      let place = next[teacher].0
      own[teacher].append(held[place])
      left[teacher] -= hours[held[place]]
      values[teacher] += added[teacher][place]
      seats[place] -= 1
      seat(teacher, in: own[teacher])
      for other in held.indices {
        let isOut = own[teacher].contains(held[other]) || alone[teacher][held[other]] <= 0
        added[teacher][other] = isOut ? -1 : self.added(by: held[other], for: teacher)
      }
      next[teacher] = Self.best(added[teacher], held, hours, seats, left[teacher])
      guard seats[place] == 0 else { continue }
      for other in next.indices where next[other].0 == place {
        next[other] = Self.best(added[other], held, hours, seats, left[other])
      }
    }
    clear()
    return SchoolPlan(
      workshops: held.sorted(), assignments: own.map { $0.sorted() },
      value: values.reduce(0, +))
  }

  /// The free seat that adds most per hour to one teacher; 0 where none adds anything.
  private static func best(
    _ added: [Double], _ held: [Int], _ hours: [Double], _ seats: [Int], _ left: Double
  ) -> (Int, Double) {
    var best = (-1, 0.0)
    for place in held.indices where seats[place] > 0 && added[place] > 1e-9 {
      let length = hours[held[place]]
      guard length <= left + 1e-9 else { continue }
      let density = added[place] / length
      if density > best.1 { best = (place, density) }
    }
    return best
  }
}

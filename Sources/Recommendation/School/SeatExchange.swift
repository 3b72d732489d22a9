import Courses

extension SchoolSeats {
  /// Improves who sits where, workshops unchanged: each teacher's best set within the free seats, and
  /// seats handed from who needs them less to who needs them more.
  mutating func polished(_ plan: SchoolPlan) -> SchoolPlan {
    // Beyond so many workshops there are too many sets to look at.
    guard plan.workshops.count <= 10, !plan.workshops.isEmpty else { return plan }
    var table = SeatTable(plan, seats: &self)
    while table.improve() {}
    return table.plan
  }
}

/// The value of every set of the workshops held, for every teacher.
private struct SeatTable {
  private let held: [Int]
  private let capacity: [Int]
  private let minimum: Int
  /// By teacher and set: −∞ for a set that the teacher cannot take.
  private let values: [[Double]]
  private var sets: [Int]

  init(_ plan: SchoolPlan, seats: inout SchoolSeats) {
    let held = plan.workshops
    self.held = held
    let problem = seats.problem
    capacity = held.map { problem.workshops[$0].capacity }
    minimum = problem.limits.minimumAttendance
    var values: [[Double]] = []
    for teacher in problem.teachers.indices {
      values.append(
        (0..<(1 << held.count)).map { set in
          let chosen = held.indices.filter { set >> $0 & 1 == 1 }.map { held[$0] }
          let hours = chosen.reduce(0) { $0 + problem.workshops[$1].course.hours }
          guard hours <= problem.limits.hoursPerTeacher + 1e-9,
            chosen.allSatisfy({ seats.effects[teacher][$0] != nil })
          else { return -.infinity }
          return seats.value(of: chosen, for: teacher)
        })
    }
    self.values = values
    sets = plan.assignments.map { own in
      held.indices.reduce(0) { own.contains(held[$1]) ? $0 | 1 << $1 : $0 }
    }
  }

  var plan: SchoolPlan {
    SchoolPlan(
      workshops: held,
      assignments: sets.map { set in held.indices.filter { set >> $0 & 1 == 1 }.map { held[$0] } },
      value: zip(values, sets).reduce(0) { $0 + $1.0[$1.1] })
  }

  private func attendance(_ place: Int) -> Int { sets.count { $0 >> place & 1 == 1 } }

  /// One round of improvements; false when nothing changed.
  mutating func improve() -> Bool {
    var isBetter = false
    for teacher in sets.indices where move(teacher) { isBetter = true }
    for place in held.indices where exchange(place) { isBetter = true }
    return isBetter
  }

  /// The best set for one teacher that the others leave room for.
  private mutating func move(_ teacher: Int) -> Bool {
    let present = sets[teacher]
    let counts = held.indices.map { attendance($0) - (present >> $0 & 1) }
    let best = bestSet(of: teacher, counts: counts)
    guard values[teacher][best] > values[teacher][present] + 1e-9 else { return false }
    sets[teacher] = best
    return true
  }

  private func bestSet(of teacher: Int, counts: [Int], without barred: Int? = nil) -> Int {
    var (best, bestValue) = (sets[teacher], -Double.infinity)
    for set in values[teacher].indices where values[teacher][set] > bestValue {
      let isAllowed = held.indices.allSatisfy { place in
        let isIn = set >> place & 1 == 1
        if isIn { return counts[place] < capacity[place] && place != barred }
        // A workshop is not left below what it needs to be held.
        return counts[place] >= minimum || place == barred
      }
      if isAllowed { (best, bestValue) = (set, values[teacher][set]) }
    }
    return best
  }

  /// Hands one seat of a full workshop to who gains more by it than its holder loses.
  private mutating func exchange(_ place: Int) -> Bool {
    guard attendance(place) >= capacity[place] else { return false }
    let holders = sets.indices.filter { sets[$0] >> place & 1 == 1 }
    let counts = held.indices.map(attendance)
    let losses = holders.map { holder -> (teacher: Int, set: Int, loss: Double) in
      let others = held.indices.map { counts[$0] - (sets[holder] >> $0 & 1) }
      let set = bestSet(of: holder, counts: others, without: place)
      return (holder, set, values[holder][sets[holder]] - values[holder][set])
    }
    guard let cheapest = losses.filter({ $0.set >> place & 1 == 0 }).min(by: { $0.loss < $1.loss })
    else { return false }
    let saved = sets
    sets[cheapest.teacher] = cheapest.set
    var best: (teacher: Int, set: Int, gain: Double)?
    for teacher in sets.indices where saved[teacher] >> place & 1 == 0 {
      let others = held.indices.map { attendance($0) - (sets[teacher] >> $0 & 1) }
      let set = bestSet(of: teacher, counts: others)
      let gain = values[teacher][set] - values[teacher][sets[teacher]]
      if set >> place & 1 == 1, gain > best?.gain ?? 0 { best = (teacher, set, gain) }
    }
    guard let best, best.gain > cheapest.loss + 1e-9 else {
      sets = saved
      return false
    }
    sets[best.teacher] = best.set
    return true
  }
}

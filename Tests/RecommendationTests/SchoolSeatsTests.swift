import Competency
import Courses
import Psychometrics
import Testing

@testable import Recommendation

/// Who sits where, and what a workshop promises, beside the same reckoned anew from the problem.
struct SchoolSeatsTests {
  private func problem(_ seed: UInt64) -> SchoolProblem {
    var generator = SeededGenerator(seed: seed)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    let points = (0..<6).map { CompetencyPoint.ID(rawValue: "p\($0)") }
    let teachers = (0..<30).map { place in
      SchoolProblem.Teacher(
        points: points.map { id in
          PlanPoint(
            id: id, dimension: Dimension.ID(rawValue: "d"),
            environment: Environment.ID(rawValue: "A"), mean: 2 * uniform() - 1.2,
            standardError: 0.3 + 0.3 * uniform(), target: 0.4, weight: 1)
        }, group: place.isMultiple(of: 3) ? "语文" : "数学")
    }
    let workshops = (0..<10).map { place in
      let id = "w\(place)"
      return SchoolProblem.Workshop(
        course: Course(
          id: Course.ID(rawValue: id), title: LocalizedName(chinese: id, english: id),
          provider: Provider.ID(rawValue: "s"), form: .workshop, mode: .practice,
          hours: Double(2 + place % 4), level: place % 3,
          gains: [
            points[place % 6]: 0.3 + 0.4 * uniform(),
            points[(place + 1 + place / 6) % 6]: 0.1 + 0.3 * uniform(),
          ], primary: points[place % 6]), capacity: 8 + place,
        groups: place == 4 ? ["语文"] : nil)
    }
    return SchoolProblem(
      teachers: teachers, workshops: workshops,
      limits: .init(workshops: 4, hoursPerTeacher: 7, minimumAttendance: 5),
      levelLocations: [-0.6, 0.2, 1], levelWidth: 0.9, hourPenalty: 0.004, seed: seed)
  }

  /// What a set of workshops is worth to a teacher, by the formula.
  private func worth(_ own: [Int], _ teacher: Int, _ problem: SchoolProblem) -> Double {
    let courses = own.map { problem.workshops[$0].course }
    let hours = courses.reduce(0) { $0 + $1.hours }
    return problem.teachers[teacher].points.reduce(-problem.hourPenalty * hours) { sum, point in
      let gain = courses.reduce(0) { sum, course in
        sum + (course.gains[point.id] ?? 0)
          * ExpectedGapClosure.fit(
            ofLocation: problem.levelLocations[course.level], width: problem.levelWidth,
            mean: point.mean, standardError: point.standardError)
      }
      return sum
        + ExpectedGapClosure(
          mean: point.mean, standardError: point.standardError, target: point.target,
          weight: point.weight
        ).value(ofGain: gain)
    }
  }

  private func mayTake(_ workshop: Int, _ teacher: Int, _ problem: SchoolProblem) -> Bool {
    problem.workshops[workshop].groups?.contains(problem.teachers[teacher].group) ?? true
  }

  private func hours(_ own: [Int], _ problem: SchoolProblem) -> Double {
    own.reduce(0) { $0 + problem.workshops[$1].course.hours }
  }

  /// Seat after seat to the teacher and workshop that add most per hour, all looked at each time.
  private func seatedOneByOne(_ held: [Int], _ problem: SchoolProblem) -> [[Int]] {
    var own = [[Int]](repeating: [], count: problem.teachers.count)
    while true {
      var best: (teacher: Int, workshop: Int, density: Double)?
      for teacher in own.indices {
        for workshop in held where !own[teacher].contains(workshop) {
          let seats = own.count { $0.contains(workshop) }
          let length = problem.workshops[workshop].course.hours
          guard mayTake(workshop, teacher, problem), seats < problem.workshops[workshop].capacity,
            hours(own[teacher], problem) + length <= problem.limits.hoursPerTeacher,
            worth([workshop], teacher, problem) > 0
          else { continue }
          let added =
            worth(own[teacher] + [workshop], teacher, problem)
            - worth(own[teacher], teacher, problem)
          if added > 1e-7, added / length > best?.density ?? 0 {
            best = (teacher, workshop, added / length)
          }
        }
      }
      guard let best else { return own.map { $0.sorted() } }
      own[best.teacher].append(best.workshop)
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `a seat goes to who gains most by it per hour, while there are seats and hours`(
    seed: UInt64
  ) {
    let problem = problem(seed)
    var seats = SchoolSeats(problem)
    for held in [[0, 4, 7], [1, 2, 3, 6], [5, 8, 9]] {
      let known = seatedOneByOne(held, problem)
      let plan = seats.seated(held)
      guard held.allSatisfy({ workshop in known.count { $0.contains(workshop) } >= 5 }) else {
        // What too few take is not held: the rest is seated anew.
        #expect(plan.workshops.count < held.count)
        continue
      }
      #expect(plan.assignments == known)
      let value = known.enumerated().reduce(0) { $0 + worth($1.element, $1.offset, problem) }
      #expect(abs(plan.value - value) < 1e-5)
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `a workshop promises what those who gain most would gain, half where hours are used up`(
    seed: UInt64
  ) {
    let problem = problem(seed)
    var seats = SchoolSeats(problem)
    let plan = seats.seated([0, 1, 2])
    let others = problem.workshops.indices.filter { !plan.workshops.contains($0) }
    let promises = seats.promises(of: others, beside: plan)
    #expect(promises.workshops == others)
    var halves = 0
    for (place, workshop) in others.enumerated() {
      var gains: [Double] = []
      for (teacher, own) in plan.assignments.enumerated() where mayTake(workshop, teacher, problem)
      {
        let gain = worth(own + [workshop], teacher, problem) - worth(own, teacher, problem)
        guard worth([workshop], teacher, problem) > 0, gain > 0 else { continue }
        let isFull = hours(own + [workshop], problem) > problem.limits.hoursPerTeacher
        if isFull { halves += 1 }
        gains.append(isFull ? gain / 2 : gain)
      }
      gains.sort(by: >)
      let seatsTaken = gains.prefix(problem.workshops[workshop].capacity)
      #expect(abs(promises.promise(at: place) - seatsTaken.reduce(0, +)) < 1e-5)
      #expect(abs(promises.bound(at: place) - gains.reduce(0, +)) < 1e-5)
      #expect(promises.bound(at: place) >= promises.promise(at: place))
    }
    #expect(halves > 0)
    #expect(
      others.indices.contains { promises.bound(at: $0) > promises.promise(at: $0) + 1e-3 })
  }
}

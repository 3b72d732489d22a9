import Psychometrics
import Testing

@testable import Reporting

/// What ranges published night after night say of the numbers behind them.
struct CourseDemandTests {
  private static let rules = DisclosureRules()

  /// A term of nights: how many joined, how many of them take the course, and what is published.
  private struct Term {
    var joined: [Int] = []
    var ranges: [CountRange] = []

    /// A term of a seed in which so many of ten take the course.
    init(seed: UInt64, share: Int) {
      var dice = SeededGenerator(seed: seed)
      var demand = CourseDemand.nothing
      var person: Int64 = 0
      for _ in 0..<12 {
        let new = (0..<(3 + dice.number(below: 40))).map { _ in
          person += 1
          return CourseDemand.Plan(
            person: person, courses: dice.number(below: 10) < share ? ["c"] : [])
        }
        guard let next = demand.joined(by: new, courses: ["c"]) else { continue }
        joined.append(next.people.count - demand.people.count)
        demand = next
        ranges.append(demand.ranges["c"] ?? .nobody)
      }
    }

    /// The numbers that each night may have, given all nights: every way through them is tried.
    func possible() -> [Set<Int>] {
      var forward: [Set<Int>] = []
      var reached: Set<Int> = [0]
      for (range, joined) in zip(ranges, joined) {
        reached = Set(reached.flatMap { start in (start...(start + joined)) })
          .filter { range.lowest <= $0 && $0 <= range.highest }
        forward.append(reached)
      }
      var backward = forward
      for night in backward.indices.dropLast().reversed() {
        backward[night] = backward[night].filter { number in
          backward[night + 1].contains { ($0 - number) >= 0 && $0 - number <= joined[night + 1] }
        }
      }
      return backward
    }
  }

  @Test func `all nights together leave each published range whole, and it has five numbers`() {
    for seed in 0..<60 {
      for share in [0, 1, 3, 6, 9, 10] {
        let term = Term(seed: UInt64(seed), share: share)
        #expect(!term.ranges.isEmpty)
        for (possible, range) in zip(term.possible(), term.ranges) {
          #expect(possible == Set(range.lowest...range.highest), "seed \(seed), share \(share)")
          #expect(possible.count >= Self.rules.minimumPeople)
        }
      }
    }
  }

  @Test func `of how many who joined take a course at least five numbers stay possible`() {
    for seed in 0..<60 {
      let term = Term(seed: UInt64(seed), share: 1 + seed % 9)
      let possible = term.possible()
      for night in possible.indices.dropFirst() {
        let gains = Set(
          possible[night].flatMap { after in
            possible[night - 1].map { after - $0 }.filter { 0 <= $0 && $0 <= term.joined[night] }
          })
        #expect(gains.count >= Self.rules.minimumPeople)
      }
    }
  }

  @Test func `a range holds the true number and stays narrow enough to plan by`() {
    var dice = SeededGenerator(seed: 3)
    var demand = CourseDemand.nothing
    var person: Int64 = 0
    for _ in 0..<40 {
      let new = (0..<(15 + dice.number(below: 25))).map { _ in
        person += 1
        return CourseDemand.Plan(
          person: person,
          courses: Set(
            ["a", "b", "c", "d"].enumerated().filter { dice.number(below: 4) < $0.offset }
              .map(\.element)))
      }
      demand = demand.joined(by: new, courses: ["a", "b", "c", "d", "e"]) ?? demand
      for course in ["a", "b", "c", "d", "e"] {
        let range = demand.ranges[course] ?? .nobody
        #expect(range.contains(demand.numbers[course] ?? 0))
        #expect(range.highest - range.lowest < 10)
      }
    }
    #expect(demand.ranges["e"] == CountRange(lowest: 0, highest: 4))
  }

  @Test func `nothing is said of few, and nothing moves for few`() {
    func plans(_ people: Range<Int64>) -> [CourseDemand.Plan] {
      people.map { CourseDemand.Plan(person: $0, courses: ["c"]) }
    }
    #expect(CourseDemand.nothing.joined(by: plans(0..<9), courses: ["c"]) == nil)
    let first = CourseDemand.nothing.joined(by: plans(0..<10), courses: ["c"])
    #expect(first?.ranges["c"] == CountRange(lowest: 6, highest: 10))
    #expect(first?.joined(by: plans(0..<24), courses: ["c"]) == nil)
    #expect(first?.joined(by: plans(5..<25), courses: ["c"])?.people.count == 25)
  }

  @Test func `whoever is counted stays as counted`() {
    let all = (Int64(0)..<10).map { CourseDemand.Plan(person: $0, courses: ["c"]) }
    let first = CourseDemand.nothing.joined(by: all, courses: ["c"])
    let changed = (Int64(0)..<40).map { CourseDemand.Plan(person: $0, courses: ["d"]) }
    let second = first?.joined(by: changed, courses: ["c", "d"])
    #expect(second?.numbers == ["c": 10, "d": 30])
  }
}

import Psychometrics

@testable import Reporting

/// A small province of very unequal schools, whose teachers finish, take the test again and move
/// over some nights.
struct RandomWorld {
  static let pointEnvironments = [0, 0, 1, 1]

  let tree: UnitTree
  private(set) var snapshots: [Snapshot] = []
  /// Every result there ever was.
  private(set) var results: [TeacherNeed] = []
  /// The results there were on each night.
  private(set) var nightly: [[TeacherNeed]] = []

  init(seed: UInt64, nights: Int = 7, rules: DisclosureRules = DisclosureRules()) throws {
    var random = SeededGenerator(seed: seed)
    // One county has a school of three and a group of four; the other only tiny schools.
    let schools: [(county: Int, groups: [Int])] = [
      (0, [18, 9, 4]), (0, [3]), (0, [4, 4, 3, 2, 2]), (0, [30, 11, 7, 1]), (1, [2]), (1, [4, 3]),
      (1, [6]), (1, [4, 4, 4, 4, 4]), (1, [1, 2]),
    ]
    var units = [
      ReportingUnit(id: .init(rawValue: "province"), parent: nil, enrolled: 0),
      ReportingUnit(
        id: .init(rawValue: "county 0"), parent: .init(rawValue: "province"), enrolled: 0),
      ReportingUnit(
        id: .init(rawValue: "county 1"), parent: .init(rawValue: "province"), enrolled: 0),
    ]
    var homes: [Int] = []
    for (place, school) in schools.enumerated() {
      let id = ReportingUnit.ID(rawValue: "school \(place)")
      units.append(
        ReportingUnit(id: id, parent: .init(rawValue: "county \(school.county)"), enrolled: 0))
      for (number, size) in school.groups.enumerated() {
        homes += Array(repeating: units.count, count: size)
        units.append(
          ReportingUnit(
            id: .init(rawValue: "school \(place) group \(number)"), parent: id, enrolled: size))
      }
    }
    tree = try UnitTree(units)
    let difficulty = (0..<4).map { _ in random.share() }
    var finished: [Int: Int] = [:]
    var current: [Int: TeacherNeed] = [:]
    let pace = 0.1 + 0.6 * random.share()
    for night in 0..<nights {
      for (person, home) in homes.enumerated() {
        let isNew = finished[person] == nil && random.share() < pace
        let isAgain = finished[person] != nil && random.share() < 0.12
        guard isNew || isAgain else { continue }
        finished[person, default: 0] += 1
        let unit =
          isAgain && random.share() < 0.3 ? homes[random.number(below: homes.count)] : home
        let need = TeacherNeed(
          person: Int64(person), revision: finished[person] ?? 1, unit: unit,
          environments: [true, current[person]?.environments[1] ?? (random.share() < 0.4)],
          probabilities: difficulty.map { level in
            min(1, max(0, level + random.share() - 0.5))
          }, wasAsked: (0..<4).map { _ in random.share() < 0.6 })
        current[person] = need
        results.append(need)
      }
      nightly.append(results)
      snapshots.append(
        Snapshot.taken(
          after: snapshots.last, day: night, tree: tree,
          pointEnvironments: Self.pointEnvironments, needs: results, rules: rules))
    }
  }
}

extension SeededGenerator {
  /// A number in 0..<1.
  mutating func share() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}

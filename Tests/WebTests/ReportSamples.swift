import Competency
import Courses
import Foundation
import ItemBank
import Psychometrics
import Reporting
import TestSupport
import Testing

@testable import Web

/// A school and a county as reports show them, from simulated teachers.
struct ReportSamples {
  let framework: Framework
  /// Jiangsu's quota with Quanzhou's price and exemption: a programme with everything.
  let programme: Programme
  let snapshot: Snapshot
  private let names: [ReportingUnit.ID: String]

  /// A county of a school with twelve groups, two of them tiny, and of five other schools.
  init(content: ShippedContent) throws {
    framework = content.bank.frameworks[0]
    var programme = content.programmes.first { $0.id.rawValue == "jiangsu-2020" }
    let quanzhou = content.programmes.first { $0.id.rawValue == "quanzhou-2016" }
    programme?.terms.cost = quanzhou?.terms.cost
    programme?.terms.exemption = quanzhou?.terms.exemption
    self.programme = try #require(programme)
    let county = ReportingUnit.ID(rawValue: "county")
    var units = [ReportingUnit(id: county, parent: nil, enrolled: 0)]
    var names = [county: "清源县"]
    var random = SeededGenerator(seed: 11)
    let groups = [
      ("语文组", 18), ("数学组", 17), ("英语组", 12), ("科学组", 9), ("道德与法治组", 8), ("音乐组", 8),
      ("美术组", 7), ("体育组", 6), ("信息科技组", 4), ("综合实践组", 6), ("劳动组", 3), ("低年级组", 11),
    ]
    let schools = [
      ("城关小学", groups), ("第二小学", [("文科组", 20), ("理科组", 22)]), ("河口小学", [("教研组", 3)]),
      ("中心校", [("文科组", 14), ("理科组", 13)]), ("实验中学", [("文科组", 40), ("理科组", 38)]),
      ("桥头小学", [("教研组", 6)]),
    ]
    var needs: [TeacherNeed] = []
    let environments = framework.environments
    for (place, school) in schools.enumerated() {
      let id = ReportingUnit.ID(rawValue: "s\(place)")
      names[id] = school.0
      units.append(ReportingUnit(id: id, parent: county, enrolled: 0))
      for (number, group) in school.1.enumerated() {
        let groupID = ReportingUnit.ID(rawValue: "s\(place)g\(number)")
        names[groupID] = group.0
        units.append(ReportingUnit(id: groupID, parent: id, enrolled: group.1))
        for _ in 0..<(group.1 - (group.1 > 10 ? 1 : 0)) {
          needs.append(
            Self.need(
              person: needs.count, unit: units.count - 1, framework: framework,
              environments: [true, number % 2 == 0, place == 0 && number < 3],
              level: 0.15 * Double(place % 3), random: &random))
        }
      }
    }
    self.names = names
    snapshot = Snapshot.taken(
      after: nil, day: 20_782, tree: try UnitTree(units),
      pointEnvironments: framework.points.map { point in
        environments.firstIndex { $0.id == point.environment } ?? 0
      }, needs: needs)
  }

  private static func need(
    person: Int, unit: Int, framework: Framework, environments: [Bool], level: Double,
    random: inout SeededGenerator
  ) -> TeacherNeed {
    func share() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 }
    return TeacherNeed(
      person: Int64(person), revision: 1, unit: unit, environments: environments,
      probabilities: framework.points.indices.map { point in
        min(0.97, max(0.02, level + 0.06 * Double(point % 11) + 0.6 * (share() - 0.5)))
      }, wasAsked: framework.points.indices.map { $0 != 4 && share() < 0.5 })
  }

  /// The report of a unit.
  func report(of unit: String, isSchool: Bool, nameSuffix: String = "") -> UnitReport? {
    let id = ReportingUnit.ID(rawValue: unit)
    guard let map = GapMap(of: id, in: snapshot, totals: snapshot.totals()) else { return nil }
    let own = snapshot.tree.units.indices.map { place in
      Participation(
        enrolled: snapshot.tree.units[place].enrolled, started: 0,
        finished: snapshot.finished[place], exempt: place % 4 == 3 ? 2 : 0,
        exemptFinished: place % 4 == 3 ? 1 : 0)
    }
    let totals = Participation.totals(own, in: snapshot.tree)
    var parts: [ReportingUnit.ID: UnitReport.Part] = [:]
    guard let place = snapshot.tree.place(of: id) else { return nil }
    for child in snapshot.tree.children[place] {
      let unit = snapshot.tree.units[child].id
      parts[unit] = UnitReport.Part(
        name: (names[unit] ?? "") + nameSuffix,
        path: isSchool ? nil : "/regions/\(unit.rawValue)", participation: totals[child])
    }
    return UnitReport(
      name: names[id] ?? "", isSchool: isSchool, programme: programme, framework: framework,
      year: 2021, map: map, rules: snapshot.rules, parts: parts, participation: totals[place],
      schools: isSchool ? [] : snapshot.tree.children[place].map { totals[$0] },
      takenAt: TestSite.noon)
  }
}

import Psychometrics
import Reporting

/// Teachers of a province: 500 schools of very different size in 20 counties.
struct ReportingWorld {
  let tree: UnitTree
  let needs: [TeacherNeed]

  init(seed: UInt64, teachers: Int = 100_000, schools: Int = 500) throws {
    var random = SeededGenerator(seed: seed)
    func share() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 }
    var units = [ReportingUnit(id: .init(rawValue: "p"), parent: nil, enrolled: 0)]
    var needs: [TeacherNeed] = []
    let level = (0..<30).map { _ in share() }
    for county in 0..<20 {
      units.append(
        ReportingUnit(id: .init(rawValue: "c\(county)"), parent: units[0].id, enrolled: 0))
    }
    for school in 0..<schools {
      let id = ReportingUnit.ID(rawValue: "s\(school)")
      units.append(ReportingUnit(id: id, parent: units[1 + school % 20].id, enrolled: 0))
      let size = Int(Double(2 * teachers / schools) * share())
      let groups = max(1, size / 14)
      for group in 0..<groups {
        let people = size / groups + (group < size % groups ? 1 : 0)
        let place = units.count
        units.append(
          ReportingUnit(id: .init(rawValue: "s\(school)g\(group)"), parent: id, enrolled: people))
        for _ in 0..<people {
          needs.append(
            TeacherNeed(
              person: Int64(needs.count), revision: 1, unit: place,
              environments: [true, share() < 0.5, share() < 0.2],
              probabilities: level.map { min(1, max(0, $0 + 0.8 * (share() - 0.5))) },
              wasAsked: level.map { _ in share() < 0.5 }))
        }
      }
    }
    tree = try UnitTree(units)
    self.needs = needs
  }
}

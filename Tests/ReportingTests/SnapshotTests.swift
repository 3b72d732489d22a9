import Testing

@testable import Reporting

/// How figures come about and move.
struct SnapshotTests {
  private let tree: UnitTree
  private let group = ReportingUnit.ID(rawValue: "g")

  init() throws {
    tree = try UnitTree([
      ReportingUnit(id: .init(rawValue: "s"), parent: nil, enrolled: 0),
      ReportingUnit(id: .init(rawValue: "g"), parent: .init(rawValue: "s"), enrolled: 40),
      ReportingUnit(id: .init(rawValue: "four"), parent: .init(rawValue: "s"), enrolled: 4),
    ])
  }

  private func results(
    _ people: Range<Int>, probability: Double = 0.5, revision: Int = 1, unit: Int = 1
  ) -> [TeacherNeed] {
    people.map {
      TeacherNeed(
        person: Int64($0), revision: revision, unit: unit, environments: [true],
        probabilities: [probability], wasAsked: [true])
    }
  }

  private func next(_ previous: Snapshot?, _ needs: [TeacherNeed]) -> Snapshot {
    Snapshot.taken(
      after: previous, day: (previous?.day ?? 0) + 1, tree: tree, pointEnvironments: [0],
      needs: needs)
  }

  private func need(_ snapshot: Snapshot) -> ExpectedNeed? {
    snapshot.need(ofBlock: .init(unit: group, environment: 0), point: 0)
  }

  @Test func `a group is shown from five people and moves with five more`() {
    let four = next(nil, results(0..<4))
    #expect(need(four) == nil)
    let five = next(four, results(0..<5))
    #expect(need(five)?.people == 5 && need(five)?.expected == 2.5)
    let nine = next(five, results(0..<9))
    #expect(need(nine) == need(five))
    let ten = next(nine, results(0..<10))
    #expect(need(ten)?.people == 10 && need(ten)?.expected == 5)
  }

  @Test func `people who take the test again move a figure only together`() {
    let first = next(nil, results(0..<20))
    let four = results(0..<20) + results(0..<4, probability: 0.2, revision: 2)
    #expect(need(next(first, four)) == need(first))
    let five = results(0..<20) + results(0..<5, probability: 0.2, revision: 2)
    #expect(abs((need(next(first, five))?.expected ?? 0) - 8.5) < 1e-12)
  }

  @Test func `newcomers who all look the same wait for others`() {
    let first = next(nil, results(0..<20))
    let alike = results(0..<20) + results(20..<25, probability: 0.97)
    #expect(need(next(first, alike)) == need(first))
    let mixed = alike + results(25..<30, probability: 0.3)
    #expect(need(next(first, mixed))?.people == 30)
  }

  @Test func `a group that all looks the same is shown as a band, and counts as its middle`() {
    let snapshot = next(nil, results(0..<20, probability: 0.98))
    #expect(need(snapshot)?.expected == 19)
    #expect(snapshot.totals()[0][0].expected == 19)
    let block = snapshot.blocks[.init(unit: group, environment: 0)]
    #expect(block?.records[0]?.shown.form == .highBand)
    // Ten per cent of six people is nobody: such a band would speak of everybody.
    #expect(need(next(nil, results(0..<6, probability: 0.98))) == nil)
  }

  @Test func `a group of four is in no total of its school`() {
    let snapshot = next(nil, results(0..<20) + results(40..<44, unit: 2))
    #expect(snapshot.totals()[0][0].people == 20)
  }

  @Test func `small groups of a school together become its rest`() throws {
    let units = ["s"] + (0..<5).map { "g\($0)" }
    let tree = try UnitTree(
      units.map {
        ReportingUnit(
          id: .init(rawValue: $0), parent: $0 == "s" ? nil : .init(rawValue: "s"),
          enrolled: $0 == "s" ? 0 : 4)
      })
    let needs = (0..<5).flatMap { results(($0 * 4)..<($0 * 4 + 4), unit: $0 + 1) }
    let snapshot = Snapshot.taken(
      after: nil, day: 1, tree: tree, pointEnvironments: [0], needs: needs)
    let map = try #require(
      GapMap(of: .init(rawValue: "s"), in: snapshot, totals: snapshot.totals()))
    #expect(map.rows.count == 6 && map.rows.last?.subject == .rest)
    #expect(map.rows.dropLast().allSatisfy { $0.cells == [.absent(.suppressed)] })
    guard case .shown(let rest) = map.rows.last?.cells.first else {
      Issue.record("the rest has no number")
      return
    }
    #expect(rest.count == 10 && rest.need.people == 20)
    #expect(map.total.cells == [.shown(rest)])
  }

  @Test func `somebody who moves or is erased stays in the sums until the programme ends`() {
    let first = next(nil, results(0..<20))
    let moved = results(5..<20) + results(0..<2, unit: 2)
    #expect(need(next(first, moved)) == need(first))
    let later = next(first, moved + results(20..<26))
    #expect(need(later)?.people == 26 && need(later)?.expected == 13)
  }
}

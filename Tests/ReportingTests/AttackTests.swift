import Psychometrics
import Testing

@testable import Reporting

/// What the tables of all levels and nights give away.
struct AttackTests {
  /// Every number published about a point, blocks and totals, of all nights.
  private func published(_ world: RandomWorld, point: Int) -> [Attacker.Row] {
    var rows: [Attacker.Row] = []
    for snapshot in world.snapshots {
      let totals = snapshot.totals()
      let environment = RandomWorld.pointEnvironments[point]
      var members = [Set<Figure.Entry>](repeating: [], count: world.tree.units.count)
      var hasBand = [Bool](repeating: false, count: world.tree.units.count)
      for place in world.tree.units.indices.reversed() {
        let unit = world.tree.units[place].id
        let record = snapshot.blocks[.init(unit: unit, environment: environment)]?.records[point]
        if let figure = record?.shown {
          let known = figure.range(share: snapshot.rules.extremeShare)
          rows.append(
            .init(
              name: "\(unit.rawValue) night \(snapshot.day)", entries: Set(figure.entries),
              range: known))
          members[place].formUnion(figure.entries)
          hasBand[place] = hasBand[place] || figure.form != .exact
        }
        if !hasBand[place] {
          rows.append(
            .init(
              name: "total of \(unit.rawValue) night \(snapshot.day)", entries: members[place],
              range: totals[place][point].expected...totals[place][point].expected))
        }
        if let parent = world.tree.parents[place] {
          members[parent].formUnion(members[place])
          hasBand[parent] = hasBand[parent] || hasBand[place]
        }
      }
    }
    return rows
  }

  /// The results of each hidden part of each rest, of all nights.
  private func hiddenCells(
    _ world: RandomWorld, point: Int
  ) -> [(name: String, entries: Set<Figure.Entry>)] {
    var cells: [(String, Set<Figure.Entry>)] = []
    for (snapshot, results) in zip(world.snapshots, world.nightly) {
      let units = Dictionary(
        results.map { ($0.entry, $0.unit) }, uniquingKeysWith: { first, _ in first })
      let environment = RandomWorld.pointEnvironments[point]
      for (place, unit) in world.tree.units.enumerated() {
        let block = snapshot.blocks[.init(unit: unit.id, environment: environment)]
        guard block?.isRest == true, let figure = block?.records[point]?.shown else { continue }
        var parts: [Int: Set<Figure.Entry>] = [:]
        for entry in figure.entries {
          for part in world.tree.path(from: units[entry] ?? place, below: place) {
            parts[part, default: []].insert(entry)
          }
        }
        for (part, entries) in parts {
          cells.append(
            ("\(world.tree.units[part].id.rawValue) night \(snapshot.day) point \(point)", entries))
        }
      }
    }
    return cells
  }

  @Test(arguments: UInt64(1)...6)
  func `no published number, and no combination of numbers, is about fewer than five people`(
    seed: UInt64
  ) throws {
    let world = try RandomWorld(seed: seed)
    for point in RandomWorld.pointEnvironments.indices {
      let found = Attacker(rows: published(world, point: point)).isolations(below: 5)
      #expect(found.isEmpty, "\(found.prefix(3))")
    }
  }

  @Test(arguments: UInt64(1)...6)
  func `a hidden cell keeps its whole range or four people of it, whatever else is published`(
    seed: UInt64
  ) throws {
    let world = try RandomWorld(seed: seed)
    for point in RandomWorld.pointEnvironments.indices {
      let attacker = Attacker(rows: published(world, point: point))
      for (name, entries) in hiddenCells(world, point: point) {
        let range = attacker.range(of: entries)
        #expect(
          range.upperBound - range.lowerBound >= min(4, Double(entries.count)) - 1e-4,
          "\(name): \(range) of \(entries.count)")
      }
    }
  }

  @Test func `the worlds hold what is attacked: figures, bands, rests and hidden cells`() throws {
    var (figures, bands, rests, cells) = (0, 0, 0, 0)
    for seed in UInt64(1)...12 {
      let world = try RandomWorld(seed: seed)
      let blocks = world.snapshots.flatMap { $0.blocks.values }
      figures += blocks.flatMap { $0.records.values }.count { $0.shown.form == .exact }
      bands += blocks.flatMap { $0.records.values }.count { $0.shown.form != .exact }
      rests += blocks.count { $0.isRest && !$0.records.isEmpty }
      cells += (0..<4).reduce(0) { $0 + hiddenCells(world, point: $1).count }
    }
    #expect(
      figures > 1000 && bands > 10 && rests > 50 && cells > 200,
      "\(figures) figures, \(bands) bands, \(rests) rests, \(cells) hidden cells")
  }

  @Test func `totals over all finished people, beside hidden groups, are found out`() throws {
    // What a table without complementary suppression would show: every total complete.
    let world = try RandomWorld(seed: 3)
    guard let last = world.snapshots.last else { return }
    var rows = published(world, point: 0)
    let index = ResultIndex(world.results)
    var members = [Set<Figure.Entry>](repeating: [], count: world.tree.units.count)
    for need in index.latest { members[need.unit].insert(need.entry) }
    for place in world.tree.units.indices.reversed() {
      guard let parent = world.tree.parents[place] else { continue }
      members[parent].formUnion(members[place])
    }
    for (place, unit) in world.tree.units.enumerated() where !world.tree.children[place].isEmpty {
      let sum = members[place].reduce(0) { $0 + (index.result($1)?.probabilities[0] ?? 0) }
      rows.append(
        .init(
          name: "complete total of \(unit.id.rawValue) night \(last.day)",
          entries: members[place], range: sum...sum))
    }
    #expect(!Attacker(rows: rows).isolations(below: 5).isEmpty)
  }

  @Test func `a snapshot that moves for one person is found out`() throws {
    let world = try RandomWorld(seed: 4, rules: DisclosureRules(minimumPeople: 1, minimumRest: 1))
    let found = (0..<4).flatMap { point in
      Attacker(rows: published(world, point: point)).isolations(below: 5)
    }
    #expect(!found.isEmpty)
  }

  @Test func `a rest that may bound its parts is found out`() throws {
    var isFound = false
    for seed in UInt64(1)...12 where !isFound {
      let world = try RandomWorld(
        seed: seed, rules: DisclosureRules(hiddenWidth: 0, minimumRest: 5))
      for point in 0..<4 where !isFound {
        let attacker = Attacker(rows: published(world, point: point))
        isFound = hiddenCells(world, point: point).contains { cell in
          let range = attacker.range(of: cell.entries)
          return range.upperBound - range.lowerBound < min(4, Double(cell.entries.count)) - 1e-4
        }
      }
    }
    #expect(isFound)
  }

  @Test func `totals are sums of what is published and of nothing else`() throws {
    let world = try RandomWorld(seed: 5)
    for snapshot in world.snapshots {
      let totals = snapshot.totals()
      for point in 0..<4 {
        let environment = RandomWorld.pointEnvironments[point]
        let blocks = world.tree.units.compactMap {
          snapshot.need(ofBlock: .init(unit: $0.id, environment: environment), point: point)
        }
        let sum = blocks.reduce(0) { $0 + $1.expected }
        #expect(abs(totals[0][point].expected - sum) < 1e-9)
        #expect(totals[0][point].people == blocks.reduce(0) { $0 + $1.people })
      }
    }
  }
}

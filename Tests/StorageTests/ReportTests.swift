import Competency
import Foundation
import Psychometrics
import Reporting
import Storage
import TestSupport
import Testing

/// Snapshots in real databases.
struct ReportTests {
  private let framework = Framework.ID(rawValue: "p")
  private let noon = Date(timeIntervalSince1970: 1_795_262_400)

  private func withStore(_ body: (Store) async throws -> Void) async throws {
    let folder = try Project.temporaryFolder()
    let store = try Store(folder: folder, now: noon)
    do {
      try await body(store)
    } catch {
      try store.close()
      try FileManager.default.removeItem(at: folder)
      throw error
    }
    try store.close()
    try FileManager.default.removeItem(at: folder)
  }

  /// Two nights of a county with a school of one large group and a school of five small ones.
  private func nights() throws -> (Snapshot, Snapshot) {
    var units = [ReportingUnit(id: .init(rawValue: "c"), parent: nil, enrolled: 0)]
    for school in ["s", "t"] {
      units.append(
        ReportingUnit(id: .init(rawValue: school), parent: .init(rawValue: "c"), enrolled: 0))
    }
    for (place, size) in [40, 4, 4, 4, 4, 4].enumerated() {
      units.append(
        ReportingUnit(
          id: .init(rawValue: "g\(place)"), parent: .init(rawValue: place == 0 ? "s" : "t"),
          enrolled: size))
    }
    let tree = try UnitTree(units)
    var random = SeededGenerator(seed: 7)
    let needs = (0..<60).map { person in
      TeacherNeed(
        person: Int64(person), revision: 1, unit: person < 40 ? 3 : 4 + (person - 40) / 4,
        environments: [true],
        probabilities: [0.2 + 0.6 * Double(random.number(below: 1000)) / 1000, 0.99],
        wasAsked: [true, true])
    }
    func take(_ previous: Snapshot?, _ needs: [TeacherNeed]) -> Snapshot {
      Snapshot.taken(
        after: previous, day: (previous?.day ?? 20_700) + 1, tree: tree,
        pointEnvironments: [0, 0], needs: needs)
    }
    let first = take(nil, Array(needs[..<20] + needs[40...]))
    return (first, take(first, needs))
  }

  @Test func `a snapshot reads back as it was taken, night after night`() async throws {
    let (first, second) = try nights()
    #expect(first.blocks.values.contains { $0.isRest } && first.blocks != second.blocks)
    try await withStore { (store: Store) async throws in
      #expect(try await store.newestSnapshot(of: framework) == nil)
      #expect(
        try await store.saveSnapshot(
          first, after: nil, of: framework, participation: [], schools: [], takenAt: noon))
      #expect(try await store.newestSnapshot(of: framework) == first)
      #expect(
        try await store.saveSnapshot(
          second, after: first, of: framework, participation: [], schools: [], takenAt: noon))
      #expect(try await store.newestSnapshot(of: framework) == second)
    }
  }

  @Test func `a night is kept once, and only after the night before`() async throws {
    let (first, second) = try nights()
    try await withStore { (store: Store) async throws in
      #expect(
        try await store.saveSnapshot(
          first, after: nil, of: framework, participation: [], schools: [], takenAt: noon))
      #expect(
        try await !store.saveSnapshot(
          first, after: nil, of: framework, participation: [], schools: [], takenAt: noon))
      #expect(
        try await !store.saveSnapshot(
          second, after: nil, of: framework, participation: [], schools: [], takenAt: noon))
      #expect(try await store.newestSnapshot(of: framework) == first)
    }
  }

  @Test func `the page of a unit is the map of the newest snapshot`() async throws {
    let (first, second) = try nights()
    try await withStore { (store: Store) async throws in
      #expect(
        try await store.saveSnapshot(
          first, after: nil, of: framework, participation: [], schools: [], takenAt: noon))
      #expect(
        try await store.saveSnapshot(
          second, after: first, of: framework, participation: [], schools: [], takenAt: noon))
      for unit in ["c", "s", "t"] {
        let id = ReportingUnit.ID(rawValue: unit)
        let found = try await store.gapMap(of: id, in: framework)
        #expect(found?.map == GapMap(of: id, in: second, totals: second.totals()))
        #expect(found?.takenAt == noon)
      }
      #expect(try await store.gapMap(of: .init(rawValue: "g0"), in: framework) == nil)
      #expect(try await store.gapMap(of: .init(rawValue: "c"), in: .init(rawValue: "q")) == nil)
    }
  }

  /// Maps of before their cells were one text each are in people's databases.
  @Test func `a map that was kept with a field for each figure still reads`() async throws {
    let (first, _) = try nights()
    let folder = try Project.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try Store(folder: folder, now: noon)
    _ = try await store.saveSnapshot(
      first, after: nil, of: framework, participation: [], schools: [], takenAt: noon)
    let id = ReportingUnit.ID(rawValue: "t")
    let map = try #require(try await store.gapMap(of: id, in: framework)?.map)
    let raw = try RawDatabase(folder)
    let body = try #require(try raw.rows("SELECT body FROM report_map WHERE unit = 't'").first)
    var record = try #require(
      try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
    func asBefore(_ row: Any) throws -> [String: Any] {
      var row = try #require(row as? [String: Any])
      row["cells"] = try #require(row["cells"] as? [String]).map { cell -> [String: Any] in
        let parts = cell.split(separator: " ")
        guard parts.count == 5 else { return ["absent": cell] }
        return [
          "people": Int(parts[0]) ?? -1, "asked": Int(parts[1]) ?? -1,
          "expected": Double(parts[2]) ?? -1, "variance": Double(parts[3]) ?? -1,
          "form": String(parts[4]),
        ]
      }
      return row
    }
    record["rows"] = try #require(record["rows"] as? [Any]).map(asBefore)
    record["total"] = try asBefore(try #require(record["total"]))
    let before = String(
      decoding: try JSONSerialization.data(withJSONObject: record), as: UTF8.self)
    #expect(before.contains(#""expected""#) && !body.contains(#""expected""#))
    try raw.execute("DROP TRIGGER report_map_is_final")
    try raw.execute(
      "UPDATE report_map SET body = '\(before.replacing("'", with: "''"))' WHERE unit = 't'")
    #expect(try await store.gapMap(of: id, in: framework)?.map == map)
    try store.close()
  }
}

public import Competency
public import Foundation
public import Reporting

extension Store {
  /// Keeps a night's snapshot with the page of every unit that has parts.
  ///
  /// - Parameters:
  ///   - snapshot: the snapshot.
  ///   - previous: the one it was taken after; nil for the first of the framework.
  ///   - framework: the framework whose points it is about.
  ///   - participation: how far the people are whom each unit enrols directly, in the order of the
  ///     tree; empty where nobody asks.
  ///   - schools: the places of the units that a quota counts.
  ///   - takenAt: the last moment that it takes in.
  /// - Returns: false if the newest snapshot kept is not `previous`, and nothing was kept.
  /// - Throws: the database's error if it cannot be kept.
  public func saveSnapshot(
    _ snapshot: Snapshot, after previous: Snapshot?, of framework: Framework.ID,
    participation: [Participation], schools: [Int], takenAt: Date
  ) async throws -> Bool {
    let body = try SnapshotRecord(snapshot).storedJSON()
    let blocks = try snapshot.blocks.filter { previous?.blocks[$0.key] != $0.value }
      .map { (id: $0.key, body: try BlockRecord($0.value).storedJSON()) }
    let totals = snapshot.totals()
    let people = PeopleTotals(participation, schools: schools, in: snapshot.tree)
    let maps = try snapshot.tree.units.indices.filter { !snapshot.tree.children[$0].isEmpty }
      .compactMap { place in
        try GapMap(of: snapshot.tree.units[place].id, in: snapshot, totals: totals)
          .map { map in
            (
              unit: map.unit.rawValue,
              body: try MapRecord(map, people: people.record(of: place)).storedJSON()
            )
          }
      }
    return try await commits.commit { connection in
      let last = try connection.row(
        "SELECT max(day) AS day FROM report_snapshot WHERE framework = \(framework.rawValue)")?
        .optionalInteger("day")
      guard last.map({ Int($0) }) == previous?.day, snapshot.day > previous?.day ?? .min else {
        return false
      }
      try connection.execute(
        """
        INSERT INTO report_snapshot (framework, day, taken_at, body)
        VALUES (\(framework.rawValue), \(snapshot.day), \(takenAt.storedTime), \(body))
        """)
      for block in blocks {
        try connection.execute(
          """
          INSERT INTO report_block (framework, unit, environment, day, body)
          VALUES (\(framework.rawValue), \(block.id.unit.rawValue), \(block.id.environment),
            \(snapshot.day), \(block.body))
          """)
      }
      for map in maps {
        try connection.execute(
          """
          INSERT INTO report_map (framework, unit, day, body)
          VALUES (\(framework.rawValue), \(map.unit), \(snapshot.day), \(map.body))
          """)
      }
      return true
    }
  }
}

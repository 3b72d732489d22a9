public import Courses
public import Foundation
public import Reporting

extension Store {
  /// Keeps a night's snapshot with the page of every unit that has parts.
  ///
  /// - Parameters:
  ///   - snapshot: the snapshot.
  ///   - previous: the one it was taken after; nil for the first of the programme.
  ///   - programme: the programme it is about.
  ///   - takenAt: the last moment that it takes in.
  /// - Returns: false if the newest snapshot kept is not `previous`, and nothing was kept.
  /// - Throws: the database's error if it cannot be kept.
  public func saveSnapshot(
    _ snapshot: Snapshot, after previous: Snapshot?, of programme: Programme.ID, takenAt: Date
  ) async throws -> Bool {
    let body = try SnapshotRecord(snapshot).storedJSON()
    let blocks = try snapshot.blocks.filter { previous?.blocks[$0.key] != $0.value }
      .map { (id: $0.key, body: try BlockRecord($0.value).storedJSON()) }
    let totals = snapshot.totals()
    let maps = try snapshot.tree.units.indices.filter { !snapshot.tree.children[$0].isEmpty }
      .compactMap { place in
        try GapMap(of: snapshot.tree.units[place].id, in: snapshot, totals: totals)
          .map { (unit: $0.unit.rawValue, body: try MapRecord($0).storedJSON()) }
      }
    return try await commits.commit { connection in
      let last = try connection.row(
        "SELECT max(day) AS day FROM report_snapshot WHERE programme = \(programme.rawValue)")?
        .optionalInteger("day")
      guard last.map({ Int($0) }) == previous?.day, snapshot.day > previous?.day ?? .min else {
        return false
      }
      try connection.execute(
        """
        INSERT INTO report_snapshot (programme, day, taken_at, body)
        VALUES (\(programme.rawValue), \(snapshot.day), \(takenAt.storedTime), \(body))
        """)
      for block in blocks {
        try connection.execute(
          """
          INSERT INTO report_block (programme, unit, environment, day, body)
          VALUES (\(programme.rawValue), \(block.id.unit.rawValue), \(block.id.environment),
            \(snapshot.day), \(block.body))
          """)
      }
      for map in maps {
        try connection.execute(
          """
          INSERT INTO report_map (programme, unit, day, body)
          VALUES (\(programme.rawValue), \(map.unit), \(snapshot.day), \(map.body))
          """)
      }
      return true
    }
  }
}

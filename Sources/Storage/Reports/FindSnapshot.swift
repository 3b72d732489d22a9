public import Courses
import Foundation
public import Reporting

extension Store {
  /// The newest snapshot of a programme, to take the next one after.
  ///
  /// - Returns: nil before the first.
  /// - Throws: the database's error if it cannot be read.
  public func newestSnapshot(of programme: Programme.ID) async throws -> Snapshot? {
    try await engine.read { connection in
      guard
        let row = try connection.row(
          """
          SELECT day, body FROM report_snapshot WHERE programme = \(programme.rawValue)
          ORDER BY day DESC LIMIT 1
          """)
      else { return nil }
      let rows = try connection.rows(
        """
        SELECT unit, environment, body FROM report_block
        WHERE programme = \(programme.rawValue) AND day = (
          SELECT max(day) FROM report_block AS newer
          WHERE newer.programme = report_block.programme AND newer.unit = report_block.unit
            AND newer.environment = report_block.environment)
        """)
      let decoder = JSONDecoder()
      var blocks: [Block.ID: Block] = [:]
      for row in rows {
        let id = Block.ID(
          unit: .init(rawValue: try row.text("unit")),
          environment: Int(try row.integer("environment")))
        blocks[id] = try decoder.decode(
          BlockRecord.self, from: Data(try row.text("body").utf8)
        ).block()
      }
      return try decoder.decode(SnapshotRecord.self, from: Data(try row.text("body").utf8))
        .snapshot(day: Int(try row.integer("day")), blocks: blocks)
    }
  }
}

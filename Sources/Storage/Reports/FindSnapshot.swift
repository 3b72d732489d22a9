public import Competency
import Foundation
public import Reporting

extension Store {
  /// The newest snapshot of a framework, to take the next one after.
  ///
  /// - Returns: nil before the first.
  /// - Throws: the database's error if it cannot be read.
  public func newestSnapshot(of framework: Framework.ID) async throws -> Snapshot? {
    try await engine.read { connection in
      guard
        let row = try connection.row(
          """
          SELECT day, body FROM report_snapshot WHERE framework = \(framework.rawValue)
          ORDER BY day DESC LIMIT 1
          """)
      else { return nil }
      let rows = try connection.rows(
        """
        SELECT unit, environment, body FROM report_block
        WHERE framework = \(framework.rawValue) AND day = (
          SELECT max(day) FROM report_block AS newer
          WHERE newer.framework = report_block.framework AND newer.unit = report_block.unit
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

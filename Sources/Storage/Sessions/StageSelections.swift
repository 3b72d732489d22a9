import Delivery
import Foundation

extension Connection {
  /// The choices of a session.
  ///
  /// - Returns: the stages still to come that were chosen, by the number of the first of them.
  func selections(in session: TestSession.ID) throws -> [Int: [Stage]] {
    let chosen = try rows(
      """
      SELECT stage, form FROM stage_selection WHERE session = \(session.rawValue) ORDER BY stage
      """)
    return try chosen.reduce(into: [:]) { selections, row in
      let first = Int(try row.integer("stage"))
      selections[first] = try FormRecord(json: try row.text("form")).form(from: first)
    }
  }
}

extension SQLiteConnection {
  /// Keeps the stages that were chosen to come next.
  func keep(
    _ stages: [Stage], selectedIn session: TestSession.ID, at time: Date
  ) throws {
    guard let first = stages.first else { return }
    let form = try FormRecord(stages).json()
    try execute(
      """
      INSERT INTO stage_selection (session, stage, form, selected_at)
      VALUES (\(session.rawValue), \(first.number), \(form), \(time.storedTime))
      """)
  }
}

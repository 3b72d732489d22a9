import Delivery
import Foundation
public import ItemBank

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

extension Connection {
  /// A finished session's form as it was given: drawn at the start, then chosen.
  ///
  /// - Parameter row: its `id` and `form`.
  /// - Returns: all its stages.
  /// - Throws: the database's error, or the decoder's for a damaged form.
  func givenStages(_ row: Row) throws -> [Stage] {
    var stages = try FormRecord(json: try row.text("form")).form()
    let id = TestSession.ID(rawValue: try row.text("id"))
    for (first, selected) in try selections(in: id).sorted(by: { $0.key < $1.key })
    where first <= stages.count {
      stages.replaceSubrange((first - 1)..., with: selected)
    }
    return stages
  }

  /// The items of a finished session's form as it was given.
  ///
  /// - Parameter row: its `id` and `form`.
  /// - Returns: the items of all its stages.
  /// - Throws: the database's error, or the decoder's for a damaged form.
  func givenItems(_ row: Row) throws -> Set<AssessmentItem.ID> {
    Set(try givenStages(row).flatMap(\.items))
  }

  /// The items of a finished session and of those that it goes on from.
  ///
  /// - Throws: the database's error, or the decoder's for a damaged form.
  func givenItems(in session: StoredSession) throws -> Set<AssessmentItem.ID> {
    try (session.earlier + [session]).reduce(into: []) { items, stored in
      guard
        let found = try row("SELECT id, form FROM test_session WHERE id = \(stored.id.rawValue)")
      else { return }
      items.formUnion(try givenItems(found))
    }
  }

  /// The items that somebody was asked in finished sessions of a test.
  ///
  /// - Parameters:
  ///   - owner: whose sessions.
  ///   - test: the test.
  ///   - session: a session that does not count; nil if all do.
  /// - Returns: the items.
  /// - Throws: the database's error, or the decoder's for a damaged form.
  func seenItems(
    of owner: SessionOwner, in test: AssessmentTest.ID, except session: TestSession.ID?
  ) throws -> Set<AssessmentItem.ID> {
    // `coalesce` keeps SQLite from going through everybody's sessions of the test.
    try rows(
      """
      SELECT id, form FROM test_session
      WHERE (token_hash = \(owner.tokenHash) OR person = \(owner.personColumn))
        AND coalesce(test, '') = \(test.rawValue) AND finished_at IS NOT NULL AND erased_at IS NULL
        AND id <> \(session?.rawValue ?? "")
      """
    ).reduce(into: []) { $0.formUnion(try givenItems($1)) }
  }
}

extension Store {
  /// The items that somebody was asked in finished sessions of a test: a new session avoids them.
  ///
  /// - Parameters:
  ///   - owner: whose sessions.
  ///   - test: the test.
  /// - Returns: the items; none if there was no such session.
  /// - Throws: the database's error if it cannot be read.
  public func seenItems(
    of owner: SessionOwner, in test: AssessmentTest.ID
  ) async throws -> Set<AssessmentItem.ID> {
    try await engine.read { try $0.seenItems(of: owner, in: test, except: nil) }
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

public import Delivery
public import Foundation
public import ItemBank

/// What came of the wish to go on from a finished session.
public enum Continuation: Hashable, Sendable {
  /// A session of one stage was begun.
  case begun(TestSession.ID, TestSession)
  /// There was one already, from another tab or another day.
  case known(TestSession.ID)
  /// Nothing can follow: it is not finished, the limit is reached, too few items are left, or there is
  /// a later session of the same test.
  case refused
}

extension Store {
  /// Begins a session of one stage that goes on from a finished one, for whoever that one belongs to.
  ///
  /// One transaction: a second tab finds what the first began.
  ///
  /// - Parameters:
  ///   - key: what opens the finished session.
  ///   - id: what the new one shall be called.
  ///   - startedAt: the time.
  ///   - bank: the bank the finished session is pinned to.
  /// - Returns: what came of it; nil if the key opens no session.
  /// - Throws: the database's error if it cannot be kept.
  public func continueSession(
    _ key: SessionKey, as id: TestSession.ID, startedAt: Date, bank: Bank
  ) async throws -> Continuation? {
    try await commits.commit { connection in
      guard let stored = try StoredSession.find(key, in: connection) else { return nil }
      if let known = try connection.continuation(of: key.id) { return .known(known.id) }
      let finished = try stored.replayed(bank: bank)
      guard try !connection.hasLaterSession(than: stored, of: key.owner),
        let further = finished.furtherStage(
          bank: bank, exposure: try connection.exposure(of: stored.start.test),
          avoiding: try connection.seenItems(
            of: key.owner, in: stored.start.test, except: nil))
      else { return .refused }
      let form = try FormRecord([further.stage]).json()
      let expectation = try ExpectationRecord(further.expectation).json()
      try connection.execute(
        """
        INSERT INTO test_session
          (id, token_hash, test, bank_version, environment, school_stage, subject, programme, seed,
           form, started_at, person, device, continues, expectation)
        SELECT \(id.rawValue), token_hash, test, bank_version, environment, school_stage, subject,
          programme, seed, \(form), \(startedAt.storedTime), person, device, id, \(expectation)
        FROM test_session WHERE id = \(key.id.rawValue)
        """)
      return .begun(id, TestSession(continuing: finished, with: further.stage))
    }
  }

  /// Whether somebody has begun the same test anew since a session: then the newer one says more about
  /// today.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func isSuperseded(_ stored: StoredSession, of owner: SessionOwner) async throws -> Bool {
    try await engine.read { try $0.hasLaterSession(than: stored, of: owner) }
  }

  /// What one stage more would bring to a finished session, before anybody decides to take it.
  ///
  /// - Parameters:
  ///   - session: the session.
  ///   - owner: whose it is.
  ///   - bank: the bank it is pinned to.
  /// - Returns: nil when none can follow.
  /// - Throws: the database's error if it cannot be read.
  public func furtherStage(
    after session: TestSession, of owner: SessionOwner, bank: Bank
  ) async throws -> FurtherStage? {
    let test = session.start.test
    let (exposure, seen) = try await engine.read { connection in
      (
        try connection.exposure(of: test),
        try connection.seenItems(of: owner, in: test, except: nil)
      )
    }
    return session.furtherStage(bank: bank, exposure: exposure, avoiding: seen)
  }

  /// The sessions that go on from one, each from the one before, and which of them are finished.
  ///
  /// - Parameter key: what opens the one.
  /// - Returns: nothing if there is none, or if the key opens nothing.
  /// - Throws: the database's error if it cannot be read.
  public func continuations(
    of key: SessionKey
  ) async throws -> [(id: TestSession.ID, isFinished: Bool)] {
    try await engine.read { connection in
      guard try StoredSession.find(key, in: connection) != nil else { return [] }
      var found: [(id: TestSession.ID, isFinished: Bool)] = []
      while let next = try connection.continuation(of: found.last?.id ?? key.id) {
        found.append(next)
      }
      return found
    }
  }
}

extension Connection {
  fileprivate func continuation(
    of session: TestSession.ID
  ) throws -> (id: TestSession.ID, isFinished: Bool)? {
    try row(
      """
      SELECT id, finished_at FROM test_session WHERE continues = \(session.rawValue)
      """
    ).map { row in
      (
        TestSession.ID(rawValue: try row.text("id")),
        try row.optionalText("finished_at") != nil
      )
    }
  }

  /// Whether somebody has begun the same test anew since: then that one says more about today.
  fileprivate func hasLaterSession(
    than stored: StoredSession, of owner: SessionOwner
  ) throws -> Bool {
    // Compared as they are stored: a time that was read and written again may be a thousandth earlier.
    // `coalesce` keeps SQLite from going through everybody's sessions of the test.
    try row(
      """
      SELECT id FROM test_session
      WHERE (token_hash = \(owner.tokenHash) OR person = \(owner.personColumn))
        AND coalesce(test, '') = \(stored.start.test.rawValue) AND erased_at IS NULL
        AND started_at > (SELECT started_at FROM test_session WHERE id = \(stored.id.rawValue))
      LIMIT 1
      """) != nil
  }

  /// The sessions that a session goes on from, the first one first.
  ///
  /// - Parameter row: its `continues`.
  /// - Returns: nothing for a session that began anew.
  /// - Throws: the database's error, or that a session cannot be read.
  func sessions(before row: Row) throws -> [StoredSession] {
    guard let id = try row.optionalText("continues"),
      let found = try self.row(
        """
        SELECT id, test, bank_version, environment, school_stage, subject, programme, seed, form,
          started_at, finished_at, self_rating, continues, expectation, paper_form, device
        FROM test_session WHERE id = \(id)
        """)
    else { return [] }
    let base = try StoredSession(row: found, connection: self)
    return base.earlier + [base]
  }
}

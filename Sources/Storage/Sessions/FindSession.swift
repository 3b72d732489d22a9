import Delivery

extension Store {
  /// Reads a session with its events.
  ///
  /// - Parameter key: what opens it.
  /// - Returns: nil if there is no such session or the key does not open it.
  /// - Throws: the database's error if it cannot be read.
  public func session(_ key: SessionKey) async throws -> StoredSession? {
    try await engine.read { try StoredSession.find(key, in: $0) }
  }

  /// The newest session of somebody that is not finished, to offer going on with it.
  ///
  /// - Parameter owner: whose.
  /// - Returns: nil if there is none.
  /// - Throws: the database's error if it cannot be read.
  public func openSession(of owner: SessionOwner) async throws -> StoredSession? {
    try await newestSession(of: owner, isFinished: false)
  }

  /// The newest finished session of somebody, to offer its result again.
  ///
  /// - Parameter owner: whose.
  /// - Returns: nil if there is none.
  /// - Throws: the database's error if it cannot be read.
  public func finishedSession(of owner: SessionOwner) async throws -> StoredSession? {
    try await newestSession(of: owner, isFinished: true)
  }

  private func newestSession(
    of owner: SessionOwner, isFinished: Bool
  ) async throws -> StoredSession? {
    try await engine.read { connection in
      let row = try connection.row(
        """
        SELECT id, test, bank_version, environment, school_stage, subject, programme, seed, form,
          started_at, finished_at, self_rating, continues, expectation, paper_form, device
        FROM test_session
        WHERE (token_hash = \(owner.tokenHash) OR person = \(owner.personColumn))
          AND (finished_at IS NOT NULL) = (\(isFinished ? 1 : 0) = 1)
          AND erased_at IS NULL
        ORDER BY started_at DESC, id LIMIT 1
        """)
      return try row.map { try StoredSession(row: $0, connection: connection) }
    }
  }
}

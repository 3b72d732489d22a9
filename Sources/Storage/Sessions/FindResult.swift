public import Delivery

extension Store {
  /// The result of a finished session as it was worked out when its last stage was submitted: what
  /// was once told stays, whatever later programs would say.
  ///
  /// - Parameter key: what opens the session.
  /// - Returns: nil if the session is not finished or the key opens none.
  /// - Throws: the database's error if it cannot be read.
  public func result(_ key: SessionKey) async throws -> TestResult? {
    try await storedResult(key).map { try ResultRecord(json: $0).result() }
  }

  /// The result of a finished session exactly as it was kept when its last stage was submitted.
  ///
  /// - Parameter key: what opens the session.
  /// - Returns: canonical JSON; nil if the session is not finished or the key opens none.
  /// - Throws: the database's error if it cannot be read.
  public func storedResult(_ key: SessionKey) async throws -> String? {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT body FROM session_result JOIN test_session ON test_session.id = session
        WHERE session = \(key.id.rawValue)
          AND (token_hash = \(key.owner.tokenHash) OR person = \(key.owner.personColumn))
          AND erased_at IS NULL
        """)?.text("body")
    }
  }

  /// A result in the form in which it is kept, to compare a replay with what was stored.
  ///
  /// - Parameter result: the result.
  /// - Returns: canonical JSON.
  /// - Throws: the encoder's error for a number that is not finite.
  public static func canonicalJSON(of result: TestResult) throws -> String {
    try ResultRecord(result).json()
  }
}

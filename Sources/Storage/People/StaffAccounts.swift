public import Foundation
public import People

extension Store {
  /// Keeps an invitation: whoever opens its link makes the account it is for.
  ///
  /// - Parameters:
  ///   - grant: what the account may be.
  ///   - tokenHash: SHA-256 of the link's token.
  ///   - expiresAt: until when it can be used.
  ///   - actor: who asks, for the audit log.
  ///   - time: the time.
  /// - Throws: the database's error if it cannot be kept.
  public func invite(
    _ grant: Grant, tokenHash: [UInt8], expiresAt: Date, actor: String, at time: Date
  ) async throws {
    try await commits.commit { connection in
      try connection.execute(
        """
        INSERT INTO invitation (token_hash, role, unit, teaching_group, made_at, expires_at)
        VALUES (\(tokenHash), \(grant.role.rawValue), \(grant.unitColumn), \(grant.groupColumn),
          \(time.storedTime), \(expiresAt.storedTime))
        """)
      try connection.audit(
        AuditEvent(
          actor: actor, action: "invite",
          object: grant.unitColumn.map { "unit:\($0)" } ?? "service",
          detail: grant.role.rawValue), at: time)
    }
  }

  /// What an invitation is for; nil if there is none, or it was used or has expired.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func invitation(tokenHash: [UInt8], at time: Date) async throws -> Grant? {
    try await engine.read { try $0.invitation(tokenHash, at: time) }
  }

  /// Makes an account from an invitation, which is used up.
  ///
  /// - Parameters:
  ///   - invitation: SHA-256 of the link's token.
  ///   - id: the new account's identifier.
  ///   - login: the name to sign in with.
  ///   - name: the name that others see.
  ///   - credentials: what it proves itself with.
  ///   - time: the time.
  /// - Returns: the account; nil if the invitation is none any more.
  /// - Throws: ``StaffAccountError/loginTaken``, or the database's error.
  public func makeAccount(
    from invitation: [UInt8], id: StaffAccount.ID, login: String, name: String,
    credentials: StaffCredentials, at time: Date
  ) async throws -> StaffAccount? {
    try await commits.commit { connection in
      guard let grant = try connection.invitation(invitation, at: time) else { return nil }
      let taken = try connection.row("SELECT id FROM staff_account WHERE login = \(login)")
      guard taken == nil else { throw StaffAccountError.loginTaken }
      try connection.execute("DELETE FROM invitation WHERE token_hash = \(invitation)")
      try connection.execute(
        """
        INSERT INTO staff_account (id, login, name, password_hash, totp_secret, totp_used_step,
          role, unit, teaching_group, made_at)
        VALUES (\(id.rawValue), \(login), \(name), \(credentials.passwordHash),
          \(credentials.totpSecret), \(credentials.usedStep), \(grant.role.rawValue),
          \(grant.unitColumn), \(grant.groupColumn), \(time.storedTime))
        """)
      try connection.audit(
        AuditEvent(
          actor: "account:\(id.rawValue)", action: "make-account", object: "account:\(id.rawValue)",
          detail: grant.role.rawValue), at: time)
      return StaffAccount(id: id, login: login, name: name, grant: grant)
    }
  }

  /// An account with its credentials, by the name to sign in with; nil if there is none open.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func account(
    login: String
  ) async throws -> (account: StaffAccount, credentials: StaffCredentials)? {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT id, login, name, role, unit, teaching_group, closed_at, password_hash, totp_secret,
          totp_used_step
        FROM staff_account WHERE login = \(login) AND closed_at IS NULL
        """
      ).map { row in
        (
          try StaffAccount(row: row),
          StaffCredentials(
            passwordHash: try row.text("password_hash"), totpSecret: try row.blob("totp_secret"),
            usedStep: Int(try row.integer("totp_used_step")))
        )
      }
    }
  }

  /// Signs an account in, and uses its one-time password up.
  ///
  /// - Parameters:
  ///   - account: the account.
  ///   - step: the time step of the one-time password.
  ///   - tokenHash: SHA-256 of the token that shall be signed in.
  ///   - time: the time.
  /// - Returns: false if that one-time password was used before, or the account is closed.
  /// - Throws: the database's error if it cannot be kept.
  public func signIn(
    _ account: StaffAccount.ID, step: Int, tokenHash: [UInt8], at time: Date
  ) async throws -> Bool {
    try await commits.commit { connection in
      let changed = try connection.execute(
        """
        UPDATE staff_account SET totp_used_step = \(step)
        WHERE id = \(account.rawValue) AND totp_used_step < \(step) AND closed_at IS NULL
        """)
      guard changed == 1 else { return false }
      try connection.startAccess(tokenHash, person: nil, account: account, at: time)
      try connection.audit(
        AuditEvent(
          actor: "account:\(account.rawValue)", action: "sign-in",
          object: "account:\(account.rawValue)"), at: time)
      return true
    }
  }

  /// All accounts, closed ones last.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func accounts() async throws -> [StaffAccount] {
    try await engine.read { connection in
      try connection.rows(
        """
        SELECT id, login, name, role, unit, teaching_group, closed_at FROM staff_account
        ORDER BY closed_at IS NOT NULL, login
        """
      ).map(StaffAccount.init(row:))
    }
  }

  /// Closes an account: it opens nothing any more.
  ///
  /// - Returns: false if there is no such account, or it is closed already.
  /// - Throws: ``StaffAccountError/lastOperator`` if nobody could open another; the database's error
  ///   if it cannot be kept.
  public func closeAccount(
    _ id: StaffAccount.ID, actor: String, at time: Date
  ) async throws -> Bool {
    try await commits.commit { connection in
      let changed = try connection.execute(
        """
        UPDATE staff_account SET closed_at = \(time.storedTime)
        WHERE id = \(id.rawValue) AND closed_at IS NULL
        """)
      guard changed == 1 else { return false }
      guard try connection.hasOperator() else { throw StaffAccountError.lastOperator }
      try connection.execute("DELETE FROM access_session WHERE account = \(id.rawValue)")
      try connection.audit(
        AuditEvent(actor: actor, action: "close-account", object: "account:\(id.rawValue)"),
        at: time)
      return true
    }
  }

  /// Whether anybody can make accounts.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func hasOperator() async throws -> Bool {
    try await engine.read { try $0.hasOperator() }
  }
}

/// Why something cannot be done with an account.
public enum StaffAccountError: Error, Hashable, Sendable {
  /// Somebody else signs in with this name.
  case loginTaken
  /// The last operator's account cannot be closed.
  case lastOperator
}

extension SQLiteConnection {
  fileprivate func invitation(_ tokenHash: [UInt8], at time: Date) throws -> Grant? {
    try row(
      """
      SELECT role, unit, teaching_group FROM invitation
      WHERE token_hash = \(tokenHash) AND expires_at > \(time.storedTime)
      """
    ).map(Grant.init(row:))
  }

  fileprivate func hasOperator() throws -> Bool {
    try row(
      """
      SELECT id FROM staff_account
      WHERE role = \(Role.operating.rawValue) AND closed_at IS NULL LIMIT 1
      """) != nil
  }
}

extension StaffAccount {
  init(row: Row) throws {
    self.init(
      id: ID(rawValue: try row.text("id")), login: try row.text("login"),
      name: try row.text("name"), grant: try Grant(row: row),
      closedAt: try row.optionalText("closed_at").map { try Date(storedTime: $0) })
  }
}

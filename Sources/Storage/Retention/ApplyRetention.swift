public import Foundation
import People

extension Store {
  /// Takes the names out of what has been kept long enough, and deletes what can no longer be used.
  ///
  /// Answers stay under random names, as ``eraseSession(_:erasedAt:as:)`` says. The work is done in
  /// several transactions, so that answers never wait for it; each adds its own line to the audit
  /// log, and one that is stopped half way goes on the next time.
  ///
  /// - Parameters:
  ///   - rule: how long is long enough.
  ///   - actor: who asks, for the audit log.
  ///   - time: the time.
  ///   - unknown: makes random names.
  /// - Returns: what was done.
  /// - Throws: the database's error if a part of it could not be kept.
  public func applyRetention(
    _ rule: RetentionRule, actor: String, at time: Date,
    as unknown: @escaping @Sendable () -> String
  ) async throws -> RetentionOutcome {
    let limits = rule.limits(at: time)
    var total = RetentionOutcome.nothing
    while true {
      let done = try await commits.commit { connection in
        let done = try connection.applyRetention(limits, at: time, as: unknown)
        if !done.isEmpty {
          try connection.audit(
            AuditEvent(
              actor: actor, action: "apply-retention", object: "service", detail: done.detail),
            at: time)
        }
        return done
      }
      guard !done.isEmpty else { return total }
      total = total + done
    }
  }

  /// What ``applyRetention(_:actor:at:as:)`` would do now.
  ///
  /// - Throws: the database's error if it cannot be read.
  public func retentionDue(_ rule: RetentionRule, at time: Date) async throws -> RetentionOutcome {
    let limits = rule.limits(at: time)
    return try await engine.read { connection in
      let persons = try connection.personsDue(limits, limit: .max)
      var sessions = try Set(connection.sessionsDue(limits, limit: .max))
      for person in persons { sessions.formUnion(try connection.sessions(of: person)) }
      return RetentionOutcome(
        persons: persons.count, sessions: sessions.count,
        invitations: try connection.count(
          "SELECT count(*) AS count FROM invitation WHERE expires_at <= \(time.storedTime)"),
        codes: try connection.count(
          "SELECT count(*) AS count FROM sign_in_code WHERE expires_at <= \(time.storedTime)"),
        signIns: try connection.count(
          """
          SELECT count(*) AS count FROM access_session
          WHERE (person IS NOT NULL
              AND (seen_at <= \((time - AccessLimits.teacher.idle).storedTime)
                OR started_at <= \((time - AccessLimits.teacher.absolute).storedTime)))
            OR (account IS NOT NULL
              AND (seen_at <= \((time - AccessLimits.staff.idle).storedTime)
                OR started_at <= \((time - AccessLimits.staff.absolute).storedTime)))
          """))
    }
  }
}

extension SQLiteConnection {
  /// How many persons or sessions one transaction takes, so that it is short.
  private static var batch: Int { 100 }

  fileprivate func applyRetention(
    _ limits: RetentionRule.Limits, at time: Date, as unknown: () -> String
  ) throws -> RetentionOutcome {
    var done = RetentionOutcome.nothing
    for person in try personsDue(limits, limit: Self.batch) {
      done.sessions += try eraseSessions(of: person, as: unknown, at: time)
      try unname(person, as: unknown(), at: time)
      done.persons += 1
    }
    for session in try sessionsDue(limits, limit: Self.batch) {
      try erase(session, as: unknown, at: time)
      done.sessions += 1
    }
    done.invitations = try execute(
      "DELETE FROM invitation WHERE expires_at <= \(time.storedTime)")
    done.codes = try execute("DELETE FROM sign_in_code WHERE expires_at <= \(time.storedTime)")
    done.signIns = try execute(
      """
      DELETE FROM access_session
      WHERE (person IS NOT NULL
          AND (seen_at <= \((time - AccessLimits.teacher.idle).storedTime)
            OR started_at <= \((time - AccessLimits.teacher.absolute).storedTime)))
        OR (account IS NOT NULL
          AND (seen_at <= \((time - AccessLimits.staff.idle).storedTime)
            OR started_at <= \((time - AccessLimits.staff.absolute).storedTime)))
      """)
    return done
  }

  /// Whoever left long enough ago, or was last listed, told, or active long enough ago.
  fileprivate func personsDue(
    _ limits: RetentionRule.Limits, limit: Int
  ) throws -> [Person.ID] {
    let active = limits.active.storedTime
    return try rows(
      """
      SELECT id FROM person
      WHERE unnamed_at IS NULL AND ((has_left = 1 AND left_at <= \(limits.left.storedTime))
        OR (listed_at <= \(active) AND (notice_at IS NULL OR notice_at <= \(active))
          AND NOT EXISTS (SELECT 1 FROM test_session
            WHERE test_session.person = person.id
              AND (started_at > \(active) OR finished_at > \(active)))))
      ORDER BY id LIMIT \(limit)
      """
    ).map { Person.ID(rawValue: try $0.text("id")) }
  }

  /// Sessions that were started long enough ago, whoever took them.
  fileprivate func sessionsDue(_ limits: RetentionRule.Limits, limit: Int) throws -> [String] {
    try rows(
      """
      SELECT id FROM test_session
      WHERE erased_at IS NULL AND started_at <= \(limits.active.storedTime)
        AND (finished_at IS NULL OR finished_at <= \(limits.active.storedTime))
        AND NOT EXISTS (SELECT 1 FROM test_session AS later
          WHERE later.continues = test_session.id
            AND (later.started_at > \(limits.active.storedTime)
              OR later.finished_at > \(limits.active.storedTime)))
      ORDER BY id LIMIT \(limit)
      """
    ).map { try $0.text("id") }
  }

  /// Takes everything out of a person's line that says who they are.
  ///
  /// The line itself stays, so that what counts persons still counts.
  private func unname(_ person: Person.ID, as unknown: String, at time: Date) throws {
    try endAccess(of: person)
    try execute(
      """
      UPDATE person SET name = '', staff_number = \(unknown), school_stage = NULL, subject = NULL,
        teaching_group = NULL, is_near_retirement = 0, source_id = NULL, has_left = 1,
        notice_at = NULL, unnamed_at = \(time.storedTime)
      WHERE id = \(person.rawValue)
      """)
  }

  fileprivate func count(_ statement: SQL) throws -> Int {
    Int(try row(statement)?.integer("count") ?? 0)
  }
}

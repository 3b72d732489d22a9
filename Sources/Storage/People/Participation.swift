public import Foundation
public import ItemBank
public import People

/// How far a teacher is with the diagnosis: all that a school learns of a person.
public struct ParticipationRow: Hashable, Sendable {
  /// How far.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// The account was never used.
    case notActivated
    /// The account is used; no diagnosis was begun.
    case notStarted
    /// One was begun.
    case started
    /// One is finished.
    case finished
  }

  /// The teacher.
  public var person: Person
  /// How far.
  public var state: State
  /// When the first one was finished; nil while none is.
  public var finishedAt: Date?
  /// Whether the teacher has opened the account; one whose answers were keyed in from paper need not
  /// have.
  public var hasAccount: Bool
}

extension Store {
  /// How far the teachers of a unit, without those of its sites, are.
  ///
  /// - Parameters:
  ///   - unit: the school or site.
  ///   - group: one teaching group of it; nil for all.
  ///   - person: one teacher of it; nil for all.
  ///   - tests: the tests whose sessions count; nil for those of every standard.
  /// - Returns: one row a teacher, by group, then by number.
  /// - Throws: the database's error if it cannot be read.
  public func participation(
    of unit: AdministrativeUnit.ID, group: TeachingGroupID? = nil, person: Person.ID? = nil,
    in tests: [AssessmentTest.ID]? = nil
  ) async throws -> [ParticipationRow] {
    let counted = (tests ?? []).map(\.rawValue)
    let all = tests == nil ? 1 : 0
    return try await engine.read { connection in
      try connection.rows(
        """
        SELECT person.id AS id, person.unit AS unit, staff_number, person.name AS name,
          person.school_stage AS school_stage, person.subject AS subject,
          teaching_group.name AS group_name, is_near_retirement, source_id, has_left, notice_at,
          (SELECT min(finished_at) FROM test_session WHERE test_session.person = person.id
            AND (\(all) = 1 OR test IN \(list: counted))) AS finished_at,
          (SELECT count(*) FROM test_session WHERE test_session.person = person.id
            AND (\(all) = 1 OR test IN \(list: counted))) AS sessions
        FROM person LEFT JOIN teaching_group ON teaching_group.id = teaching_group
        WHERE person.unit = \(unit.rawValue) AND has_left = 0
          AND (coalesce(\(group?.rawValue), '') = '' OR teaching_group = \(group?.rawValue))
          AND (coalesce(\(person?.rawValue), '') = '' OR person.id = \(person?.rawValue))
        ORDER BY teaching_group.name IS NULL, teaching_group.name, staff_number
        """
      ).map(ParticipationRow.init(row:))
    }
  }

  /// How far one teacher is, as ``participation(of:group:person:in:)`` tells the school.
  ///
  /// - Parameters:
  ///   - person: the teacher.
  ///   - tests: the tests whose sessions count; nil for those of every standard.
  /// - Returns: the row; nil when the teacher has left.
  /// - Throws: the database's error if it cannot be read.
  public func participation(
    of person: Person, in tests: [AssessmentTest.ID]? = nil
  ) async throws -> ParticipationRow? {
    try await participation(of: person.unit, person: person.id, in: tests).first
  }
}

extension ParticipationRow {
  fileprivate init(row: Row) throws {
    person = try Person(row: row)
    finishedAt = try row.optionalText("finished_at").map { try Date(storedTime: $0) }
    hasAccount = try row.optionalText("notice_at") != nil
    if finishedAt != nil {
      state = .finished
    } else if try row.integer("sessions") > 0 {
      state = .started
    } else {
      state = hasAccount ? .notStarted : .notActivated
    }
  }
}

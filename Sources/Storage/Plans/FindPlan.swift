import Courses
import Delivery
import Foundation
import Recommendation

extension Store {
  /// A version of a plan.
  ///
  /// - Parameters:
  ///   - id: the plan.
  ///   - version: which one; nil for the newest.
  ///   - owner: who asks; the plan's session must be theirs.
  /// - Returns: nil if there is no such plan or it is not theirs.
  /// - Throws: the database's error if it cannot be read.
  public func plan(
    _ id: StoredPlan.ID, version: Int? = nil, of owner: SessionOwner
  ) async throws -> StoredPlan? {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT study_plan.id AS id, session, study_plan.programme AS programme, version,
          courses_version, body, edit, parent, study_plan_version.created_at AS created_at, slot
        FROM study_plan
        JOIN test_session ON test_session.id = session
        JOIN study_plan_version ON plan = study_plan.id
        WHERE study_plan.id = \(id.rawValue)
          AND (token_hash = \(owner.tokenHash) OR person = \(owner.personColumn))
          AND version = coalesce(\(version), version)
        ORDER BY version DESC LIMIT 1
        """
      ).map(StoredPlan.init(row:))
    }
  }

  /// What was changed in a plan, the newest change first.
  ///
  /// - Parameters:
  ///   - id: the plan.
  ///   - version: only changes made after this version; 0 for all.
  ///   - limit: how many at most.
  ///   - owner: who asks; the plan's session must be theirs.
  /// - Returns: the changes; none if there is no such plan or it is not theirs.
  /// - Throws: the database's error if they cannot be read.
  public func planEdits(
    _ id: StoredPlan.ID, after version: Int = 0, limit: Int = 50, of owner: SessionOwner
  ) async throws -> [StoredPlanEdit] {
    try await engine.read { connection in
      try connection.rows(
        """
        SELECT version, edit, study_plan_version.created_at AS created_at
        FROM study_plan
        JOIN test_session ON test_session.id = session
        JOIN study_plan_version ON plan = study_plan.id
        WHERE study_plan.id = \(id.rawValue)
          AND (token_hash = \(owner.tokenHash) OR person = \(owner.personColumn))
          AND version > \(version) AND edit IS NOT NULL
        ORDER BY version DESC LIMIT \(limit)
        """
      ).map { row in
        StoredPlanEdit(
          version: Int(try row.integer("version")),
          madeAt: try Date(storedTime: try row.text("created_at")),
          edit: try PlanEditRecord(json: try row.text("edit")).edit())
      }
    }
  }

  /// The newest plan of a session, to offer opening it again.
  ///
  /// - Parameter key: what opens the session.
  /// - Returns: nil if there is none.
  /// - Throws: the database's error if it cannot be read.
  public func newestPlan(of key: SessionKey) async throws -> StoredPlan.ID? {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT study_plan.id AS id FROM study_plan
        JOIN test_session ON test_session.id = session
        WHERE session = \(key.id.rawValue)
          AND (token_hash = \(key.owner.tokenHash) OR person = \(key.owner.personColumn))
        ORDER BY study_plan.created_at DESC, study_plan.id LIMIT 1
        """
      ).map { StoredPlan.ID(rawValue: try $0.text("id")) }
    }
  }
}

extension StoredPlan {
  /// Reads a row that holds the columns of a plan and of one of its versions.
  init(row: Row) throws {
    let record = try PlanRecord(json: try row.text("body"))
    self.init(
      id: ID(rawValue: try row.text("id")),
      session: TestSession.ID(rawValue: try row.text("session")),
      programme: Programme.ID(rawValue: try row.text("programme")),
      version: Int(try row.integer("version")),
      coursesVersion: try row.text("courses_version"),
      wishes: try record.wishes(),
      unlockedUtility: record.unlockedUtility,
      plan: try record.studyPlan(),
      edit: try row.optionalText("edit").map { try PlanEditRecord(json: $0).edit() },
      parent: try row.optionalInteger("parent").map(Int.init),
      createdAt: try Date(storedTime: try row.text("created_at")),
      gainsVersion: record.gainsVersion,
      slot: try row.optionalText("slot").map { try RandomisedSlotRecord(json: $0).slot() })
  }
}

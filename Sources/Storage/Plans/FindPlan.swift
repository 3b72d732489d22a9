import Courses
import Delivery
import Foundation

extension Store {
  /// The newest version of a plan.
  ///
  /// - Parameters:
  ///   - id: the plan.
  ///   - owner: who asks; the plan's session must be theirs.
  /// - Returns: nil if there is no such plan or it is not theirs.
  /// - Throws: the database's error if it cannot be read.
  public func plan(_ id: StoredPlan.ID, of owner: SessionOwner) async throws -> StoredPlan? {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT study_plan.id AS id, session, study_plan.programme AS programme, version,
          courses_version, body, study_plan_version.created_at AS created_at
        FROM study_plan
        JOIN test_session ON test_session.id = session
        JOIN study_plan_version ON plan = study_plan.id
        WHERE study_plan.id = \(id.rawValue)
          AND (token_hash = \(owner.tokenHash) OR person = \(owner.personColumn))
        ORDER BY version DESC LIMIT 1
        """
      ).map(StoredPlan.init(row:))
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
  fileprivate init(row: Row) throws {
    let record = try PlanRecord(json: try row.text("body"))
    self.init(
      id: ID(rawValue: try row.text("id")),
      session: TestSession.ID(rawValue: try row.text("session")),
      programme: Programme.ID(rawValue: try row.text("programme")),
      version: Int(try row.integer("version")),
      coursesVersion: try row.text("courses_version"),
      locked: record.locked.map(Course.ID.init(rawValue:)),
      excluded: record.excluded.map(Course.ID.init(rawValue:)),
      unlockedUtility: record.unlockedUtility,
      plan: try record.studyPlan(),
      createdAt: try Date(storedTime: try row.text("created_at")))
  }
}

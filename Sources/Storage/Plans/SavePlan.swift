import Courses
import Delivery
import Foundation

extension Store {
  /// Keeps a new plan, or a new version of one.
  ///
  /// - Parameters:
  ///   - plan: the plan; its version is the last kept one plus 1, or 1.
  ///   - owner: who asks; the plan's session must still be theirs.
  /// - Returns: false if another version came first, or the session was erased meanwhile, and
  ///   nothing was kept: read again and decide from what is there.
  /// - Throws: the database's error if it cannot be kept.
  public func savePlan(_ plan: StoredPlan, of owner: SessionOwner) async throws -> Bool {
    let body = try PlanRecord(plan).json()
    let slot = try plan.slot.map { try RandomisedSlotRecord($0).storedJSON() }
    let edit = try plan.edit.map { try PlanEditRecord($0).json() }
    return try await commits.commit { connection in
      let time = plan.createdAt.storedTime
      let session = try connection.row(
        """
        SELECT id FROM test_session
        WHERE id = \(plan.session.rawValue) AND erased_at IS NULL
          AND (token_hash = \(owner.tokenHash) OR person = \(owner.personColumn))
        """)
      guard session != nil else { return false }
      let last = try connection.row(
        "SELECT max(version) AS version FROM study_plan_version WHERE plan = \(plan.id.rawValue)")?
        .optionalInteger("version")
      guard plan.version == Int(last ?? 0) + 1 else { return false }
      if plan.version == 1 {
        try connection.execute(
          """
          INSERT INTO study_plan (id, session, programme, created_at, slot)
          VALUES (\(plan.id.rawValue), \(plan.session.rawValue), \(plan.programme.rawValue),
            \(time), \(slot))
          """)
      }
      try connection.execute(
        """
        INSERT INTO study_plan_version
          (plan, version, courses_version, body, edit, parent, created_at)
        VALUES (\(plan.id.rawValue), \(plan.version), \(plan.coursesVersion), \(body), \(edit),
          \(plan.parent), \(time))
        """)
      return true
    }
  }
}

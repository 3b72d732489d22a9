import Courses
import Delivery
import Foundation

extension Store {
  /// Keeps a new plan, or a new version of one.
  ///
  /// - Parameter plan: the plan; its version is the last kept one plus 1, or 1.
  /// - Returns: false if another version came first, and nothing was kept: decide again from that
  ///   one.
  /// - Throws: the database's error if it cannot be kept.
  public func savePlan(_ plan: StoredPlan) async throws -> Bool {
    let body = try PlanRecord(plan).json()
    return try await commits.commit { connection in
      let time = plan.createdAt.storedTime
      let last = try connection.row(
        "SELECT max(version) AS version FROM study_plan_version WHERE plan = \(plan.id.rawValue)")?
        .optionalInteger("version")
      guard plan.version == Int(last ?? 0) + 1 else { return false }
      if plan.version == 1 {
        try connection.execute(
          """
          INSERT INTO study_plan (id, session, programme, created_at)
          VALUES (\(plan.id.rawValue), \(plan.session.rawValue), \(plan.programme.rawValue),
            \(time))
          """)
      }
      try connection.execute(
        """
        INSERT INTO study_plan_version (plan, version, courses_version, body, created_at)
        VALUES (\(plan.id.rawValue), \(plan.version), \(plan.coursesVersion), \(body), \(time))
        """)
      return true
    }
  }
}

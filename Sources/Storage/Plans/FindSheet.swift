import Foundation

extension Store {
  /// The printed sheet with a code, for whoever holds the paper.
  ///
  /// - Parameter codeHash: the keyed hash of the code.
  /// - Returns: nil if no sheet has the code, or its plan was erased.
  /// - Throws: the database's error if it cannot be read.
  public func sheet(codeHash: [UInt8]) async throws -> PlanSheet? {
    try await engine.read { connection in
      let row = try connection.row(
        """
        SELECT study_plan.id AS id, session, study_plan.programme AS programme,
          study_plan_version.version AS version, courses_version, body, edit, parent,
          study_plan_version.created_at AS created_at, slot, content_hash, printed_at,
          (SELECT max(version) FROM study_plan_version AS newer
            WHERE newer.plan = study_plan.id) AS newest
        FROM plan_sheet
        JOIN study_plan ON study_plan.id = plan_sheet.plan
        JOIN study_plan_version ON study_plan_version.plan = plan_sheet.plan
          AND study_plan_version.version = plan_sheet.version
        WHERE code_hash = \(codeHash)
        """)
      guard let row else { return nil }
      let plan = try StoredPlan(row: row)
      let content = PlanContent.hash(
        plan: plan.id.rawValue, version: plan.version, coursesVersion: plan.coursesVersion,
        body: try row.text("body"))
      return PlanSheet(
        plan: plan, printedAt: try Date(storedTime: try row.text("printed_at")),
        newestVersion: Int(try row.integer("newest")),
        isIntact: content == (try row.blob("content_hash")))
    }
  }
}

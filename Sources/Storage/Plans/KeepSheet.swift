import Delivery
public import Foundation

extension Store {
  /// Notes that a version of a plan is printed with a code, so that whoever holds the paper can ask.
  ///
  /// A version that was printed before keeps its first time; its code is the same again.
  ///
  /// - Parameters:
  ///   - id: the plan.
  ///   - version: the version.
  ///   - codeHash: the keyed hash of the code; the code itself is not kept.
  ///   - owner: who prints; the plan's session must be theirs.
  ///   - printedAt: the time.
  /// - Returns: whether there is such a version.
  /// - Throws: the database's error if it cannot be kept.
  public func keepSheet(
    of id: StoredPlan.ID, version: Int, codeHash: [UInt8], owner: SessionOwner, printedAt: Date
  ) async throws -> Bool {
    try await commits.commit { connection in
      let row = try connection.row(
        """
        SELECT courses_version, body FROM study_plan
        JOIN test_session ON test_session.id = session
        JOIN study_plan_version ON plan = study_plan.id
        WHERE study_plan.id = \(id.rawValue) AND version = \(version)
          AND (token_hash = \(owner.tokenHash) OR person = \(owner.personColumn))
        """)
      guard let row else { return false }
      let content = PlanContent.hash(
        plan: id.rawValue, version: version, coursesVersion: try row.text("courses_version"),
        body: try row.text("body"))
      try connection.execute(
        """
        INSERT INTO plan_sheet (code_hash, plan, version, content_hash, printed_at)
        VALUES (\(codeHash), \(id.rawValue), \(version), \(content), \(printedAt.storedTime))
        ON CONFLICT (code_hash) DO NOTHING
        """)
      return true
    }
  }

  /// Whether a version of a plan was printed with a code.
  ///
  /// - Parameters:
  ///   - id: the plan; whether it is the asker's has been seen already.
  ///   - version: the version.
  ///   - codeHash: the keyed hash of its code.
  /// - Returns: whether it was.
  /// - Throws: the database's error if it cannot be read.
  public func hasSheet(
    of id: StoredPlan.ID, version: Int, codeHash: [UInt8]
  ) async throws -> Bool {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT version FROM plan_sheet
        WHERE code_hash = \(codeHash) AND plan = \(id.rawValue) AND version = \(version)
        """) != nil
    }
  }
}

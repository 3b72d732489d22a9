public import Courses
public import Delivery
import Foundation
public import ItemBank
public import Recommendation

/// Two diagnoses of one teacher with a plan made between them.
public struct PlannedRetest: Sendable {
  /// The first diagnosis.
  public var before: TestSession
  /// The second.
  public var after: TestSession
  /// The courses of the plan as it stood when the second began.
  public var courses: [Course.ID]
  /// The course of that plan that was drawn by chance; nil where none was.
  public var slot: RandomisedSlot?
}

extension Store {
  /// Teachers who were diagnosed twice and had planned courses in between.
  ///
  /// Of a teacher with more than two diagnoses each pair of neighbours counts; sessions that only go
  /// on from another are part of it and not looked at.
  ///
  /// - Parameter tests: the tests.
  /// - Returns: one for each pair, without a name.
  /// - Throws: the database's error, or ``StoreError/unreadable(table:)`` for a damaged row.
  public func plannedRetests(of tests: [AssessmentTest.ID]) async throws -> [PlannedRetest] {
    let names = tests.map(\.rawValue)
    return try await engine.read { connection in
      let rows = try connection.rows(
        """
        SELECT id, person, test, bank_version, environment, school_stage, subject, programme, seed,
          answers, CASE WHEN answers IS NULL THEN form END AS form, started_at
        FROM test_session LEFT JOIN answer_sheet ON session = id
        WHERE test IN \(list: names) AND finished_at IS NOT NULL AND erased_at IS NULL
          AND continues IS NULL AND person IN (
            SELECT person FROM test_session
            WHERE finished_at IS NOT NULL AND erased_at IS NULL AND continues IS NULL
              AND person IS NOT NULL
            GROUP BY person, test HAVING count(*) > 1)
        ORDER BY person, test, finished_at, id
        """)
      var reading = FinishedSessionReading()
      var retests: [PlannedRetest] = []
      for (first, second) in zip(rows, rows.dropFirst()) {
        guard try first.text("person") == second.text("person"),
          try first.text("test") == second.text("test"),
          let planned = try connection.plannedCourses(
            after: try first.text("id"), before: try second.text("started_at"))
        else { continue }
        retests.append(
          PlannedRetest(
            before: try reading.session(first, in: connection),
            after: try reading.session(second, in: connection), courses: planned.courses,
            slot: planned.slot))
      }
      return retests
    }
  }
}

extension SQLiteConnection {
  /// The courses of the newest plan of a session, or of one that goes on from it however often, by some time, and
  /// what was drawn when it was made.
  fileprivate func plannedCourses(
    after session: String, before time: String
  ) throws -> (courses: [Course.ID], slot: RandomisedSlot?)? {
    let row = try row(
      """
      SELECT body, slot FROM study_plan JOIN study_plan_version ON plan = study_plan.id
      WHERE session IN (
          WITH RECURSIVE chain (id) AS (
            SELECT \(session)
            UNION SELECT test_session.id FROM test_session JOIN chain ON continues = chain.id)
          SELECT id FROM chain)
        AND study_plan_version.created_at < \(time)
      ORDER BY study_plan_version.created_at DESC, version DESC LIMIT 1
      """)
    return try row.map { row in
      (
        try JSONDecoder().decode(CoursesOfPlan.self, from: Data(try row.text("body").utf8))
          .courses.map(Course.ID.init(rawValue:)),
        try row.optionalText("slot").map { try RandomisedSlotRecord(json: $0).slot() }
      )
    }
  }
}

/// The courses of a stored plan: a small part of ``PlanRecord``.
private struct CoursesOfPlan: Decodable {
  var courses: [String]
}

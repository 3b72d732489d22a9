import Foundation
import Storage
import TestSupport
import Testing

/// The statements on the way of an answer find their rows by an index, however many there are.
struct QueryPlanTests {
  @Test(arguments: [
    "SELECT * FROM test_session WHERE id = 'x' AND token_hash = x'00'",
    "SELECT * FROM session_event WHERE session = 'x' ORDER BY position",
    "SELECT max(position) FROM session_event WHERE session = 'x'",
    "SELECT * FROM test_session WHERE token_hash = x'00' ORDER BY started_at DESC LIMIT 1",
    "SELECT * FROM study_plan WHERE session = 'x' ORDER BY created_at DESC LIMIT 1",
    "SELECT * FROM study_plan_version WHERE plan = 'x' ORDER BY version DESC LIMIT 1",
    "SELECT * FROM plan_sheet WHERE code_hash = x'00'",
    "DELETE FROM plan_sheet WHERE plan IN (SELECT id FROM study_plan WHERE session = 'x')",
  ])
  func `a statement on the answering path scans no table`(sql: String) throws {
    let folder = try Project.temporaryFolder()
    try Store(folder: folder, now: Date(timeIntervalSince1970: 0)).close()
    let steps = try RawDatabase(folder).rows("EXPLAIN QUERY PLAN \(sql)")
    #expect(!steps.isEmpty)
    #expect(steps.allSatisfy { !$0.contains("SCAN ") }, "\(steps)")
    try FileManager.default.removeItem(at: folder)
  }
}

import Foundation
import Storage
import TestSupport
import Testing

/// What the tables may hold of people.
struct SchemaTests {
  private func columns(of table: String) throws -> Set<String> {
    let folder = try Project.temporaryFolder()
    let store = try Store(folder: folder, now: Date(timeIntervalSince1970: 1_795_262_400))
    let found = try RawDatabase(folder).rows("SELECT name FROM pragma_table_info('\(table)')")
    try store.close()
    try FileManager.default.removeItem(at: folder)
    return Set(found)
  }

  @Test func `of a teacher the table has what the notice names and nothing else`() throws {
    // Another column needs another sentence in the notice, and in docs/privacy.md.
    #expect(
      try columns(of: "person") == [
        "id", "unit", "staff_number", "name", "school_stage", "subject", "teaching_group",
        "is_near_retirement", "source_id", "has_left", "notice_at", "listed_at", "left_at",
        "unnamed_at",
      ])
  }

  @Test func `of a member of staff the table has a name, a role and how to sign in`() throws {
    #expect(
      try columns(of: "staff_account") == [
        "id", "login", "name", "password_hash", "totp_secret", "totp_used_step", "role", "unit",
        "teaching_group", "made_at", "closed_at",
      ])
  }

  @Test func `a session says of its teacher who it is, stage, subject and device`() throws {
    #expect(
      try columns(of: "test_session") == [
        "id", "token_hash", "test", "bank_version", "environment", "school_stage", "subject",
        "programme", "seed", "form", "started_at", "finished_at", "erased_at", "person",
        "self_rating", "continues", "expectation", "paper_form", "device",
      ])
  }
}

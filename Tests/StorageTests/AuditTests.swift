import Foundation
import GRDB
import Storage
import TestSupport
import Testing

struct AuditTests {
  private let noon = Date(timeIntervalSince1970: 1_795_262_400)

  private func withLog(_ body: (Store, DatabaseQueue) async throws -> Void) async throws {
    let folder = try Project.temporaryFolder()
    let store = try Store(folder: folder, now: noon)
    for number in 1...5 {
      try await store.record(
        AuditEvent(actor: "account:a", action: "sign-in", object: "account:\(number)"), at: noon)
    }
    let queue = try DatabaseQueue(path: folder.appending(path: "bianque.sqlite").path)
    try await body(store, queue)
    try queue.close()
    try store.close()
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `a log that nobody touched is whole`() async throws {
    try await withLog { store, _ in
      let found = try await store.verifyAudit()
      #expect(found.intactEvents == 5 && found.firstBrokenPosition == nil)
    }
  }

  @Test func `no statement changes or deletes a line`() async throws {
    try await withLog { _, queue in
      for statement in ["UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event"] {
        await #expect(throws: DatabaseError.self) {
          try await queue.write { try $0.execute(sql: statement) }
        }
      }
    }
  }

  @Test(arguments: [
    "UPDATE audit_event SET actor = 'account:b' WHERE position = 3",
    "UPDATE audit_event SET happened_at = '2020-01-01T00:00:00.000Z' WHERE position = 3",
    "UPDATE audit_event SET action = 'sign', object = '-inaccount:3' WHERE position = 3",
    "DELETE FROM audit_event WHERE position = 3",
  ])
  func `whoever changes a line around the program is found out`(statement: String) async throws {
    try await withLog { store, queue in
      try await queue.write { database in
        try database.execute(sql: "DROP TRIGGER audit_event_is_never_changed")
        try database.execute(sql: "DROP TRIGGER audit_event_is_never_deleted")
        try database.execute(sql: statement)
      }
      let found = try await store.verifyAudit()
      #expect(found.intactEvents == 2 && found.firstBrokenPosition == 3)
    }
  }
}

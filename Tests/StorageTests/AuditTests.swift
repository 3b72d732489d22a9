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
      // A page finds it too, whether the line is among those shown or the one before them.
      for limit in [10, 3, 2] {
        let page = try await store.auditPage(limit: limit)
        let isGone = statement.hasPrefix("DELETE")
        // The line before the shown ones is only what the first of them is chained to.
        let sees = limit > 2 || isGone
        #expect((page.brokenPosition == 3) == sees, "\(limit)")
      }
    }
  }

  @Test func `a line changed together with its own hash is found out by the next`() async throws {
    try await withLog { store, queue in
      // The same log written anew with another third line: what a forger would put in its place.
      let folder = try Project.temporaryFolder()
      let forged = try Store(folder: folder, now: noon)
      for number in 1...3 {
        try await forged.record(
          AuditEvent(
            actor: number == 3 ? "account:b" : "account:a", action: "sign-in",
            object: "account:\(number)"), at: noon)
      }
      let other = try DatabaseQueue(path: folder.appending(path: "bianque.sqlite").path)
      let hash = try await other.read {
        try Data.fetchOne($0, sql: "SELECT hash FROM audit_event WHERE position = 3")
      }
      try other.close()
      try forged.close()
      try FileManager.default.removeItem(at: folder)
      try await queue.write { database in
        try database.execute(sql: "DROP TRIGGER audit_event_is_never_changed")
        try database.execute(
          sql: "UPDATE audit_event SET actor = 'account:b', hash = ? WHERE position = 3",
          arguments: [hash])
      }
      let found = try await store.verifyAudit()
      #expect(found.intactEvents == 3 && found.firstBrokenPosition == 4)
    }
  }

  @Test func `a page of the log shows its lines and checks the chain between them`() async throws {
    try await withLog { store, _ in
      let newest = try await store.auditPage(limit: 2)
      #expect(newest.events.map(\.position) == [5, 4] && newest.brokenPosition == nil)
      let older = try await store.auditPage(limit: 2, before: 4)
      #expect(older.events.map(\.position) == [3, 2] && older.brokenPosition == nil)
      let oldest = try await store.auditPage(limit: 2, before: 2)
      #expect(oldest.events.map(\.position) == [1] && oldest.brokenPosition == nil)
      #expect(try await store.auditPage(limit: 2, before: 1).events.isEmpty)
    }
  }
}

import Foundation
import GRDB
import ItemBank
import Delivery
import Storage
import TestSupport
import Testing

/// Backup, restore and inspection on real files.
struct BackupTests {
  private let bank: Bank
  private let noon = Date(timeIntervalSince1970: 1_795_262_400)

  init() throws {
    bank = try ShippedContent().bank
  }

  /// A database with a finished session in it, and a folder beside it.
  private func withDatabase(_ body: (Store, URL, URL) async throws -> Void) async throws {
    let root = try Project.temporaryFolder()
    let (folder, other) = (root.appending(path: "data"), root.appending(path: "other"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let store = try Store(folder: folder, now: noon)
    let session = try TestSession(start: Cast.wang(in: bank), bank: bank)
    try await store.publish(
      .bank, version: bank.version.rawValue, files: ["a": [1]], publishedAt: noon)
    try await store.startSession(Cast.wangKey, session: session, startedAt: noon, unclaimed: [])
    for item in session.stages[0].items {
      let answer = try #require(TestSession.answer(to: item, in: .best, bank: bank))
      _ = try await store.saveResponse(
        answer, to: item, sequence: 1, in: Cast.wangKey, receivedAt: noon, bank: bank)
    }
    try await store.record(
      AuditEvent(actor: "command", action: "try", object: "service"), at: noon)
    try await body(store, folder, other)
    try FileManager.default.removeItem(at: root)
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func `a backup is one private file with every row, and says what was checked`()
    async throws
  {
    try await withDatabase { store, folder, _ in
      let file = folder.deletingLastPathComponent().appending(path: "backup.sqlite")
      let found = try DatabaseFile(folder: folder).backUp(to: DatabaseFile(file), at: noon)
      #expect(found.isSound)
      #expect(found.rowCounts["session_event"] == 4)
      #expect(found.audit?.intactEvents == 2)
      #expect(try names(in: folder.deletingLastPathComponent()) == ["backup.sqlite", "data"])
      let rights = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
      #expect((rights as? NSNumber)?.intValue == 0o600)
      try store.close()
    }
  }

  @Test func `while answers are saved a backup holds one moment of them, and loses none`()
    async throws
  {
    try await withDatabase { store, folder, _ in
      // Written without a pause until all backups are made, so that there is always something that
      // a copy could half hold.
      let writing = Task {
        var count = 0
        while !Task.isCancelled {
          try await store.record(
            AuditEvent(actor: "command", action: "try", object: "\(count)"), at: noon)
          count += 1
        }
        return count
      }
      let root = folder.deletingLastPathComponent()
      var last = try await store.verifyAudit().intactEvents
      for number in 0..<5 {
        while try await store.auditPage(limit: 1).events.first?.position ?? 0 < last + 5 {
          try await Task.sleep(for: .milliseconds(1))
        }
        let found = try await beside {
          try DatabaseFile(folder: folder).backUp(
            to: DatabaseFile(root.appending(path: "backup-\(number).sqlite")), at: noon)
        }
        #expect(found.isSound)
        last = found.rowCounts["audit_event"] ?? 0
      }
      writing.cancel()
      let written = try await writing.value
      let log = try await store.verifyAudit()
      #expect(log.firstBrokenPosition == nil && log.intactEvents == 1 + written + 5)
      try store.close()
    }
  }

  /// Does work on a thread of its own: blocking one of the few that tasks share would stop whoever
  /// writes meanwhile.
  private func beside<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
    }
  }

  @Test func `a file that is there is not overwritten`() async throws {
    try await withDatabase { store, folder, _ in
      let file = folder.deletingLastPathComponent().appending(path: "backup.sqlite")
      try Data("letters".utf8).write(to: file)
      #expect(throws: DatabaseFileError.alreadyThere) {
        try DatabaseFile(folder: folder).backUp(to: DatabaseFile(file), at: noon)
      }
      #expect(try Data(contentsOf: file) == Data("letters".utf8))
      try store.close()
    }
  }

  @Test func `on a clean folder the restored session replays to the last byte`() async throws {
    try await withDatabase { store, folder, other in
      for number in 1...4 {
        _ = try await store.submitStage(
          number, changes: [:], after: 1, closes: true, in: Cast.wangKey, receivedAt: noon,
          bank: bank)
      }
      let before = try #require(try await store.storedResult(Cast.wangKey))
      let file = DatabaseFile(
        folder.deletingLastPathComponent().appending(path: "backup.sqlite"))
      _ = try DatabaseFile(folder: folder).backUp(to: file, at: noon)
      try store.close()
      let done = try file.restore(into: other, replaces: false, at: noon)
      #expect(done.replaced == nil)
      #expect(try names(in: other) == ["bianque.sqlite"])
      let restored = try Store(folder: other, now: noon)
      #expect(try await restored.storedResult(Cast.wangKey) == before)
      let session = try #require(try await restored.session(Cast.wangKey))
      let replayed = try #require(try session.replayed(bank: bank).result(bank: bank))
      #expect(try Store.canonicalJSON(of: replayed) == before)
      #expect(try await restored.verifyAudit().firstBrokenPosition == nil)
      try restored.close()
    }
  }

  @Test func `a database that is there stays unless it is to be replaced, and then beside it`()
    async throws
  {
    try await withDatabase { store, folder, _ in
      let file = DatabaseFile(
        folder.deletingLastPathComponent().appending(path: "backup.sqlite"))
      _ = try DatabaseFile(folder: folder).backUp(to: file, at: noon)
      #expect(throws: DatabaseFileError.alreadyThere) {
        try file.restore(into: folder, replaces: false, at: noon)
      }
      // Somebody still serves from it.
      #expect(throws: DatabaseFileError.inUse) {
        try file.restore(into: folder, replaces: true, at: noon)
      }
      try await store.record(
        AuditEvent(actor: "command", action: "later", object: "service"), at: noon)
      try store.close()
      let done = try file.restore(into: folder, replaces: true, at: noon)
      let kept = DatabaseFile(try #require(done.replaced))
      #expect(kept.url.lastPathComponent.hasPrefix("bianque-2026"))
      #expect(try kept.inspect().audit?.intactEvents == 3)
      // The backup's two lines and the restore's own.
      #expect(try DatabaseFile(folder: folder).inspect().audit?.intactEvents == 3)
    }
  }

  @Test(arguments: ["cut", "letters", "empty", "newer", "audit", "trigger", "reference"])
  func `a damaged, foreign or newer file is refused and the folder stays as it was`(
    kind: String
  ) async throws {
    try await withDatabase { store, folder, other in
      let file = DatabaseFile(
        folder.deletingLastPathComponent().appending(path: "backup.sqlite"))
      _ = try DatabaseFile(folder: folder).backUp(to: file, at: noon)
      try store.close()
      try spoil(file.url, kind)
      #expect(throws: DatabaseFileError.self) {
        try file.restore(into: other, replaces: false, at: noon)
      }
      #expect(try names(in: other).isEmpty)
    }
  }

  private func spoil(_ file: URL, _ kind: String) throws {
    let statements = [
      "newer": ["INSERT INTO schema_migration VALUES (999, 'later', '')"],
      "audit": [
        "DROP TRIGGER audit_event_is_never_changed", "UPDATE audit_event SET actor = 'x'",
        """
        CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
        """,
      ],
      "trigger": ["DROP TRIGGER session_event_is_append_only"],
      "reference": [
        "PRAGMA foreign_keys = OFF", "INSERT INTO session_result VALUES ('nobody', '', '')",
      ],
    ]
    switch kind {
    case "cut":
      let content = try Data(contentsOf: file)
      try content.prefix(content.count / 2).write(to: file)
    case "letters": try Data(String(repeating: "no database ", count: 99).utf8).write(to: file)
    case "empty": try Data().write(to: file)
    default:
      let queue = try DatabaseQueue(path: file.path)
      try queue.writeWithoutTransaction { database in
        for statement in statements[kind] ?? [] { try database.execute(sql: statement) }
      }
      try queue.close()
    }
  }
}

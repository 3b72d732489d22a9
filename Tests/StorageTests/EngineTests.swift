import Foundation
import TestSupport
import Testing

@testable import Storage

struct EngineTests {
  private func withEngine(_ body: (SQLiteEngine) async throws -> Void) async throws {
    let folder = try Project.temporaryFolder()
    let engine = try SQLiteEngine(path: folder.appending(path: "test.sqlite").path)
    try await engine.write { connection in
      try connection.execute(
        "CREATE TABLE note (id \(word: .integer) PRIMARY KEY, text TEXT UNIQUE) \(word: .strict)")
      return
    }
    try await body(engine)
    try engine.close()
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `every commit waits for the disk: synchronous is FULL on the writer`() async throws {
    try await withEngine { engine in
      let level = try await engine.write { connection in
        try connection.row("SELECT synchronous AS level FROM pragma_synchronous")?
          .integer("level")
      }
      #expect(level == 2)
    }
  }

  @Test func `a value never becomes text of the statement`() async throws {
    try await withEngine { engine in
      let hostile = "x'); DROP TABLE note; --"
      let found = try await engine.write { connection in
        try connection.execute("INSERT INTO note (id, text) VALUES (1, \(hostile))")
        return try connection.row("SELECT text FROM note WHERE text = \(hostile)")?.text("text")
      }
      #expect(found == hostile)
    }
  }

  @Test
  func `where the disk is full everybody in the commit is told so, and it goes on afterwards`()
    async throws
  {
    try await withEngine { engine in
      let commits = GroupCommit(engine: engine)
      func mostPages(_ count: Int) async throws {
        _ = try await engine.write { connection in
          try connection.rows(
            count == 0
              ? "PRAGMA max_page_count = 1000000" : "PRAGMA max_page_count = 20")
        }
      }
      try await mostPages(20)
      let outcomes = await withTaskGroup(of: (any Error)?.self) { group in
        for number in 0..<40 {
          group.addTask {
            do {
              try await commits.commit { connection in
                let text = String(repeating: "\(number) ", count: number == 20 ? 200_000 : 1)
                try connection.execute("INSERT INTO note (text) VALUES (\(text))")
                return
              }
              return nil
            } catch {
              return error
            }
          }
        }
        var outcomes: [(any Error)?] = []
        for await outcome in group { outcomes.append(outcome) }
        return outcomes
      }
      let failures = outcomes.compactMap(\.self)
      #expect(!failures.isEmpty)
      for failure in failures { #expect(failure as? StoreError == .cannotWrite) }
      try await mostPages(0)
      try await commits.commit { connection in
        try connection.execute("INSERT INTO note (text) VALUES ('later')")
        return
      }
      let kept = try await engine.read { try $0.rows("SELECT id FROM note").count }
      #expect(kept == outcomes.count - failures.count + 1)
    }
  }

  @Test func `of writes committed together, one that fails does not spoil its neighbours`()
    async throws
  {
    try await withEngine { engine in
      let commits = GroupCommit(engine: engine)
      let outcomes = await withTaskGroup(of: Bool.self) { group in
        for number in 0..<40 {
          group.addTask {
            do {
              try await commits.commit { connection in
                // Every fourth has the text of another one.
                let text = number % 4 == 3 ? "note 0" : "note \(number)"
                try connection.execute("INSERT INTO note (text) VALUES (\(text))")
                return
              }
              return true
            } catch {
              return false
            }
          }
        }
        return await group.reduce(into: [Bool]()) { $0.append($1) }
      }
      let kept = try await engine.read { connection in
        try connection.row("SELECT count(*) AS count FROM note")?.integer("count")
      }
      // The eleven of one text: one of them is kept, whichever came first.
      #expect(kept == 30)
      #expect(outcomes.count { $0 } == 30)
    }
  }

  @Test func `a write that throws undoes its own changes`() async throws {
    struct Stop: Error {}
    try await withEngine { engine in
      let commits = GroupCommit(engine: engine)
      await #expect(throws: Stop.self) {
        try await commits.commit { connection in
          try connection.execute("INSERT INTO note (text) VALUES ('half')")
          throw Stop()
        }
      }
      let kept = try await engine.read { connection in
        try connection.row("SELECT count(*) AS count FROM note")?.integer("count")
      }
      #expect(kept == 0)
    }
  }

  @Test func `more waiting writes than can be served are refused at once`() async throws {
    try await withEngine { engine in
      let commits = GroupCommit(engine: engine, capacity: 0)
      await #expect(throws: StoreError.busy) {
        try await commits.commit { _ in return }
      }
    }
  }

  @Test func `a column that holds something else is named`() async throws {
    try await withEngine { engine in
      await #expect(throws: RowError(column: "text")) {
        try await engine.write { connection in
          try connection.execute("INSERT INTO note (text) VALUES (NULL)")
          _ = try connection.row("SELECT text FROM note")?.text("text")
        }
      }
    }
  }
}

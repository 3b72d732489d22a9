/// Commits the writes that arrive while another commit is on its way to the disk together, in the
/// next one.
///
/// There is no timer and so no added delay when little happens. A write is answered only after its
/// commit is on the disk. Each write has a savepoint of its own: one that is refused does not spoil
/// its neighbours.
actor GroupCommit {
  private struct Write {
    var run: @Sendable (SQLiteConnection) throws -> any Sendable
    var answer: CheckedContinuation<any Sendable, any Error>
  }

  private let engine: SQLiteEngine
  private let capacity: Int
  private var waiting: [Write] = []
  private var isDraining = false

  /// - Parameters:
  ///   - engine: where to write.
  ///   - capacity: how many writes may wait before more are refused as ``StoreError/busy``.
  init(engine: SQLiteEngine, capacity: Int = 10_000) {
    self.engine = engine
    self.capacity = capacity
  }

  /// Runs a write in the next commit.
  ///
  /// - Throws: what `body` throws, its own changes undone; or the error that undid the whole commit.
  func commit<Value: Sendable>(
    _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
  ) async throws -> Value {
    guard waiting.count < capacity else { throw StoreError.busy }
    let answer = try await withCheckedThrowingContinuation { continuation in
      waiting.append(Write(run: body, answer: continuation))
      guard !isDraining else { return }
      isDraining = true
      // Not tied to the request that happens to be first: its cancellation must not undo the
      // writes of the others.
      Task { await drain() }
    }
    guard let value = answer as? Value else { throw StoreError.savepointLost }
    return value
  }

  private func drain() async {
    while !waiting.isEmpty {
      let batch = waiting
      waiting = []
      do {
        let runs = batch.map(\.run)
        let results = try await engine.write { connection in
          let results = runs.map { run in
            Result<any Sendable, any Error> { try connection.savepoint { try run($0) } }
              .mapError(SQLiteEngine.refusal(of:))
          }
          // SQLite undoes the whole transaction where the disk is full, and says of every later
          // statement only that there is none: all are told why.
          for case .failure(StoreError.cannotWrite) in results { throw StoreError.cannotWrite }
          return results
        }
        for (write, result) in zip(batch, results) {
          write.answer.resume(with: result)
        }
      } catch {
        let told = SQLiteEngine.refusal(of: error)
        for write in batch { write.answer.resume(throwing: told) }
      }
    }
    isDraining = false
  }
}

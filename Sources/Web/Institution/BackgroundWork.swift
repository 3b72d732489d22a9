import Synchronization

/// Work beside the service, at low priority, so that nobody who answers waits for it.
///
/// Who begins it sees to it that there is one piece at a time: what is at work stands in the database.
final class BackgroundWork: Sendable {
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// Begins a piece of work.
  func begin(_ work: @escaping @Sendable () async -> Void) {
    task.withLock { $0 = Task.detached(priority: .background) { await work() } }
  }

  /// Waits until nothing runs.
  func finish() async { await task.withLock { $0 }?.value }
}

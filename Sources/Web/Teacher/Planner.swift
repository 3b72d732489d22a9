import Recommendation
import Storage
import Synchronization

/// Decides study plans, one after the other.
///
/// A plan takes tens of milliseconds of one core. Decided side by side by many visitors they would
/// hold every thread that serves requests, and answers would wait for plans.
actor Planner {
  private nonisolated let waiting = Mutex(0)
  private let capacity: Int

  /// - Parameter capacity: how many plans may wait before more are refused.
  init(capacity: Int = 200) {
    self.capacity = capacity
  }

  /// Decides a plan when its turn comes.
  ///
  /// - Throws: ``StoreError/busy`` if too many wait already.
  nonisolated func plan(for problem: PlanProblem) async throws -> StudyPlan {
    let isFull = waiting.withLock { count in
      count += 1
      return count > capacity
    }
    defer { waiting.withLock { $0 -= 1 } }
    guard !isFull else { throw StoreError.busy }
    return await decided(problem)
  }

  private func decided(_ problem: PlanProblem) -> StudyPlan {
    PlanSearch.plan(for: problem)
  }
}

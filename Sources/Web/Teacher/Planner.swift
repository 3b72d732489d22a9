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
  /// - Parameters:
  ///   - problem: what to plan from.
  ///   - previous: the plan that is changed; nil for a first plan.
  /// - Returns: the plan.
  /// - Throws: ``StoreError/busy`` if too many wait already.
  nonisolated func plan(
    for problem: PlanProblem, after previous: StudyPlan? = nil
  ) async throws -> StudyPlan {
    try await worked {
      guard let previous else { return PlanSearch.plan(for: problem) }
      return PlanRevision.plan(
        for: problem, in: previous.environment, brokenBefore: previous.violation)
    }
  }

  /// Works something out about a plan when its turn comes.
  ///
  /// - Throws: ``StoreError/busy`` if too many wait already.
  nonisolated func worked<Value: Sendable>(
    _ work: @Sendable () -> Value
  ) async throws -> Value {
    let isFull = waiting.withLock { count in
      count += 1
      return count > capacity
    }
    defer { waiting.withLock { $0 -= 1 } }
    guard !isFull else { throw StoreError.busy }
    return await done(work)
  }

  private func done<Value: Sendable>(_ work: @Sendable () -> Value) -> Value { work() }
}

import Delivery
import Foundation
import ItemBank
import Storage

/// What a change of the bank would do to the sessions there are.
struct WhatIf: Sendable {
  /// What is foreseen.
  struct Outcome: Sendable {
    /// What sessions say under both banks.
    var comparison: RescoringComparison
    /// Whether more sessions are finished than were looked at.
    var isSample: Bool
    /// The forms that could not be filled any more, and the points that grow thin.
    var coverage: BlueprintCoverage
  }

  /// How many sessions are looked at: beyond, a share of a percent does not move.
  static let sessionLimit = 20_000

  let site: Site

  /// Compares a bank with what it would be over finished sessions of a test, or says what was found
  /// lately.
  ///
  /// - Parameters:
  ///   - changes: what makes the one bank the other.
  ///   - blueprint: the test.
  ///   - now: the bank there is.
  ///   - then: the bank there would be.
  /// - Returns: nil if the test has no framework.
  /// - Throws: the store's error.
  func outcome(
    of changes: [ItemChange], in blueprint: Blueprint, now: Bank, then: Bank
  ) async throws -> Outcome? {
    let question = WhatIfOutcomes.Question(
      test: blueprint.test, bank: now.version, changes: changes,
      sessionCount: try await site.store.finishedSessionCount(of: blueprint.test))
    return try await site.whatIfOutcomes.answer(to: question) {
      try await outcome(of: blueprint, now: now, then: then)
    }
  }

  /// Compares two banks over finished sessions of a test.
  ///
  /// Identifiers of sessions are random, so the first of them in order are a random sample.
  ///
  /// - Parameters:
  ///   - blueprint: the test.
  ///   - now: the bank there is.
  ///   - then: the bank there would be.
  /// - Returns: nil if the test has no framework.
  /// - Throws: the store's error.
  private func outcome(
    of blueprint: Blueprint, now: Bank, then: Bank
  ) async throws -> Outcome? {
    guard let framework = now.framework(blueprint.framework) else { return nil }
    let empty = Rescoring(present: now, proposed: then, framework: framework)
    // One for each thread: what it has looked up stays with it.
    var halves = [empty, empty]
    var (count, isSample) = (0, false)
    var batch = try await batch(of: blueprint.test, after: nil)
    while true {
      let sessions = batch.sessions.prefix(Self.sessionLimit - count)
      count += sessions.count
      isSample = batch.next != nil || sessions.count < batch.sessions.count
      guard let next = batch.next, count < Self.sessionLimit else {
        halves = await Self.adding(sessions, to: halves)
        break
      }
      // The next are read while these are scored.
      async let following = self.batch(of: blueprint.test, after: next)
      halves = await Self.adding(sessions, to: halves)
      batch = try await following
    }
    let joined = halves.dropFirst().reduce(into: halves[0]) { $0.add($1) }
    return Outcome(
      comparison: joined.comparison, isSample: isSample,
      coverage: BlueprintCoverage(then.blueprint(of: blueprint.test) ?? blueprint, bank: then))
  }

  private func batch(of test: AssessmentTest.ID, after: String?) async throws -> FinishedSessions {
    try await site.store.finishedSessions(of: test, for: .rescoring, after: after)
  }

  /// Adds sessions on two threads, half of them to each.
  private static func adding(
    _ sessions: ArraySlice<TestSession>, to halves: [Rescoring]
  ) async -> [Rescoring] {
    let middle = sessions.startIndex + sessions.count / 2
    let parts = [sessions[..<middle], sessions[middle...]]
    return await withTaskGroup(of: (Int, Rescoring).self) { group in
      for (place, (part, half)) in zip(parts, halves).enumerated() {
        group.addTask(priority: .utility) {
          var rescoring = half
          for session in part { rescoring.add(session) }
          return (place, rescoring)
        }
      }
      var added = halves
      for await (place, half) in group { added[place] = half }
      return added
    }
  }
}

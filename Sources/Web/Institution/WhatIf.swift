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
  func outcome(of blueprint: Blueprint, now: Bank, then: Bank) async throws -> Outcome? {
    guard let framework = now.framework(blueprint.framework) else { return nil }
    let empty = Rescoring(present: now, proposed: then, framework: framework)
    var joined = empty
    var count = 0
    var next: String?
    repeat {
      let batch = try await site.store.finishedSessions(
        of: blueprint.test, for: .rescoring, after: next)
      let sessions = Array(batch.sessions.prefix(Self.sessionLimit - count))
      count += sessions.count
      joined.add(await Self.rescored(sessions, from: empty))
      next = batch.next
    } while next != nil && count < Self.sessionLimit
    return Outcome(
      comparison: joined.comparison, isSample: next != nil,
      coverage: BlueprintCoverage(then.blueprint(of: blueprint.test) ?? blueprint, bank: then))
  }

  /// Rescores sessions on two threads.
  private static func rescored(_ sessions: [TestSession], from empty: Rescoring) async -> Rescoring
  {
    let middle = sessions.count / 2
    let halves = [sessions[..<middle], sessions[middle...]]
    return await withTaskGroup(of: Rescoring.self) { group in
      for half in halves {
        group.addTask(priority: .utility) {
          var rescoring = empty
          for session in half { rescoring.add(session) }
          return rescoring
        }
      }
      var joined = empty
      for await part in group { joined.add(part) }
      return joined
    }
  }
}

import Courses
import Delivery
import Foundation
import Psychometrics
import Storage
import Web

/// Lets some of the simulated teachers make their study plans, by the same acts as real ones.
struct DemoPlans: Sendable {
  /// One in so many of those who finish makes a plan: a plan takes as long as two sessions, and the
  /// world ought to be ready soon.
  static let usualShare = 24

  let site: Site
  let programme: Programme.ID
  let now: Date
  /// One in so many of those who finish makes a plan.
  let share: Int

  /// Whether the teacher who finishes at a place among all makes a plan.
  ///
  /// Every so many, school after school: each county then has its part.
  func isMade(at place: Int) -> Bool { place.isMultiple(of: share) }

  /// Makes one teacher's plan, within a day and a half of the result.
  ///
  /// Of three plans one stays as it is, one has a course locked and one a course refused.
  ///
  /// - Parameters:
  ///   - key: what opens the session.
  ///   - place: the teacher's place among those who finish.
  ///   - time: when the session was finished.
  ///   - seed: the session's.
  /// - Throws: the store's error if it cannot be kept.
  func make(of key: SessionKey, at place: Int, finishedAt time: Date, seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed, purpose: "demo plan")
    let change: PlanEdit.Kind? = [nil, .lock, .exclude][place / share % 3]
    // A change comes an hour later, and nothing of the world is later than now.
    let made = min(time + 600 * Double(1 + generator.number(below: 216)), now - 3600)
    _ = try await site.makePlan(of: key, under: programme, changing: change, at: made)
  }
}

import Courses
import Delivery
import Foundation
import Psychometrics
import Storage
import Web

/// Lets some of the simulated teachers make their study plans, by the same acts as real ones.
struct DemoPlans: Sendable {
  /// A teacher who makes a plan.
  struct Planner: Sendable {
    /// What opens the session.
    var session: SessionKey
    /// The place among those who make a plan.
    var place: Int
    /// When the session was finished.
    var finishedAt: Date
    /// The session's seed.
    var seed: UInt64
  }

  /// One in so many of those who finish makes a plan.
  ///
  /// A plan takes as long as two or three sessions, and the world ought to be ready soon; ten settled
  /// plans a county are the fewest of which anything is shown.
  static let usualShare = 44

  let site: Site
  let programme: Programme.ID
  let now: Date

  /// Makes the plans, each within a day and a half of the result.
  ///
  /// Of three plans one stays as it is, one has a course locked and one a course refused.
  ///
  /// - Parameter planners: who makes one.
  /// - Throws: the store's error if one cannot be kept.
  func make(for planners: [Planner]) async throws {
    for planner in planners {
      var generator = SeededGenerator(seed: planner.seed, purpose: "demo plan")
      let change: PlanEdit.Kind? = [nil, .lock, .exclude][planner.place % 3]
      // A change comes an hour later, and nothing of the world is later than now.
      let made = min(
        planner.finishedAt + 600 * Double(1 + generator.number(below: 216)), now - 3600)
      _ = try await site.makePlan(
        of: planner.session, under: programme, changing: change, at: made)
    }
  }
}

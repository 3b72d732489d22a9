import Competency
import Courses
import Recommendation
import Storage

/// What a plan is made from beside courses, rules and wishes: gains that were frozen for its term,
/// and the course that was drawn by chance.
struct PlanGrounds: Sendable {
  /// The frozen gains; nil for those that the catalogue judges.
  var gains: FrozenGains?
  /// The draw; nil where none was.
  var slot: RandomisedSlot?

  /// The courses as the plan reckons with them: their gains as frozen, those that are not measured
  /// counted by how many finish the course and how it is rated.
  func applied(to courses: [Course]) -> [Course] {
    let learned = gains.map { $0.gains.applied(to: courses) } ?? courses
    return UptakeShrinkage.applied(
      to: learned, leavingAside: Set((gains?.teachers ?? [:]).keys))
  }

  /// The course of the draw, to be held while the teacher does not refuse it.
  func held(_ wishes: PlanWishes) -> Set<Course.ID> {
    Set([slot?.drawn].compactMap { $0 }).subtracting(wishes.excluded)
  }
}

extension StudyPlanning {
  /// What a plan that is kept was made from.
  ///
  /// - Throws: the store's error.
  func grounds(of stored: StoredPlan) async throws -> PlanGrounds {
    PlanGrounds(gains: try await gains(stored.gainsVersion), slot: stored.slot)
  }

  /// What a new plan is made from.
  ///
  /// - Throws: the store's error.
  func newGrounds() async throws -> PlanGrounds {
    PlanGrounds(gains: try await site.store.frozenGains(of: framework.id), slot: nil)
  }

  private func gains(_ version: Int?) async throws -> FrozenGains? {
    guard let version else { return nil }
    return try await site.store.frozenGains(of: framework.id, version: version)
  }

  /// Draws one course of a new plan among nearly equal ones, for a teacher who is signed in.
  ///
  /// Only then can a later diagnosis say what the course did. Nobody's plan is changed while the
  /// institution has the draw turned off.
  ///
  /// - Returns: the plan with the course that was drawn, and the draw; nil where none is made.
  /// - Throws: the store's error; ``StoreError/busy`` if too many plans are being decided.
  func drawn(_ plan: StudyPlan, from problem: PlanProblem) async throws
    -> (plan: StudyPlan, slot: RandomisedSlot)?
  {
    guard opened.key.owner.person != nil, plan.violation == 0,
      try await site.store.drawsSlots()
    else { return nil }
    return try await site.planner.worked { () -> (plan: StudyPlan, slot: RandomisedSlot)? in
      guard
        let slot = RandomisedSlot.drawn(in: plan, for: problem, seed: problem.seed)
      else { return nil }
      guard slot.drawn != slot.planned else { return (plan, slot) }
      var other = problem
      other.locked.insert(slot.drawn)
      other.excluded.insert(slot.planned)
      return (PlanSearch.plan(changing: plan, for: other), slot)
    }
  }
}

import Courses
import Delivery
import Foundation
import Recommendation
import Storage

/// Changing a plan: each change makes a new version, and none is lost.
struct PlanEditing: Sendable {
  /// What came of a change.
  enum Outcome: Sendable {
    /// It was made; `since` are the changes of others that it was joined to.
    case made(StoredPlan, since: [StoredPlanEdit])
    /// It was not made: since the page was opened, the same thing was changed elsewhere.
    case conflict(current: StoredPlan, since: [StoredPlanEdit])
  }

  let planning: StudyPlanning

  private var site: Site { planning.site }
  private var owner: SessionOwner { planning.opened.key.owner }

  /// Makes a change.
  ///
  /// A page that was left open shows an old version. What was changed since and what is asked for
  /// now are joined where they are about different things; where they are about the same thing, the
  /// teacher decides.
  ///
  /// - Parameters:
  ///   - change: the change.
  ///   - id: the plan.
  ///   - base: the version the teacher saw; nil if that is not known, for the newest.
  /// - Returns: what came of it.
  /// - Throws: ``Refusal/notFound`` if the plan or its programme is gone; ``Refusal/invalid(field:)``
  ///   if there is nothing to take back, or no such course.
  func make(_ change: PlanChange, of id: StoredPlan.ID, base: Int?) async throws -> Outcome {
    // Another tab may get in between reading and keeping; each turn starts from what it left.
    for _ in 0..<20 {
      guard let current = try await site.store.plan(id, of: owner),
        current.session == planning.opened.key.id
      else { throw Refusal.notFound }
      let since = try await changes(of: current, since: base)
      if Self.collides(change, since) { return .conflict(current: current, since: since) }
      let next = try await changed(current, change)
      if try await site.store.savePlan(next, of: owner) { return .made(next, since: since) }
    }
    throw StoreError.busy
  }

  /// What a change would make of a plan, without keeping it.
  func changed(_ current: StoredPlan, _ change: PlanChange) async throws -> StoredPlan {
    if change.kind == .undo { return try await takenBack(current) }
    let courses = try await site.publications.courses(current.coursesVersion)
    guard let programme = courses.programme(current.programme.rawValue) else {
      throw Refusal.notFound
    }
    let wishes = try change.applied(to: current.wishes, catalogue: courses.catalogue)
    var next = current
    // Days change no course.
    if change.kind == .dates {
      next.wishes = wishes
    } else {
      let decided = try await planning.decided(
        wishes, under: programme, courses: courses,
        from: try await planning.grounds(of: current), after: current)
      next.plan = decided.plan
      next.wishes = decided.wishes
      next.unlockedUtility = decided.unlockedUtility
    }
    next.version = current.version + 1
    next.parent = current.version
    next.edit = change.edit(
      PlanDifference(from: current.plan, to: next.plan, needs: planning.needs))
    next.createdAt = site.now()
    return next
  }

  /// The plan as it was before its last change, as a new version.
  private func takenBack(_ current: StoredPlan) async throws -> StoredPlan {
    guard let parent = current.parent,
      var next = try await site.store.plan(current.id, version: parent, of: owner)
    else { throw Refusal.invalid(field: "change") }
    // Taking back once more goes one change further.
    next.version = current.version + 1
    next.edit = PlanEdit(
      .undo, undone: current.version,
      difference: PlanDifference(from: current.plan, to: next.plan, needs: planning.needs))
    next.createdAt = site.now()
    return next
  }

  private func changes(
    of current: StoredPlan, since base: Int?
  ) async throws -> [StoredPlanEdit] {
    guard let base, base < current.version else { return [] }
    return try await site.store.planEdits(current.id, after: base, of: owner)
  }

  /// Whether a change is about something that was changed since.
  ///
  /// Taking back is about whatever came
  /// last, so it never joins.
  static func collides(_ change: PlanChange, _ since: [StoredPlanEdit]) -> Bool {
    let subjects = change.edit(.nothing).subjects
    return since.contains { stored in
      change.kind == .undo || stored.edit.kind == .undo
        || !stored.edit.subjects.isDisjoint(with: subjects)
    }
  }
}

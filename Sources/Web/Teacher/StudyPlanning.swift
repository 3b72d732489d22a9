import Competency
import Courses
import Delivery
import Foundation
import Recommendation
import Storage

/// Making and changing the study plan of a session.
struct StudyPlanning: Sendable {
  let site: Site
  let opened: OpenedSession
  let result: TestResult
  let framework: Framework

  /// - Throws: ``Refusal/notFinished`` while the session is open.
  init(site: Site, opened: OpenedSession) async throws {
    guard opened.session.state == .closed else { throw Refusal.notFinished }
    guard let result = try await site.store.result(opened.key), let framework = opened.framework
    else { throw Refusal.notFound }
    self.site = site
    self.opened = opened
    self.result = result
    self.framework = framework
  }

  /// Makes the first version of a plan and keeps it.
  ///
  /// - Parameters:
  ///   - programme: the programme it obeys.
  ///   - locked: courses to keep.
  ///   - excluded: courses not wanted.
  /// - Returns: the plan as it was kept.
  /// - Throws: the store's error if it cannot be kept.
  func newPlan(
    under programme: Programme, locked: [Course.ID] = [], excluded: [Course.ID] = []
  ) async throws -> StoredPlan {
    let plan = try await decided(
      StoredPlan.ID(rawValue: AccessToken.randomName()), version: 1,
      programme: programme, courses: site.publications.courses, locked: locked,
      excluded: excluded)
    guard try await site.store.savePlan(plan, of: opened.key.owner) else {
      throw Refusal.notFound
    }
    site.counters.count(.planMade)
    return plan
  }

  /// Changes a plan: the change is applied to the newest version, whatever the page showed, so two
  /// open tabs lose none.
  ///
  /// - Throws: ``Refusal/notFound`` if the plan or its programme is gone.
  func changedPlan(_ id: StoredPlan.ID, _ change: PlanChange) async throws -> StoredPlan {
    // Another tab may get in between reading and keeping; each turn starts from what it left.
    for _ in 0..<20 {
      guard
        let current = try await site.store.plan(id, of: opened.key.owner),
        current.session == opened.key.id
      else { throw Refusal.notFound }
      let courses = try await site.publications.courses(current.coursesVersion)
      guard let programme = courses.programme(current.programme.rawValue) else {
        throw Refusal.notFound
      }
      let (locked, excluded) = try change.applied(to: current, catalogue: courses.catalogue)
      let next = try await decided(
        id, version: current.version + 1, programme: programme, courses: courses,
        locked: locked, excluded: excluded)
      if try await site.store.savePlan(next, of: opened.key.owner) { return next }
    }
    throw StoreError.busy
  }

  /// Decides a plan without keeping it.
  func plan(
    under programme: Programme, courses: Publications.Courses, locked: [Course.ID],
    excluded: [Course.ID]
  ) async throws -> StudyPlan {
    let beliefs = result.points.map {
      PlanProblem.Belief(mean: $0.ability, standardError: $0.standardError)
    }
    return try await site.planner.plan(
      for: PlanProblem(
        framework: framework, environment: opened.session.start.environment, beliefs: beliefs,
        rules: programme.courseRules, courses: courses.catalogue.courses(of: framework.id),
        locked: Set(locked),
        excluded: Set(excluded), seed: opened.session.start.seed))
  }

  /// The smallest change that brings a plan nearer to its programme: a lock to lift, or a course to
  /// take back.
  ///
  /// Nil if none helps.
  ///
  /// - Throws: ``StoreError/busy`` if too many plans are being decided.
  func remedy(
    for stored: StoredPlan, courses: Publications.Courses
  ) async throws -> PlanChange? {
    guard stored.plan.violation > 0, let programme = courses.programme(stored.programme.rawValue)
    else { return nil }
    let candidates =
      stored.locked.map { PlanChange(.unlock, $0) }
      + stored.excluded.map { PlanChange(.restore, $0) }
    var best: (change: PlanChange, violation: Double)?
    for change in candidates.prefix(12) {
      let tried = try await plan(
        under: programme, courses: courses,
        locked: stored.locked.filter { $0 != change.course },
        excluded: stored.excluded.filter { $0 != change.course })
      if tried.violation < best?.violation ?? stored.plan.violation {
        best = (change, tried.violation)
      }
    }
    return best?.change
  }

  private func decided(
    _ id: StoredPlan.ID, version: Int, programme: Programme, courses: Publications.Courses,
    locked: [Course.ID], excluded: [Course.ID]
  ) async throws -> StoredPlan {
    let plan = try await plan(
      under: programme, courses: courses, locked: locked, excluded: excluded)
    var unlocked: Double?
    if !locked.isEmpty {
      unlocked = try await self.plan(
        under: programme, courses: courses, locked: [], excluded: excluded
      ).utility
    }
    return StoredPlan(
      id: id, session: opened.key.id, programme: programme.id, version: version,
      coursesVersion: courses.catalogue.version, locked: locked, excluded: excluded,
      unlockedUtility: unlocked, plan: plan, createdAt: site.now())
  }
}

/// What a teacher changes in a plan.
struct PlanChange: Hashable, Sendable {
  enum Kind: String, Hashable, Sendable, CaseIterable {
    case lock
    case unlock
    case exclude
    case restore
    case replace
  }

  var kind: Kind
  var course: Course.ID
  /// The course that comes instead; only for ``Kind/replace``.
  var replacement: Course.ID?

  init(_ kind: Kind, _ course: Course.ID, replacement: Course.ID? = nil) {
    self.kind = kind
    self.course = course
    self.replacement = replacement
  }

  /// - Throws: ``Refusal/invalid(field:)`` if the form names no change or no course.
  init(_ form: Form) throws(Refusal) {
    guard let kind = form["change"].flatMap(Kind.init(rawValue:)) else {
      throw .invalid(field: "change")
    }
    guard let course = form["course"] else { throw .invalid(field: "course") }
    self.init(
      kind, Course.ID(rawValue: course), replacement: form["with"].map(Course.ID.init(rawValue:)))
  }

  /// The locked and excluded courses after the change.
  ///
  /// - Throws: ``Refusal/invalid(field:)`` if the catalogue has no such course.
  func applied(
    to plan: StoredPlan, catalogue: Catalogue
  ) throws(Refusal) -> (locked: [Course.ID], excluded: [Course.ID]) {
    guard catalogue.course(course) != nil else { throw .invalid(field: "course") }
    var locked = plan.locked.filter { $0 != course }
    var excluded = plan.excluded.filter { $0 != course }
    switch kind {
    case .lock: locked.append(course)
    case .exclude: excluded.append(course)
    case .unlock, .restore: break
    case .replace:
      guard let replacement, catalogue.course(replacement) != nil else {
        throw .invalid(field: "with")
      }
      excluded.append(course)
      excluded.removeAll { $0 == replacement }
      if !locked.contains(replacement) { locked.append(replacement) }
    }
    return (locked, excluded)
  }
}

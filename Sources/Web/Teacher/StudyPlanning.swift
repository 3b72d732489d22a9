import Competency
import Courses
import Delivery
import Foundation
import Recommendation
import Storage

/// Making the study plan of a session.
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

  /// The points that need work, or may need it.
  var needs: Set<CompetencyPoint.ID> {
    Set(result.points.filter { $0.verdict == .needed || $0.verdict == .likely }.map(\.point))
  }

  /// Makes the first version of a plan and keeps it.
  ///
  /// - Parameters:
  ///   - programme: the programme it obeys.
  ///   - wishes: what the teacher wants of it.
  /// - Returns: the plan as it was kept.
  /// - Throws: the store's error if it cannot be kept.
  func newPlan(
    under programme: Programme, wishes: PlanWishes = PlanWishes()
  ) async throws -> StoredPlan {
    let courses = site.publications.courses
    var grounds = try await newGrounds()
    var decided = try await decided(wishes, under: programme, courses: courses, from: grounds)
    let problem = problem(decided.wishes, under: programme, courses: courses, from: grounds)
    if let drawn = try await drawn(decided.plan, from: problem) {
      decided.plan = drawn.plan
      grounds.slot = drawn.slot
    }
    let plan = StoredPlan(
      id: StoredPlan.ID(rawValue: AccessToken.randomName()), session: opened.key.id,
      programme: programme.id, version: 1, coursesVersion: courses.catalogue.version,
      wishes: decided.wishes, unlockedUtility: decided.unlockedUtility, plan: decided.plan,
      createdAt: site.now(), gainsVersion: grounds.gains?.gains.version, slot: grounds.slot)
    guard try await site.store.savePlan(plan, of: opened.key.owner) else {
      throw Refusal.notFound
    }
    site.counters.count(.planMade)
    return plan
  }

  /// What a plan is decided from.
  func problem(
    _ wishes: PlanWishes, under programme: Programme, courses: Publications.Courses,
    from grounds: PlanGrounds
  ) -> PlanProblem {
    let held = wishes.held.union(grounds.held(wishes))
    return PlanProblem(
      framework: framework, environment: opened.session.start.environment,
      beliefs: result.points.map {
        PlanProblem.Belief(mean: $0.ability, standardError: $0.standardError)
      },
      rules: programme.rules(for: wishes).planned(within: wishes.hoursBudget),
      courses: grounds.applied(to: courses.catalogue.courses(of: framework.id))
        .filter { suits($0) || held.contains($0.id) },
      locked: held,
      excluded: Set(wishes.excluded), seed: opened.session.start.seed)
  }

  /// Whether a course is for the stage and subject that the teacher named.
  func suits(_ course: Course) -> Bool {
    let start = opened.session.start
    return course.suits(stage: start.schoolStage, subject: start.subject)
  }

  /// A plan that was decided.
  struct Decided: Sendable {
    var plan: StudyPlan
    /// The wishes with the course that was found for a new technology.
    var wishes: PlanWishes
    /// The utility without any lock; nil without locks.
    var unlockedUtility: Double?
  }

  /// Decides a plan without keeping it.
  ///
  /// - Parameters:
  ///   - wishes: what the teacher wants.
  ///   - programme: the programme it obeys.
  ///   - courses: the courses to choose from.
  ///   - grounds: the frozen gains and the draw it is made from.
  ///   - previous: the version it follows, to start from what is known; nil for a first one.
  /// - Returns: the plan and what it was decided with.
  /// - Throws: ``StoreError/busy`` if too many plans are being decided.
  func decided(
    _ wishes: PlanWishes, under programme: Programme, courses: Publications.Courses,
    from grounds: PlanGrounds, after previous: StoredPlan? = nil
  ) async throws -> Decided {
    var wishes = wishes
    let open = problem(wishes, under: programme, courses: courses, from: grounds)
    let judged = programme.rules(for: wishes).judged(within: wishes.hoursBudget)
    var plan: StudyPlan?
    if let technology = wishes.technology, technology.course == nil {
      // What it should cost least is the plan without it, which is often at hand.
      let without: StudyPlan
      if let previous, previous.wishes.technology == nil {
        without = previous.plan
      } else {
        without = try await site.planner.plan(for: open, after: previous?.plan)
      }
      let field = technology.field
      wishes.technology?.course = try await site.planner.worked {
        NewTechnology.course(field, in: open, given: without)
      }
      if wishes.technology?.course == nil { plan = without }
    }
    let asked = problem(wishes, under: programme, courses: courses, from: grounds)
    if plan == nil, let previous, wishes.narrow(previous.wishes) {
      plan = try await site.planner.worked {
        PlanRevision.unchanged(previous.plan, for: asked)
      }
    }
    let decided: StudyPlan
    if let plan {
      decided = plan
    } else {
      decided = try await site.planner.plan(for: asked, after: previous?.plan)
    }
    return Decided(
      plan: decided.judged(by: judged), wishes: wishes,
      unlockedUtility: try await unlockedUtility(wishes, open, after: previous))
  }

  /// What the plan would be worth without locks; known already where only locks have changed.
  private func unlockedUtility(
    _ wishes: PlanWishes, _ problem: PlanProblem, after previous: StoredPlan?
  ) async throws -> Double? {
    guard !wishes.locked.isEmpty else { return nil }
    if let previous {
      var (now, before) = (wishes, previous.wishes)
      (now.locked, before.locked) = ([], [])
      (now.start, now.end, before.start, before.end) = (nil, nil, nil, nil)
      if now == before {
        return previous.wishes.locked.isEmpty ? previous.plan.utility : previous.unlockedUtility
      }
    }
    var free = problem
    free.locked.subtract(wishes.locked)
    if let course = wishes.technology?.course { free.locked.insert(course) }
    return try await site.planner.plan(for: free, after: previous?.plan).utility
  }

  /// The smallest change that brings a plan nearer to its programme: a lock to lift, or a course to
  /// take back.
  ///
  /// Nil if none helps.
  ///
  /// - Throws: ``StoreError/busy`` if too many plans are being decided.
  func remedy(
    for stored: StoredPlan, courses: Publications.Courses, from grounds: PlanGrounds
  ) async throws -> PlanChange? {
    guard stored.plan.violation > 0, let programme = courses.programme(stored.programme.rawValue)
    else { return nil }
    let candidates =
      stored.wishes.locked.map { PlanChange(.unlock, $0) }
      + stored.wishes.excluded.map { PlanChange(.restore, $0) }
    let rules = programme.rules(for: stored.wishes).judged(within: stored.wishes.hoursBudget)
    var best: (change: PlanChange, violation: Double)?
    for change in candidates.prefix(12) {
      let wishes = try change.applied(to: stored.wishes, catalogue: courses.catalogue)
      let tried = try await site.planner.plan(
        for: problem(wishes, under: programme, courses: courses, from: grounds), after: stored.plan
      ).judged(by: rules)
      if tried.violation < best?.violation ?? stored.plan.violation {
        best = (change, tried.violation)
      }
    }
    return best?.change
  }
}

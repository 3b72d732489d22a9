import Competency
import Courses
import Delivery
import Foundation
import Hummingbird
import Recommendation
import Storage

/// The study plan: made, read, changed.
struct PlanRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.post, "/sessions/{session}/plans", make),
      Endpoint(.get, "/plans/{plan}", show),
      Endpoint(.post, "/plans/{plan}/changes", change),
    ]
  }

  private func make(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let opened = try await OpenedSession(context, site: site)
    let wanted = form["programme"] ?? opened.session.start.programme
    let planning = try await StudyPlanning(site: site, opened: opened)
    try await site.publications.refreshCourses()
    guard let programme = site.publications.courses.programme(wanted),
      programme.framework == planning.framework.id
    else { throw Refusal.invalid(field: "programme") }
    let plan = try await planning.newPlan(under: programme)
    guard form.wantsPage else { return .seeOther(SitePath.plan(plan.id)) }
    return try await respond(
      OpenedPlan(plan, planning, site: site), .read, to: request, context: context)
  }

  private func show(_ request: Request, context: VisitorContext) async throws -> Response {
    try await respond(
      OpenedPlan(context, site: site), .read, to: request, context: context)
  }

  private func change(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let opened = try await OpenedPlan(context, site: site)
    let change: PlanChange
    do {
      change = try PlanChange(form)
    } catch let fault as PlanChange.Fault {
      return try await respond(opened, .fault(fault), to: request, context: context)
    }
    let outcome = try await PlanEditing(planning: opened.planning).make(
      change, of: opened.stored.id, base: form["version"].flatMap(Int.init))
    switch outcome {
    case .made(let plan, let since):
      guard form.wantsPage else {
        // To the words about the change, which stand above what it changed.
        return .seeOther(SitePath.planChange(plan.id))
      }
      return try await respond(
        OpenedPlan(plan, opened.planning, site: site), .changed(joined: since), to: request,
        context: context)
    case .conflict(let current, let since):
      let page = PlanConflictPage(
        plan: try await OpenedPlan(current, opened.planning, site: site), change: change,
        since: since, phrases: site.renderer.phrases(context.language))
      return try site.renderer.response(page.page(), to: request, context: context)
    }
  }

  private func respond(
    _ plan: OpenedPlan, _ occasion: PlanPage.Occasion, to request: Request,
    context: VisitorContext
  ) async throws -> Response {
    let page = PlanPage(
      plan: plan, language: context.language,
      remedy: try await plan.planning.remedy(
        for: plan.stored, courses: plan.courses, from: plan.grounds),
      edits: try await site.store.planEdits(
        plan.stored.id, of: plan.planning.opened.key.owner),
      occasion: occasion)
    return try site.renderer.response(page.page(), to: request, context: context)
  }
}

/// A plan that the visitor's token opens, with what it was made from.
///
/// Only from a request, or from one that was opened before: a page that needs a plan cannot forget
/// to ask whose it is.
struct OpenedPlan: Sendable {
  let stored: StoredPlan
  let planning: StudyPlanning
  let courses: Publications.Courses
  /// The frozen gains and the draw that it was made from.
  let grounds: PlanGrounds

  /// Opens the plan of a request's path.
  ///
  /// - Throws: ``Refusal/notFound`` if there is none that the visitor may open.
  init(_ context: VisitorContext, site: Site) async throws {
    guard let owner = context.owner,
      let plan = try await site.store.plan(
        StoredPlan.ID(rawValue: try context.parameter("plan")), of: owner)
    else { throw Refusal.notFound }
    let opened = try await OpenedSession(
      SessionKey(id: plan.session, owner: owner), site: site)
    try await self.init(plan, StudyPlanning(site: site, opened: opened), site: site)
  }

  /// Another version of a plan that was opened.
  init(_ stored: StoredPlan, _ planning: StudyPlanning, site: Site) async throws {
    self.stored = stored
    self.planning = planning
    courses = try await site.publications.courses(stored.coursesVersion)
    grounds = try await planning.grounds(of: stored)
  }

  var site: Site { planning.site }

  /// The programme the plan obeys; nil if the published courses lack it.
  var programme: Programme? { courses.programme(stored.programme.rawValue) }

  /// The rules that the plan is held against, with the teacher's own hours in them.
  var rules: ProgrammeRules? {
    programme?.rules(for: stored.wishes).judged(within: stored.wishes.hoursBudget)
  }

  /// What the plan was decided from.
  ///
  /// - Throws: ``Refusal/notFound`` if the published courses lack the programme.
  func problem() throws(Refusal) -> PlanProblem {
    guard let programme else { throw .notFound }
    // What was drawn can be exchanged like any other course.
    return planning.problem(
      stored.wishes, under: programme, courses: courses, from: PlanGrounds(gains: grounds.gains))
  }
}

import Competency
import Courses
import Delivery
import Foundation
import Hummingbird
import Storage

/// The study plan: made, read, changed, printed.
struct PlanRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.post, "/sessions/{session}/plans", make),
      Endpoint(.get, "/plans/{plan}", show),
      Endpoint(.post, "/plans/{plan}/changes", change),
      Endpoint(.get, "/plans/{plan}/print", print),
    ]
  }

  private func make(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let opened = try await OpenedSession(context, site: site)
    let wanted = form["programme"] ?? opened.session.start.programme
    let planning = try await StudyPlanning(site: site, opened: opened)
    guard let programme = site.publications.courses.programme(wanted),
      programme.framework == planning.framework.id
    else { throw Refusal.invalid(field: "programme") }
    let plan = try await planning.newPlan(under: programme)
    guard form.wantsPage else { return .seeOther(SitePath.plan(plan.id)) }
    return try await respond(plan, planning, to: request, context: context)
  }

  private func show(_ request: Request, context: VisitorContext) async throws -> Response {
    let (plan, planning) = try await opened(context)
    return try await respond(plan, planning, to: request, context: context)
  }

  private func change(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let (plan, planning) = try await opened(context)
    let change = try PlanChange(form)
    let changed = try await planning.changedPlan(plan.id, change)
    guard form.wantsPage else {
      // Back to the place of the change, not to the top of a long page.
      return .seeOther("\(SitePath.plan(plan.id))#course-\(change.course.rawValue)")
    }
    return try await respond(changed, planning, isChanged: true, to: request, context: context)
  }

  private func print(_ request: Request, context: VisitorContext) async throws -> Response {
    let (plan, planning) = try await opened(context)
    let courses = try await site.publications.courses(plan.coursesVersion)
    let page = PrintPage(
      site: site, planning: planning, stored: plan, courses: courses, language: context.language)
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  private func opened(_ context: VisitorContext) async throws -> (StoredPlan, StudyPlanning) {
    guard let owner = context.owner,
      let plan = try await site.store.plan(
        StoredPlan.ID(rawValue: try context.parameter("plan")), of: owner)
    else { throw Refusal.notFound }
    let opened = try await OpenedSession(
      SessionKey(id: plan.session, owner: owner), site: site)
    return (plan, try await StudyPlanning(site: site, opened: opened))
  }

  private func respond(
    _ plan: StoredPlan, _ planning: StudyPlanning, isChanged: Bool = false, to request: Request,
    context: VisitorContext
  ) async throws -> Response {
    let courses = try await site.publications.courses(plan.coursesVersion)
    let page = PlanPage(
      site: site, planning: planning, stored: plan, courses: courses, language: context.language,
      remedy: try await planning.remedy(for: plan, courses: courses), isChanged: isChanged)
    return try site.renderer.response(page.page(), to: request, context: context)
  }
}

import Competency
import Courses
import Delivery
import Hummingbird
import Recommendation
import Storage

/// The API's call about study plans.
struct PlanCalls: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [Endpoint(.get, "/api/v1/sessions/{session}/plan", plan)]
  }

  /// Decides a plan and answers it.
  ///
  /// Nothing is kept: asking again with other locks is free.
  private func plan(_ request: Request, context: VisitorContext) async throws -> Response {
    let opened = try await OpenedSession(try SessionCalls.key(context), site: site)
    let planning = try await StudyPlanning(site: site, opened: opened)
    try await site.publications.refreshCourses()
    let courses = site.publications.courses
    let wanted =
      request.uri.queryParameters["programme"].map(String.init)
      ?? opened.session.start.programme
    guard let programme = courses.programme(wanted), programme.framework == planning.framework.id
    else {
      throw Refusal.invalid(field: "programme")
    }
    let decided = try await planning.decided(
      try wishes(of: request, courses: courses), under: programme, courses: courses,
      from: try await planning.newGrounds())
    return try APIAnswer.response(
      PlanBody(
        decided.plan, programme: programme, courses: courses, wishes: decided.wishes,
        language: context.language),
      to: request)
  }

  /// What the query asks of the plan.
  private func wishes(
    of request: Request, courses: Publications.Courses
  ) throws(Refusal) -> PlanWishes {
    var wishes = PlanWishes(
      locked: try named("lock", in: request, courses: courses),
      excluded: try named("exclude", in: request, courses: courses))
    if let word = request.uri.queryParameters["technology"] {
      guard let field = NewTechnology.Field(rawValue: String(word)) else {
        throw .invalid(field: "technology")
      }
      wishes.technology = PlanWishes.Technology(field, course: nil)
    }
    if let text = request.uri.queryParameters["hours"] {
      guard let hours = Double(String(text)), PlanChange.hoursRange.contains(hours) else {
        throw .invalid(field: "hours")
      }
      wishes.hoursBudget = hours
    }
    return wishes
  }

  /// The courses that a query names, once or several times, separated by commas.
  private func named(
    _ parameter: String, in request: Request, courses: Publications.Courses
  ) throws(Refusal) -> [Course.ID] {
    var ids: [Course.ID] = []
    for value in request.uri.queryParameters.getAll(parameter) {
      for id in value.split(separator: ",") {
        let course = Course.ID(rawValue: String(id))
        guard courses.catalogue.course(course) != nil else { throw .invalid(field: parameter) }
        ids.append(course)
      }
    }
    return ids
  }
}

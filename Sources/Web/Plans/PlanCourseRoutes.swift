import Competency
import Courses
import Foundation
import Hummingbird
import Recommendation
import Storage

/// Looking for a course beside the plan: why it is not in it, what it would cost to bring it in, and
/// what could take the place of one that is.
struct PlanCourseRoutes: Sendable {
  let site: Site

  /// How many courses a search shows.
  private static let shown = 30

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/plans/{plan}/courses", search),
      Endpoint(.get, "/plans/{plan}/courses/{course}", show),
    ]
  }

  private func search(_ request: Request, context: VisitorContext) async throws -> Response {
    let plan = try await OpenedPlan(context, site: site)
    let phrases = site.renderer.phrases(context.language)
    // A form writes its spaces so.
    let words = (request.uri.queryParameters["q"].map(String.init) ?? "")
      .replacingOccurrences(of: "+", with: " ")
    let planned = Set(plan.stored.plan.courses)
    let found = plan.courses.catalogue.courses(of: plan.planning.framework.id)
      .filter { CourseSearch.matches($0, words, in: plan.courses.catalogue) }
      // What is not in the plan is what a teacher looks for here.
      .sorted { !planned.contains($0.id) && planned.contains($1.id) }
    var values: [String: Any] = [
      "action": SitePath.planCourses(plan.stored.id), "words": words,
      "planURL": SitePath.plan(plan.stored.id),
      "foundText": phrases("planCourse.found", ["count": "\(found.count)"]),
      "courses": found.prefix(Self.shown).map { course -> [String: Any] in
        var row: [String: Any] = [
          "url": SitePath.planCourse(plan.stored.id, course.id),
          "title": course.title.text(in: context.language),
          "metaText": CourseSearch.meta(course, in: plan.courses.catalogue, phrases),
        ]
        if planned.contains(course.id) { row["isPlanned"] = true }
        return row
      },
    ]
    if found.count > Self.shown { values["moreText"] = phrases("planCourse.more") }
    if found.isEmpty { values["isNone"] = true }
    return try site.renderer.response(
      Page(
        template: "teacher/plan-courses", title: phrases("planCourse.searchTitle"),
        address: SitePath.planCourses(plan.stored.id), isCanonical: false, values: values),
      to: request, context: context)
  }

  private func show(_ request: Request, context: VisitorContext) async throws -> Response {
    let plan = try await OpenedPlan(context, site: site)
    let id = Course.ID(rawValue: try context.parameter("course"))
    guard let course = plan.courses.catalogue.course(id) else { throw Refusal.notFound }
    let page: Page
    if let explanation = plan.stored.plan.explanations.first(where: { $0.course == id }) {
      page = try await replacements(of: course, explanation, in: plan, context)
    } else {
      page = try await absence(of: course, in: plan, context)
    }
    return try site.renderer.response(page, to: request, context: context)
  }

  private func replacements(
    of course: Course, _ explanation: CourseExplanation, in plan: OpenedPlan,
    _ context: VisitorContext
  ) async throws -> Page {
    let problem = try plan.problem()
    let study = plan.stored.plan
    let found = try await site.planner.worked {
      Array(Replacement.all(of: course.id, in: study, for: problem).prefix(5))
    }
    let page = PlanCoursePage(
      plan: plan, course: course, phrases: site.renderer.phrases(context.language))
    return page.planned(explanation, replacements: found)
  }

  private func absence(
    of course: Course, in plan: OpenedPlan, _ context: VisitorContext
  ) async throws -> Page {
    let problem = try plan.problem()
    let study = plan.stored.plan
    let absence = try await site.planner.worked {
      CourseAbsence(of: course.id, in: study, for: problem)
    }
    let page = PlanCoursePage(
      plan: plan, course: course, phrases: site.renderer.phrases(context.language))
    // A course about another framework's points is nothing the plan could hold.
    guard let absence else { return plan.planning.suits(course) ? page.foreign() : page.unsuited() }
    let tried = try await PlanEditing(planning: plan.planning).changed(
      plan.stored, PlanChange(.lock, course.id))
    return page.absent(absence, tried: tried)
  }
}

/// Finding courses by words.
enum CourseSearch {
  /// Whether a course has all the words somewhere: in its title, its points, its number, or the name
  /// of who offers it.
  static func matches(_ course: Course, _ words: String, in catalogue: Catalogue) -> Bool {
    let provider = catalogue.provider(course.provider)?.name
    let text =
      ([
        course.id.rawValue, course.title.chinese, course.title.english, provider?.chinese ?? "",
        provider?.english ?? "",
      ] + course.gains.keys.map(\.rawValue)).joined(separator: " ").lowercased()
    return words.lowercased().split(whereSeparator: \.isWhitespace)
      .allSatisfy { text.contains($0) }
  }

  /// Who offers a course, and what it is like, in one line.
  static func meta(_ course: Course, in catalogue: Catalogue, _ phrases: Phrases) -> String {
    let points =
      [course.primary]
      + course.gains.keys.filter { $0 != course.primary }
      .sorted { $0.rawValue < $1.rawValue }
    return [
      catalogue.provider(course.provider)?.name.text(in: phrases.language) ?? "",
      phrases("course.\(course.form.rawValue)"),
      phrases("course.hours", ["hours": Numeral.hours(course.hours)]),
      points.map(\.rawValue).joined(separator: phrases("result.listSeparator")),
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

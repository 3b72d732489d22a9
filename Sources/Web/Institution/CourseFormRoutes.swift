import Competency
import Courses
import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import ItemBank
import People
import Storage

/// One course of the catalogue in a form: kept by the same way as a sheet, with the same checks.
struct CourseFormRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, SitePath.courseForm("{course}"), may: .tuneContent, on: .service, site: site, page),
      Endpoint(
        .post, SitePath.courseForm("{course}"), may: .tuneContent, on: .service, site: site, change),
    ]
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let (catalogue, course) = try await found(context)
    return try respond(
      CourseForm(course), of: course, in: catalogue, faults: [], to: request, context)
  }

  private func change(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let sent = try await Form(request, context: context)
    try FormGuard.check(sent, context: context)
    let (catalogue, course) = try await found(context)
    let form = CourseForm(sent, of: course)
    let phrases = site.renderer.phrases(context.language)
    func conflict() throws -> Response {
      try respond(
        form, of: course, in: catalogue, faults: [("title_zh", phrases("courseForm.conflict"))],
        to: request, context)
    }
    guard sent["version"] == catalogue.version else { return try conflict() }
    guard let sheet = catalogue.coursesSheet(changing: course.id, to: form.fields) else {
      throw Refusal.notFound
    }
    let outcome = try await CataloguePublishing(site: site).take(
      sheet.bytes, name: Self.sheetName, isOffered: false, keeps: true,
      madeFrom: catalogue.version, actor: permission.signedIn.auditName)
    if outcome.state == .changedMeanwhile { return try conflict() }
    guard outcome.state == .refused else {
      let (now, changed) = try await found(context)
      return try respond(
        CourseForm(changed), of: changed, in: now, faults: [], to: request, context,
        done: phrases("courseForm.\(outcome.state == .kept ? "kept" : "same")"))
    }
    return try respond(
      form, of: course, in: catalogue,
      faults: Self.faults(outcome.diagnostics, line: sheet.line, phrases), to: request, context)
  }

  private static let sheetName = "courses"

  /// The course of the path in the catalogue in service.
  private func found(_ context: VisitorContext) async throws -> (Catalogue, Course) {
    try await site.publications.refreshCourses()
    let catalogue = site.publications.courses.catalogue
    let id = Course.ID(rawValue: try context.parameter("course"))
    guard let course = catalogue.course(id) else { throw Refusal.notFound }
    return (catalogue, course)
  }

  /// The faults of the course's row by field; those of other rows at the first field.
  private static func faults(
    _ diagnostics: [Diagnostic], line: Int, _ phrases: Phrases
  ) -> [(field: String, text: String)] {
    let inChinese = phrases.language == .chinese
    let columns = Catalogue.courseColumns
    return diagnostics.filter { $0.severity == .error }.prefix(20).map { diagnostic in
      let isOwn = diagnostic.file == sheetName && diagnostic.line == line
      let column =
        columns.indices.contains(diagnostic.column - 1)
        ? columns[diagnostic.column - 1] : ""
      let field = isOwn ? self.field(of: column) : "title_zh"
      return (
        field,
        diagnostic.message(inChinese: inChinese) + phrases("site.sentenceGap")
          + diagnostic.remedy(inChinese: inChinese)
      )
    }
  }

  /// The field of the page that a column is edited in.
  private static func field(of column: String) -> String {
    if CourseForm.typed.contains(column) || CourseForm.chosen.contains(column) { return column }
    return column == "gains" ? "point1" : "title_zh"
  }

  private func respond(
    _ form: CourseForm, of course: Course, in catalogue: Catalogue,
    faults: [(field: String, text: String)], to request: Request, _ context: VisitorContext,
    done: String? = nil
  ) throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let page = CourseFormPage(
      form: form, course: course, catalogue: catalogue,
      framework: site.publications.bank.frameworks.first { $0.id == course.framework }
        ?? site.publications.bank.frameworks[0],
      faults: faults, done: done,
      words: TeachingWords(chinese: site.renderer.phrases(.chinese), phrases: phrases))
    return try site.renderer.response(page.page(), to: request, context: context)
  }
}

import Courses
import Foundation
import Hummingbird
import People
import Storage

/// The plan on paper and as a file, and the page that says whether a paper is true.
struct SheetRoutes: Sendable {
  let site: Site

  /// What Excel files are sent as.
  private static let workbookType =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  var endpoints: [Endpoint] {
    [
      Endpoint(.post, "/plans/{plan}/sheets", keep),
      Endpoint(.get, "/plans/{plan}/print", print),
      Endpoint(.get, "/plans/{plan}/plan.csv", csv),
      Endpoint(.get, "/plans/{plan}/plan.xlsx", workbook),
      Endpoint(.get, "/plans/{plan}/plan.json", json),
      Endpoint(.get, "/v/{code}", verify),
    ]
  }

  /// Makes the code of the newest version, and shows the sheet.
  private func keep(_ request: Request, context: VisitorContext) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let plan = try await OpenedPlan(context, site: site)
    let code = code(of: plan)
    guard
      try await site.store.keepSheet(
        of: plan.stored.id, version: plan.stored.version,
        codeHash: code.hash(site.settings.codeKey), owner: plan.planning.opened.key.owner,
        printedAt: site.now())
    else { throw Refusal.notFound }
    return .seeOther(SitePath.print(plan.stored.id))
  }

  private func print(_ request: Request, context: VisitorContext) async throws -> Response {
    let plan = try await OpenedPlan(context, site: site)
    let code = code(of: plan)
    let hasCode = try await site.store.hasSheet(
      of: plan.stored.id, version: plan.stored.version,
      codeHash: code.hash(site.settings.codeKey))
    var page = PrintPage(plan: plan, language: context.language)
    if hasCode {
      page.verification = PrintPage.Verification(
        code: code.grouped,
        address: site.address(of: SitePath.verification(code.text), request: request))
    }
    // A plan of the browser may be somebody else's.
    if case .person(let person)? = context.signedIn?.who, plan.planning.opened.stored.isPersonal {
      page.person = PrintPage.Holder(
        name: person.entry.name,
        school: try await site.store.path(of: person.unit).first?.name ?? "")
    }
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  private func verify(_ request: Request, context: VisitorContext) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let found: PlanSheet?
    if let code = SheetCode(typed: try context.parameter("code")) {
      found = try await site.store.sheet(codeHash: code.hash(site.settings.codeKey))
    } else {
      found = nil
    }
    let page: Page
    if let found {
      let courses = try await site.publications.courses(found.plan.coursesVersion)
      page = VerificationPage(sheet: found, courses: courses, phrases: phrases).page()
    } else {
      page = VerificationPage.unknown(phrases)
    }
    return try site.renderer.response(page, to: request, context: context)
  }

  private func csv(_ request: Request, context: VisitorContext) async throws -> Response {
    let files = try await files(context)
    return Response.download(
      files.csv(), type: "text/csv; charset=utf-8", name: "plan.csv",
      acceptsGzip: request.acceptsGzip)
  }

  private func workbook(_ request: Request, context: VisitorContext) async throws -> Response {
    let files = try await files(context)
    return Response.download(
      try files.workbook(temporaryFolder: FileManager.default.temporaryDirectory),
      type: Self.workbookType, name: "plan.xlsx", acceptsGzip: false)
  }

  private func json(_ request: Request, context: VisitorContext) async throws -> Response {
    Response.download(
      try await files(context).json(), type: "application/json; charset=utf-8",
      name: "plan.json", acceptsGzip: request.acceptsGzip)
  }

  private func files(_ context: VisitorContext) async throws -> PlanFiles {
    PlanFiles(
      plan: try await OpenedPlan(context, site: site),
      phrases: site.renderer.phrases(context.language))
  }

  private func code(of plan: OpenedPlan) -> SheetCode {
    SheetCode(
      plan: plan.stored.id.rawValue, version: plan.stored.version, key: site.settings.codeKey)
  }
}

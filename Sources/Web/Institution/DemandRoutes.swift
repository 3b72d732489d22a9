import Competency
import Courses
import Foundation
import HTTPTypes
import Hummingbird
import ItemBank
import Logging
import People
import Reporting
import Storage

/// What the teachers of an institution's counties need, and which courses their plans hold: beside
/// the catalogue, as a page and as a file.
struct DemandRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, SitePath.institutionDemand, may: .tuneContent, on: .service, site: site, page),
      Endpoint(
        .get, "\(SitePath.institutionDemand).csv", may: .tuneContent, on: .service, site: site, csv),
    ]
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let query = try DemandQuery(request)
    let regions = try await DemandRegions(permission, wanted: query.region, site: site)
    let report = try await site.demandReport(in: regions, framework: query.framework)
    let page = DemandPage(
      report: report, regions: regions, query: query,
      frameworks: site.publications.testedFrameworks,
      gains: try await site.store.frozenGains(of: report.framework.id),
      phrases: site.renderer.phrases(context.language))
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  private func csv(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let query = try DemandQuery(request)
    let regions = try await DemandRegions(permission, wanted: query.region, site: site)
    let report = try await site.demandReport(in: regions, framework: query.framework)
    let sheet = DemandSheet(report: report, phrases: site.renderer.phrases(context.language))
    return Response.download(
      sheet.csv(), type: "text/csv; charset=utf-8", name: "demand.csv",
      acceptsGzip: request.acceptsGzip)
  }
}

/// What somebody asks about demand; what is empty or unknown asks for nothing.
struct DemandQuery: Hashable, Sendable {
  var region: String?
  var framework: String?
  /// Words that have to stand in a course.
  var search: String
  /// From 1.
  var page: Int

  init(_ request: Request) throws {
    let form = try Form(query: request)
    region = form["region"]
    framework = form["framework"]
    search = String((form["q"] ?? "").prefix(80))
    page = max(1, form["page"].flatMap(Int.init) ?? 1)
  }

  /// The address of what is asked, on a page of courses.
  func address(_ path: String = SitePath.institutionDemand, page: Int = 1) -> String {
    let asked: [(String, String?)] = [
      ("region", region), ("framework", framework), ("q", search.isEmpty ? nil : search),
      ("page", page > 1 ? "\(page)" : nil),
    ]
    let parts = asked.compactMap { name, value in
      value?.addingPercentEncoding(withAllowedCharacters: .alphanumerics).map { "\(name)=\($0)" }
    }
    return path + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
  }
}

extension Publications {
  /// The frameworks that a test diagnoses.
  var testedFrameworks: [Framework] {
    let tested = Set(bank.blueprints.map(\.framework))
    return bank.frameworks.filter { tested.contains($0.id) }
  }
}

extension Site {
  /// For how long a plan has to be left alone before it is counted: who makes one changes it a few
  /// times in the first days.
  static let planSettles: TimeInterval = 3 * 86_400

  /// The term of now.
  var term: Term { Term(of: now(), in: .served) }

  /// The demand of a region, from published figures.
  ///
  /// - Throws: ``Refusal/notFound`` if the framework has no test; the database's error.
  func demandReport(in regions: DemandRegions, framework wanted: String?) async throws
    -> DemandReport
  {
    let offered = publications.testedFrameworks
    guard
      let framework = wanted.map({ id in offered.first { $0.id.rawValue == id } }) ?? offered.first
    else { throw Refusal.notFound }
    try await publications.refreshCourses()
    return DemandReport(
      framework: framework, catalogue: publications.courses.catalogue,
      demand: try await store.courseDemand(
        in: try await regions.summed(site: self), of: framework.id, term: term),
      needs: try await store.gapMap(
        of: ReportingUnit.ID(rawValue: regions.chosen.id.rawValue), in: framework.id))
  }

  /// Counts which courses the plans hold, for the day's figures.
  func takeCourseDemand() async {
    let time = now()
    for framework in publications.testedFrameworks {
      do {
        let moved = try await store.takeCourseDemand(
          of: framework.id,
          tests: publications.bank.blueprints.filter { $0.framework == framework.id }.map(\.test),
          courses: publications.courses.catalogue.courses(of: framework.id).map(\.id), term: term,
          settled: time - Self.planSettles, day: Self.day(of: time, in: .served), at: time)
        if moved > 0 {
          logger.info(
            "demand of courses counted",
            metadata: ["framework": "\(framework.id.rawValue)", "regions": "\(moved)"])
        }
      } catch {
        logger.error("demand of courses not counted", metadata: ["error": "\(error)"])
      }
    }
  }
}

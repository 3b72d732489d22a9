import Competency
import Courses
import Foundation
import Hummingbird
import ItemBank
import People
import Reporting
import Storage

/// What a school or a region needs: the page and its files, from the newest snapshot.
struct ReportRoutes: Sendable {
  let site: Site

  /// What Excel files are sent as.
  private static let workbookType =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  var endpoints: [Endpoint] {
    ["/schools/{unit}", "/regions/{unit}"].flatMap { path in
      [
        Endpoint(.get, path, may: .viewSummary, on: .unit, site: site, page),
        Endpoint(.get, "\(path)/report.csv", may: .viewSummary, on: .unit, site: site, csv),
        Endpoint(
          .get, "\(path)/progress.csv", may: .viewSummary, on: .unit, site: site, progressCSV),
        Endpoint(.get, "\(path)/report.xlsx", may: .viewSummary, on: .unit, site: site, workbook),
      ]
    }
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let choice = try ReportedProgramme(request, site.publications)
    let unit = try permission.unit
    let (path, query) = (Self.path(of: unit), choice.query)
    let phrases = site.renderer.phrases(context.language)
    let page = ReportPage(
      report: try await report(choice, request, permission),
      paths: .init(
        plain: path, page: path + query, csv: "\(path)/report.csv\(query)",
        progressCSV: "\(path)/progress.csv\(query)", workbook: "\(path)/report.xlsx\(query)"),
      choice: choice, missing: try await missing(in: unit, choice, permission),
      language: context.language, phrases: phrases)
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  /// Who of a school has not finished by now; nil where the reader may not see it.
  private func missing(
    in unit: AdministrativeUnit, _ choice: ReportedProgramme, _ permission: Permission
  ) async throws -> ReportPage.Missing? {
    guard unit.kind.hasTeachers,
      can(permission.signedIn.actor, .viewParticipation, .unit(path: permission.path))
    else { return nil }
    let rows = try await site.store.participation(of: unit.id, in: choice.tests)
    return ReportPage.Missing(
      names: rows.filter { $0.state != .finished && !$0.person.entry.isNearRetirement }
        .map(\.person.entry.name),
      list: SitePath.people(unit.id) + choice.query,
      notice: "\(SitePath.people(unit.id))/notice\(choice.query)")
  }

  private func csv(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let sheets = try await sheets(request, context, permission)
    return Response.download(
      sheets.csv(), type: "text/csv; charset=utf-8", name: "report.csv",
      acceptsGzip: request.acceptsGzip)
  }

  private func progressCSV(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let sheets = try await sheets(request, context, permission)
    return Response.download(
      sheets.progressCSV(), type: "text/csv; charset=utf-8", name: "progress.csv",
      acceptsGzip: request.acceptsGzip)
  }

  private func workbook(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let sheets = try await sheets(request, context, permission)
    return Response.download(
      try sheets.workbook(temporaryFolder: FileManager.default.temporaryDirectory),
      type: Self.workbookType, name: "report.xlsx", acceptsGzip: false)
  }

  private func sheets(
    _ request: Request, _ context: VisitorContext, _ permission: Permission
  ) async throws -> ReportSheets {
    ReportSheets(
      report: try await report(
        try ReportedProgramme(request, site.publications), request, permission),
      language: context.language,
      phrases: site.renderer.phrases(context.language))
  }

  private static func path(of unit: AdministrativeUnit) -> String {
    unit.kind.hasTeachers ? SitePath.school(unit.id) : SitePath.region(unit.id)
  }

  /// The report of the unit that is asked for, under the address of its kind.
  private func report(
    _ choice: ReportedProgramme, _ request: Request, _ permission: Permission
  ) async throws -> UnitReport {
    let unit = try permission.unit
    guard request.uri.path.hasPrefix(Self.path(of: unit)) else { throw Refusal.notFound }
    let framework = choice.framework
    let id = ReportingUnit.ID(rawValue: unit.id.rawValue)
    let published = try await site.store.gapMap(of: id, in: framework.id).flatMap {
      $0.isAbout(framework) ? $0 : nil
    }
    let isSchool = unit.kind.hasTeachers
    return UnitReport(
      name: unit.name, isSchool: isSchool, programme: choice.programme, framework: framework,
      year: Calendar.served.component(.year, from: site.now()),
      map: published?.map ?? Self.nothing(for: id, framework: framework),
      rules: DisclosureRules(), parts: try await parts(of: unit, permission, published),
      participation: published?.participation ?? Participation(),
      schools: isSchool ? [] : published?.schools ?? [], takenAt: published?.takenAt)
  }

  /// The map before the first snapshot.
  private static func nothing(for unit: ReportingUnit.ID, framework: Framework) -> GapMap {
    GapMap(
      unit: unit, rows: [],
      total: .init(
        subject: .total, finished: 0, cells: framework.points.map { _ in .absent(.notMeasured) }))
  }

  /// The names of the unit's parts, and the pages of those that the reader may open.
  private func parts(
    of unit: AdministrativeUnit, _ permission: Permission, _ published: PublishedMap?
  ) async throws -> [ReportingUnit.ID: UnitReport.Part] {
    var parts: [ReportingUnit.ID: UnitReport.Part] = [:]
    let participation = { (id: String) in
      published?.parts[.init(rawValue: id)] ?? Participation()
    }
    for part in try await site.store.units(below: unit.id) where part.parent == unit.id {
      let isOpen = can(
        permission.signedIn.actor, .viewSummary, .unit(path: [part] + permission.path))
      parts[.init(rawValue: part.id.rawValue)] = UnitReport.Part(
        name: part.name, path: isOpen ? Self.path(of: part) : nil,
        participation: participation(part.id.rawValue))
    }
    for group in try await site.store.teachingGroups(of: unit.id) {
      parts[.init(rawValue: group.id.rawValue)] = UnitReport.Part(
        name: group.name, path: nil, participation: participation(group.id.rawValue))
    }
    return parts
  }
}

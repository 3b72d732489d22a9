import Diagnostics
import Foundation
import Hummingbird
import People
import Sheets
import Storage

/// Rosters in the browser: a school brings in its own teachers, an operator everything.
///
/// Looked at first, then kept.
struct RosterRoutes: Sendable {
  let site: Site

  /// How many faults a page shows; the file usually has the same one in every row.
  private static let shownFaults = 50

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/schools/{unit}/roster", may: .importRoster, on: .unit, site: site, page),
      Endpoint(
        .post, "/schools/{unit}/roster", may: .importRoster, on: .unit, site: site, take),
      Endpoint(.get, SitePath.roster, may: .importRoster, on: .service, site: site, wholePage),
      Endpoint(.post, SitePath.roster, may: .importRoster, on: .service, site: site, takeWhole),
      Endpoint(.get, "/roster-template.csv", template),
    ]
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    _ = try school(permission)
    return try await wholePage(request, context: context, permission: permission)
  }

  private func take(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    _ = try school(permission)
    return try await takeWhole(request, context: context, permission: permission)
  }

  /// The school of the path: an address of none must not stand for all of them.
  private func school(_ permission: Permission) throws(Refusal) -> AdministrativeUnit {
    guard let school = permission.path.first, school.kind.hasTeachers else { throw .notFound }
    return school
  }

  private func wholePage(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try site.renderer.response(
      rosterPage(context, permission, [:]), to: request, context: context)
  }

  private func takeWhole(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let upload = try await Upload(request)
    try FormGuard.check(upload["csrf"], context: context)
    let phrases = site.renderer.phrases(context.language)
    guard !upload.file.isEmpty else {
      return try site.renderer.response(
        rosterPage(
          context, permission,
          ["errorSummary": FormFaults.summary([("file", "roster.noFile")], phrases)]),
        to: request, context: context)
    }
    let read = RosterReader.read(upload.file, file: upload.fileName)
    var faults = read.diagnostics
    var comparison: RosterComparison?
    let isDryRun = upload["then"] != "keep"
    let refused = faults.contains { $0.severity == .error }
    if let roster = read.roster {
      let found = try await site.store.importRoster(
        roster, within: permission.path.first?.id, keeps: !isDryRun && !refused,
        actor: permission.signedIn.auditName, at: site.now(), newID: AccessToken.randomName,
        newCode: SignInCode.school)
      faults += found.diagnostics
      comparison = found
    }
    return try site.renderer.response(
      rosterPage(
        context, permission,
        report(comparison, faults, isDryRun: isDryRun, file: upload.fileName, phrases)),
      to: request, context: context)
  }

  private func report(
    _ comparison: RosterComparison?, _ faults: [Diagnostic], isDryRun: Bool, file: String,
    _ phrases: Phrases
  ) -> [String: Any] {
    let isRefused = comparison == nil || faults.contains { $0.severity == .error }
    let state = isRefused ? "refused" : isDryRun ? "wouldKeep" : "kept"
    var report: [String: Any] = [
      "headingText": phrases("roster.\(state)", ["file": file]), "class": state,
      "isRefused": isRefused,
      "faults": faults.prefix(Self.shownFaults).map { fault in
        [
          "place": place(of: fault, phrases),
          "message": fault.message(inChinese: phrases.language == .chinese),
          "remedy": fault.remedy(inChinese: phrases.language == .chinese),
        ]
      },
    ]
    if faults.count > Self.shownFaults {
      report["moreText"] = phrases("roster.more", ["count": "\(faults.count - Self.shownFaults)"])
    }
    if let comparison {
      report["counts"] = [
        (
          "units", comparison.addedUnits.count, comparison.changedUnits.count,
          comparison.unchangedUnits
        ),
        (
          "persons", comparison.addedPersons.count, comparison.changedPersons.count,
          comparison.unchangedPersons
        ),
      ].map { name, added, changed, unchanged in
        [
          "name": phrases("roster.\(name)"), "added": "\(added)", "changed": "\(changed)",
          "unchanged": "\(unchanged)",
        ]
      }
    }
    return ["report": report]
  }

  private func place(of fault: Diagnostic, _ phrases: Phrases) -> String {
    guard fault.line > 0 else { return "" }
    return fault.column > 0
      ? phrases("roster.cell", ["line": "\(fault.line)", "column": "\(fault.column)"])
      : phrases("roster.line", ["line": "\(fault.line)"])
  }

  private func rosterPage(
    _ context: VisitorContext, _ permission: Permission, _ more: [String: Any]
  ) -> Page {
    let phrases = site.renderer.phrases(context.language)
    let unit = permission.path.first
    let address = unit.map { SitePath.schoolRoster($0.id) } ?? SitePath.roster
    let report = more["report"] as? [String: Any]
    let isRefused = more["errorSummary"] != nil || report?["isRefused"] as? Bool == true
    let values: [String: Any] = [
      "action": address, "scopeText": unit?.name ?? phrases("roster.everything"),
      "isService": unit == nil,
    ]
    return Page(
      template: "school/roster", title: phrases("roster.title"), address: address,
      status: isRefused ? .unprocessableContent : .ok,
      values: values.merging(more) { $1 })
  }

  private func template(_ request: Request, context: VisitorContext) async throws -> Response {
    Response.download(
      Sheet.csv(header: RosterSheetReader.personColumns, rows: []),
      type: "text/csv; charset=utf-8", name: "roster.csv", acceptsGzip: request.acceptsGzip)
  }
}

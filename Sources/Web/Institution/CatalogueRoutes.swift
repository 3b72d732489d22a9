import Courses
import Foundation
import HTTPTypes
import Hummingbird
import People
import Storage

/// The course catalogue in the hands of the training institution: out as a sheet, in as a sheet,
/// looked at first, all or nothing.
///
/// What comes in is a new version: plans that were made keep theirs.
struct CatalogueRoutes: Sendable {
  let site: Site

  /// How many names of courses a page shows of each kind.
  private static let shownNames = 12

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, SitePath.institutionCourses, may: .tuneContent, on: .service, site: site, page),
      Endpoint(
        .post, SitePath.institutionCourses, may: .tuneContent, on: .service, site: site, take),
      Endpoint(
        .get, "\(SitePath.institutionCourses).csv", may: .tuneContent, on: .service, site: site
      ) { request, _, _ in
        Response.download(
          try await current().catalogue.coursesSheet(), type: "text/csv; charset=utf-8",
          name: "courses.csv", acceptsGzip: request.acceptsGzip)
      },
      Endpoint(
        .get, "/institution/providers.csv", may: .tuneContent, on: .service, site: site
      ) { request, _, _ in
        Response.download(
          try await current().catalogue.providersSheet(), type: "text/csv; charset=utf-8",
          name: "providers.csv", acceptsGzip: request.acceptsGzip)
      },
    ]
  }

  private func current() async throws -> Publications.Courses {
    try await site.publications.refreshCourses()
    return site.publications.courses
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try await respond([:], to: request, context)
  }

  private func take(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let upload = try await Upload(request)
    try FormGuard.check(upload["csrf"], context: context)
    let phrases = site.renderer.phrases(context.language)
    guard !upload.file.isEmpty else {
      return try await respond(
        ["errorSummary": FormFaults.summary([("file", "catalogue.noFile")], phrases)],
        to: request, context)
    }
    let outcome = try await CataloguePublishing(site: site).take(
      upload.file, name: upload.fileName, isOffered: upload["offered"] == "1",
      keeps: upload["then"] == "keep", actor: permission.signedIn.auditName)
    return try await respond(
      ["report": report(outcome, of: upload, to: permission.signedIn.auditName, phrases)],
      to: request, context)
  }

  private func report(
    _ outcome: CataloguePublishing.Outcome, of upload: Upload, to owner: String, _ phrases: Phrases
  ) -> [String: Any] {
    let file = upload.fileName
    let faults = SheetFaults(
      faults: outcome.diagnostics.map { SheetFaults.Fault(diagnostic: $0) }, file: file,
      phrases: phrases)
    var report: [String: Any] = [
      "headingText": phrases("catalogue.\(outcome.state.rawValue)", ["file": file]),
      "class": [.refused, .changedMeanwhile].contains(outcome.state) ? "refused" : "kept",
      "faults": faults.values(
        marked: outcome.state == .refused
          ? site.returned(upload.file, with: faults, to: owner) : nil),
    ]
    if outcome.state == .refused {
      report["isRefused"] = true
      report["countText"] = phrases(
        "catalogue.faultCount", ["count": "\(outcome.diagnostics.count)"])
    }
    if let comparison = outcome.comparison {
      report["changes"] = [
        "rows": [
          ("added", comparison.added), ("changed", comparison.changed),
          ("removed", comparison.removed),
        ].map { name, courses in
          [
            "name": phrases("catalogue.\(name)"), "count": "\(courses.count)",
            "which": courses.prefix(Self.shownNames).map(\.rawValue).joined(separator: " ")
              + (courses.count > Self.shownNames ? " …" : ""),
          ]
        } + [
          [
            "name": phrases("catalogue.unchanged"), "count": "\(comparison.unchanged)",
            "which": "",
          ]
        ]
      ]
    }
    return report
  }

  private func respond(
    _ more: [String: Any], to request: Request, _ context: VisitorContext
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let courses = try await current()
    let report = more["report"] as? [String: Any]
    let isRefused = more["errorSummary"] != nil || report?["isRefused"] != nil
    var values: [String: Any] = [
      "action": SitePath.institutionCourses, "coursesURL": "\(SitePath.institutionCourses).csv",
      "providersURL": "/institution/providers.csv", "demandURL": SitePath.institutionDemand,
      "nowText": phrases(
        "catalogue.now",
        [
          "courses": "\(courses.catalogue.courses.count)",
          "providers": "\(courses.catalogue.providers.count)",
          "version": courses.catalogue.version,
        ]),
    ]
    if courses.catalogue.isSample { values["isSample"] = true }
    return try site.renderer.response(
      Page(
        template: "institution/courses", title: phrases("catalogue.title"),
        address: SitePath.institutionCourses,
        status: isRefused ? .unprocessableContent : .ok,
        values: values.merging(more) { $1 }),
      to: request, context: context)
  }
}

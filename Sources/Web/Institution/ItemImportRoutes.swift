import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// Items in and out of the bank in the browser: looked at first, all or nothing.
struct ItemImportRoutes: Sendable {
  let site: Site

  /// How many items a page names of each kind.
  private static let shownNames = 20

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, SitePath.institutionImport, may: .tuneContent, on: .service, site: site, page),
      Endpoint(
        .post, SitePath.institutionImport, may: .tuneContent, on: .service, site: site, take),
      Endpoint(
        .get, SitePath.institutionExport, may: .tuneContent, on: .service, site: site, export),
    ]
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try respond([:], to: request, context)
  }

  private func export(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let version = site.publications.bank.version.rawValue
    let files = try await site.store.publishedFiles(.bank, version: version)
    guard !files.isEmpty else { throw Refusal.notFound }
    try await site.store.record(
      AuditEvent(
        actor: permission.signedIn.auditName, action: "export-items", object: "service",
        detail: "bank \(version)"), at: site.now())
    return Response.download(
      try PackageWriter.archive(PackageFiles(files, name: "bank")), type: "application/zip",
      name: "items.zip", acceptsGzip: false)
  }

  private func take(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let upload = try await Upload(request, limit: Upload.packageLimit)
    try FormGuard.check(upload["csrf"], context: context)
    let phrases = site.renderer.phrases(context.language)
    let isPrivate = upload["bank"] == "private"
    var faults: [(String, String)] = []
    if upload.file.isEmpty { faults.append(("file", "itemImport.noFile")) }
    if isPrivate, [nil, BankName.public.rawValue].contains(upload["privateName"]) {
      faults.append(("privateName", "itemImport.noName"))
    }
    guard faults.isEmpty else {
      return try respond(
        ["errorSummary": FormFaults.summary(faults, phrases)], to: request, context)
    }
    let wish = ItemImporting.Wish(
      file: upload.file, name: upload.fileName, keeps: upload["then"] == "keep",
      isPartial: upload["partial"] == "1",
      test: upload["test"].map(AssessmentTest.ID.init(rawValue:)),
      privateName: isPrivate ? upload["privateName"] : nil,
      actor: permission.signedIn.auditName,
      reason: phrases("releases.imported", ["file": upload.fileName]))
    do {
      let outcome = try await ItemImporting(site: site).take(wish)
      if wish.keeps, let bank = outcome.bank {
        try await site.store.record(
          AuditEvent(
            actor: permission.signedIn.auditName, action: "import-items", object: "service",
            detail: "bank \(wish.privateName ?? BankName.public.rawValue) \(bank.version.rawValue)"),
          at: site.now())
      }
      return try respond(["report": report(outcome, wish, phrases)], to: request, context)
    } catch let fault as BankPublishing.Fault {
      return try respond(refusal(wish, fault.text(phrases), phrases), to: request, context)
    } catch StoreError.bankChanged {
      return try respond(
        refusal(wish, phrases("itemImport.changed"), phrases), to: request, context)
    } catch StoreError.audience(let item) {
      return try respond(
        refusal(wish, phrases("itemImport.audience", ["item": item]), phrases), to: request, context
      )
    }
  }

  private func refusal(
    _ wish: ItemImporting.Wish, _ text: String, _ phrases: Phrases
  ) -> [String: Any] {
    [
      "report": [
        "headingText": phrases("itemImport.refused", ["file": wish.name]), "class": "refused",
        "isRefused": true, "text": text,
      ] as [String: Any]
    ]
  }

  private func report(
    _ outcome: BankImport, _ wish: ItemImporting.Wish, _ phrases: Phrases
  ) -> [String: Any] {
    let report = outcome.report
    let isRefused = !report.mayImport(isPartial: wish.isPartial)
    let state =
      isRefused ? "refused" : outcome.bank == nil ? "same" : wish.keeps ? "kept" : "wouldKeep"
    var values: [String: Any] = [
      "headingText": phrases(
        "itemImport.\(state)",
        ["file": wish.name, "version": outcome.bank?.version.rawValue ?? ""]),
      "class": isRefused ? "refused" : "kept",
      "rows": [
        row("added", report.added.map(\.rawValue), phrases),
        row("newVersion", report.newVersion.map(\.rawValue), phrases),
        row("unchanged", report.unchanged.map(\.rawValue), phrases),
        row("refusedItems", report.refused.map(\.identifier), phrases),
      ],
    ]
    if isRefused {
      values["isRefused"] = true
      values["text"] = phrases("itemImport.nothing")
    }
    let refused = report.refused.flatMap { refusal in
      refusal.diagnostics.map {
        SheetFaults.Fault(identifier: refusal.identifier, diagnostic: $0)
      }
    }
    let warned = report.warnings.map { SheetFaults.Fault(diagnostic: $0) }
    if !refused.isEmpty {
      let all = SheetFaults(faults: refused + warned, file: wish.name, phrases: phrases)
      values["faults"] = SheetFaults(faults: refused, file: wish.name, phrases: phrases)
        .values(marked: site.returned(wish.file, with: all, to: wish.actor))
    }
    if !warned.isEmpty {
      values["warnings"] = SheetFaults(faults: warned, file: wish.name, phrases: phrases)
        .values(marked: nil)
    }
    return values
  }

  private func row(_ name: String, _ items: [String], _ phrases: Phrases) -> [String: String] {
    [
      "name": phrases("itemImport.\(name)"), "count": "\(items.count)",
      "which": items.prefix(Self.shownNames).joined(separator: " ")
        + (items.count > Self.shownNames ? " …" : ""),
    ]
  }

  private func respond(
    _ more: [String: Any], to request: Request, _ context: VisitorContext
  ) throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let report = more["report"] as? [String: Any]
    let isRefused = more["errorSummary"] != nil || report?["isRefused"] != nil
    let values: [String: Any] = [
      "action": SitePath.institutionImport, "exportURL": SitePath.institutionExport,
      "tests": site.publications.bank.blueprints.map { blueprint in
        [
          "value": blueprint.test.rawValue,
          "text": blueprint.title.text(in: context.language),
        ]
      },
    ]
    return try site.renderer.response(
      Page(
        template: "institution/import", title: phrases("itemImport.title"),
        address: SitePath.institutionImport,
        status: isRefused ? .unprocessableContent : .ok,
        values: values.merging(more) { $1 }),
      to: request, context: context)
  }
}

import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// The versions of the bank: what changed when, who did it and why, and the way back.
struct ReleaseRoutes: Sendable {
  let site: Site

  /// How many items a row names.
  private static let shownItems = 12
  /// The longest reason.
  static let longestReason = 500

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, SitePath.institutionReleases, may: .tuneContent, on: .service, site: site, page),
      Endpoint(
        .post, "\(SitePath.institutionReleases)/{release}/back", may: .tuneContent, on: .service,
        site: site, goBack),
    ]
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try await respond([:], to: request, context)
  }

  private func goBack(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    guard let number = Int(try context.parameter("release")) else { throw Refusal.notFound }
    guard let reason = form["reason"], reason.count <= Self.longestReason else {
      return try await respond(
        ["errorSummary": FormFaults.summary([("reason-\(number)", "releases.noReason")], phrases)],
        to: request, context)
    }
    do {
      try await BankPublishing(site: site).goBack(
        before: number, actor: permission.signedIn.auditName, reason: reason)
    } catch let fault as BankPublishing.Fault {
      return try await respond(["faultText": fault.text(phrases)], to: request, context)
    }
    return .seeOther(SitePath.institutionReleases)
  }

  private func respond(
    _ more: [String: Any], to request: Request, _ context: VisitorContext
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let bank = try await BankPublishing(site: site).current()
    let releases = try await site.store.releases(of: .public)
    let names = try await site.store.accounts().reduce(into: [String: String]()) {
      $0["account:\($1.id.rawValue)"] = $1.name
    }
    let isRefused = more["errorSummary"] != nil || more["faultText"] != nil
    let values: [String: Any] = [
      "nowText": phrases(
        "releases.now",
        [
          "items": "\(bank.items.count { $0.state == .live })",
          "pilots": "\(bank.items.count { $0.state == .pilot })",
          "version": String(bank.version.rawValue.prefix(12)),
        ]),
      "releases": releases.enumerated().map { place, release in
        row(release, isLatest: place == 0, names: names, phrases)
      },
      "isEmpty": releases.isEmpty,
    ]
    return try site.renderer.response(
      Page(
        template: "institution/releases", title: phrases("releases.title"),
        address: SitePath.institutionReleases, status: isRefused ? .unprocessableContent : .ok,
        values: values.merging(more) { $1 }),
      to: request, context: context)
  }

  private func row(
    _ release: BankRelease, isLatest: Bool, names: [String: String], _ phrases: Phrases
  ) -> [String: Any] {
    let kinds = ItemDifference.Aspect.allCases.compactMap { aspect -> String? in
      let items = release.note.differences.filter { $0.aspects.contains(aspect) }.map(
        \.item.rawValue)
      guard !items.isEmpty else { return nil }
      let shown = items.prefix(Self.shownItems).joined(separator: " ")
      return phrases(
        "releases.aspect",
        [
          "aspect": phrases("releases.\(aspect.rawValue)"), "count": "\(items.count)",
          "items": items.count > Self.shownItems ? shown + " …" : shown,
        ])
    }
    // A change of no item is one of a test's blueprint.
    let changes =
      kinds.isEmpty && release.note.kind == .change ? [phrases("releases.blueprint")] : kinds
    var row: [String: Any] = [
      "number": "\(release.number)",
      "dateText": phrases.date(release.releasedAt),
      "kindText": phrases("releases.kind.\(release.note.kind.rawValue)"),
      "actorText": names[release.note.actor] ?? phrases("releases.program"),
      "reason": release.note.reason,
      "reasonLang": Language.written(in: release.note.reason).htmlLanguage, "changes": changes,
      "version": String(release.version.rawValue.prefix(12)),
    ]
    if isLatest, release.previous != nil {
      row["back"] = [
        "action": "\(SitePath.institutionReleases)/\(release.number)/back",
        "id": "reason-\(release.number)",
      ]
    }
    return row
  }
}

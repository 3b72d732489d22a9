import Foundation
import Hummingbird
import People
import Storage

/// Staff accounts and the audit log.
struct StaffRoutes: Sendable {
  let site: Site

  /// How long an invitation can be used.
  static let invitationLifetime: TimeInterval = 7 * 86_400
  private static let auditPage = 200

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, SitePath.staff, may: .manageStaff, on: .service, site: site, staff),
      Endpoint(
        .post, "\(SitePath.staff)/invitations", may: .manageStaff, on: .service, site: site, invite),
      Endpoint(
        .post, "\(SitePath.staff)/{account}/closing", may: .manageStaff, on: .service, site: site,
        close),
      Endpoint(.get, SitePath.audit, may: .viewAudit, on: .service, site: site, audit),
    ]
  }

  private func staff(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try site.renderer.response(
      try await page(context, more: [:]), to: request, context: context)
  }

  private func page(_ context: VisitorContext, more: [String: Any]) async throws -> Page {
    let phrases = site.renderer.phrases(context.language)
    let units = try await site.store.units(below: nil)
    let names = units.reduce(into: [AdministrativeUnit.ID: String]()) { $0[$1.id] = $1.name }
    let values: [String: Any] = [
      "accounts": try await site.store.accounts().map { account -> [String: Any] in
        var row: [String: Any] = [
          "login": account.login, "name": account.name,
          "roleText": phrases("role.\(account.grant.role.rawValue)"),
          "scopeText": scope(account.grant, names, phrases),
          "closeAction": "\(SitePath.staff)/\(account.id.rawValue)/closing",
        ]
        row["closedText"] = account.closedAt.map {
          phrases("staff.closedOn", ["date": phrases.date($0)])
        }
        return row
      },
      "action": "\(SitePath.staff)/invitations",
      "roles": Role.allCases.filter { $0.scopeKind != .group }.map {
        ["value": $0.rawValue, "label": phrases("role.\($0.rawValue)")]
      },
      "units": units.map { unit in
        [
          "value": unit.id.rawValue,
          "label": phrases(
            "staff.unitOption",
            ["name": unit.name, "kind": phrases("unit.\(unit.kind.rawValue)")]),
        ]
      },
    ]
    return Page(
      template: "operator/staff", title: phrases("staff.title"), address: SitePath.staff,
      status: more["errorSummary"] == nil ? .ok : .unprocessableContent,
      isCanonical: false, values: values.merging(more) { $1 })
  }

  private func scope(
    _ grant: Grant, _ names: [AdministrativeUnit.ID: String], _ phrases: Phrases
  ) -> String {
    switch grant.scope {
    case .everything: phrases("staff.everything")
    case .unit(let unit), .group(_, let unit): names[unit] ?? ""
    }
  }

  private func invite(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    guard let grant = try await grant(form) else {
      let faults = FormFaults.summary([("unit", "staff.wrongScope")], phrases)
      return try site.renderer.response(
        try await page(context, more: ["errorSummary": faults]), to: request, context: context)
    }
    let token = AccessToken()
    try await site.store.invite(
      grant, tokenHash: token.hash, expiresAt: site.now() + Self.invitationLifetime,
      actor: permission.signedIn.auditName, at: site.now())
    let link: [String: Any] = [
      "url": site.address(of: SitePath.invitation(token.text), request: request),
      "roleText": phrases("role.\(grant.role.rawValue)"),
    ]
    return try site.renderer.response(
      try await page(context, more: ["invitation": link]), to: request, context: context)
  }

  /// What a form asks for; nil if role and unit do not go together.
  private func grant(_ form: Form) async throws -> Grant? {
    guard let role = form["role"].flatMap(Role.init(rawValue:)) else { return nil }
    if role.scopeKind == .everything { return Grant(role, .everything) }
    guard let id = form["unit"].map(AdministrativeUnit.ID.init(rawValue:)),
      let unit = try await site.store.path(of: id).first
    else { return nil }
    switch role.scopeKind {
    case .school where unit.kind.hasTeachers, .region where !unit.kind.hasTeachers:
      return Grant(role, .unit(unit.id))
    default: return nil
    }
  }

  private func close(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    do {
      _ = try await site.store.closeAccount(
        StaffAccount.ID(rawValue: try context.parameter("account")),
        actor: permission.signedIn.auditName, at: site.now())
    } catch StaffAccountError.lastOperator {
      let phrases = site.renderer.phrases(context.language)
      let faults = FormFaults.summary([("accounts", "staff.lastOperator")], phrases)
      return try site.renderer.response(
        try await page(context, more: ["errorSummary": faults]), to: request, context: context)
    }
    return .seeOther(SitePath.staff)
  }

  private func audit(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let before = request.uri.queryParameters["before"].flatMap { Int($0) }
    let page = try await site.store.auditPage(limit: Self.auditPage, before: before)
    let events = page.events
    var values: [String: Any] = [
      "events": events.map { stored in
        [
          "position": "\(stored.position)", "time": stored.happenedAt.formatted(.iso8601),
          "actor": stored.event.actor, "action": stored.event.action,
          "object": stored.event.object,
          "outcomeText": phrases("audit.\(stored.event.outcome.rawValue)"),
          "class": stored.event.outcome.rawValue, "detail": stored.event.detail,
        ]
      },
      "isWhole": page.brokenPosition == nil, "isEmpty": events.isEmpty,
      "chainText": page.brokenPosition.map {
        phrases("audit.broken", ["position": "\($0)"])
      } ?? phrases("audit.whole", ["count": "\(events.count)"]),
    ]
    if let last = events.last, last.position > 1 {
      values["older"] = ["url": "\(SitePath.audit)?before=\(last.position)"]
    }
    return try site.renderer.response(
      Page(
        template: "operator/audit", title: phrases("audit.title"), address: SitePath.audit,
        values: values),
      to: request, context: context)
  }
}

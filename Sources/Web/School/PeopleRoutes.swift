import Foundation
import Hummingbird
import People
import Sheets
import Storage

/// A school's list of who has finished, the notice for the others, and activation sheets.
struct PeopleRoutes: Sendable {
  let site: Site

  /// How long an activation code can be used.
  private static let codeLifetime: TimeInterval = 30 * 86_400

  var endpoints: [Endpoint] {
    let path = "/schools/{unit}/people"
    let group = "/groups/{group}/people"
    return [
      Endpoint(.get, group, may: .viewParticipation, on: .group, site: site, people),
      Endpoint(.get, "\(group)/notice", may: .viewParticipation, on: .group, site: site, notice),
      Endpoint(.get, "\(group)/export.csv", may: .viewParticipation, on: .group, site: site, sheet),
      Endpoint(
        .post, "/groups/{group}/leader", may: .appointLeader, on: .group, site: site, appoint),
      Endpoint(.get, path, may: .viewParticipation, on: .unit, site: site, people),
      Endpoint(.get, "\(path)/notice", may: .viewParticipation, on: .unit, site: site, notice),
      Endpoint(.get, "\(path)/export.csv", may: .viewParticipation, on: .unit, site: site, sheet),
      Endpoint(.post, "\(path)/codes", may: .issueCodes, on: .unit, site: site, issueCodes),
    ]
  }

  private func page(
    _ request: Request, _ context: VisitorContext, _ permission: Permission
  ) async throws -> PeoplePage {
    let choice = try ReportedProgramme(request, site.publications)
    let unit = try permission.unit
    guard unit.kind.hasTeachers else { throw Refusal.notFound }
    let (actor, object) = (permission.signedIn.actor, Object.unit(path: permission.path))
    let groups = try await site.store.teachingGroups(of: unit.id)
    let group = context.parameters.get("group").flatMap { id in
      groups.first { $0.id.rawValue == id }
    }
    return PeoplePage(
      unit: unit, group: group,
      rows: try await site.store.participation(of: unit.id, group: group?.id, in: choice.tests),
      choice: choice, language: context.language,
      phrases: site.renderer.phrases(context.language),
      mayIssueCodes: group == nil && can(actor, .issueCodes, object),
      mayImport: group == nil && can(actor, .importRoster, object),
      appointable: group == nil && can(actor, .appointLeader, object) ? groups : [])
  }

  private func people(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try site.renderer.response(
      try await page(request, context, permission).page(), to: request, context: context)
  }

  private func notice(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try site.renderer.response(
      try await page(request, context, permission).notice(), to: request, context: context)
  }

  private func sheet(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let page = try await page(request, context, permission)
    let phrases = page.phrases
    let header = ["staffNumber", "name", "group", "stateLabel"].map { phrases("people.\($0)") }
    let rows = page.rows.map { row in
      let values = PeoplePage.row(row, phrases)
      return ["staffNumber", "name", "group", "stateText"].map { values[$0] as? String ?? "" }
    }
    return Response.download(
      Sheet.csv(header: header, rows: rows), type: "text/csv; charset=utf-8",
      name: "participation.csv", acceptsGzip: request.acceptsGzip)
  }

  /// Makes codes for those who do not sign in yet, or for one person whose code is lost, and answers
  /// with the sheet at once: the codes are nowhere else.
  private func issueCodes(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let page = try await page(request, context, permission)
    let isForAll = form["all"] == "1"
    let rows = page.rows.filter { row in
      isForAll ? !row.hasAccount : row.person.staffNumber == form["staffNumber"]
    }
    guard isForAll || !rows.isEmpty else {
      return try site.renderer.response(
        page.page(unknownNumber: form["staffNumber"] ?? ""), to: request, context: context)
    }
    guard let school = page.unit.code, !rows.isEmpty else { return .seeOther(page.page().address) }
    let codes = rows.map { ($0.person, SignInCode.activation()) }
    let expiresAt = site.now() + Self.codeLifetime
    try await site.store.issueCodes(
      codes.map {
        IssuedCode(person: $0.0, hash: site.settings.codeKey.hash(school: school, code: $0.1))
      }, expiresAt: expiresAt, of: page.unit.id, actor: permission.signedIn.auditName,
      at: site.now())
    return try site.renderer.response(
      sheetPage(codes, school: school, expiresAt: expiresAt, page: page, request: request),
      to: request, context: context)
  }

  /// Makes a one-time link with which a leader of the group makes an account.
  private func appoint(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let page = try await page(request, context, permission)
    guard let group = page.group else { throw Refusal.notFound }
    let token = AccessToken()
    try await site.store.invite(
      Grant(.groupLeader, .group(group.id, of: page.unit.id)), tokenHash: token.hash,
      expiresAt: site.now() + StaffRoutes.invitationLifetime,
      actor: permission.signedIn.auditName, at: site.now())
    var whole = page.page()
    whole.isCanonical = false
    whole.values["invitation"] = [
      "url": site.address(of: SitePath.invitation(token.text), request: request),
      "roleText": group.name,
    ]
    return try site.renderer.response(whole, to: request, context: context)
  }

  private func sheetPage(
    _ codes: [(person: Person, code: String)], school: String, expiresAt: Date, page: PeoplePage,
    request: Request
  ) -> Page {
    let phrases = page.phrases
    let address = site.address(of: SitePath.activate, request: request)
    return Page(
      template: "school/codes", title: phrases("people.codesTitle"), address: page.page().address,
      isCanonical: false,
      values: [
        "schoolName": page.unit.name, "code": school, "addressText": address,
        "expiryText": phrases("people.codesExpire", ["date": phrases.date(expiresAt)]),
        "cards": codes.map { person, code in
          // Behind the # nothing is sent to a server or kept in its log.
          [
            "name": person.entry.name, "staffNumber": person.staffNumber, "schoolCode": school,
            "group": person.entry.group ?? "", "code": SignInCode.grouped(code),
            "qrSVG": QRCode.svg(
              "\(address)#\(school)-\(code)", title: phrases("people.codesQR")),
          ]
        },
      ])
  }
}

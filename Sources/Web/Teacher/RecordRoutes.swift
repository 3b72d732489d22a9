import Courses
import Delivery
import Foundation
import Hummingbird
import People
import Sheets
import Storage

/// A teacher's own pages: what to do next, what is kept, who sees what; export, claim and erasure.
struct RecordRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      endpoint(.get, SitePath.me, me), endpoint(.post, "\(SitePath.me)/claim", claim),
      endpoint(.get, SitePath.myData, data),
      endpoint(.get, "\(SitePath.myData)/export.json", exportJSON),
      endpoint(.get, "\(SitePath.myData)/export.csv", exportCSV),
      endpoint(.post, "\(SitePath.me)/erasure", erase),
    ]
  }

  private func endpoint(
    _ method: HTTPRequest.Method, _ path: String,
    _ answer: @escaping @Sendable (Request, VisitorContext, Permission) async throws -> Response
  ) -> Endpoint {
    Endpoint(method, path, may: .keepOwnRecord, on: .ownRecord, site: site, answer)
  }

  private func me(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let person = try permission.person
    let sessions = try await site.store.sessions(of: person.id)
    let path = try await site.store.path(of: person.unit)
    var tasks: [[String: Any]] = []
    if let open = sessions.first(where: { $0.finishedAt == nil }) {
      let bank = try await site.publications.bank(open.start.bankVersion)
      let session = try open.replayed(bank: bank)
      tasks.append(
        task("continue", state: "started", url: SitePath.current(session, id: open.id), phrases))
    } else if sessions.isEmpty {
      tasks.append(task("start", state: "next", url: SitePath.start, phrases))
    }
    // What a further stage was added to is told by the newer result.
    let superseded = Set(
      sessions.filter { $0.finishedAt != nil }.flatMap(\.earlier).map(\.id))
    for finished in sessions where finished.finishedAt != nil {
      let key = SessionKey(
        id: finished.id, owner: SessionOwner(tokenHash: nil, person: person.id))
      let plan = try await site.store.newestPlan(of: key)
      if superseded.contains(finished.id), plan == nil { continue }
      tasks.append(
        task(
          "result", state: "done", url: SitePath.result(finished.id), phrases,
          date: finished.finishedAt))
      tasks.append(
        task(
          "plan", state: plan == nil ? "next" : "done",
          url: plan.map(SitePath.plan) ?? SitePath.result(finished.id), phrases))
    }
    var values: [String: Any] = [
      "greetingText": phrases("me.greeting", ["name": person.entry.name]),
      "schoolText": path.first?.name ?? "", "tasks": tasks,
    ]
    values["again"] = sessions.contains { $0.finishedAt != nil } ? ["url": SitePath.start] : nil
    if let token = context.token,
      try await site.store.hasUnclaimedSessions(tokenHash: token.hash)
    {
      values["claim"] = ["action": "\(SitePath.me)/claim"]
    }
    return try site.renderer.response(
      Page(
        template: "teacher/me", title: phrases("me.title"), address: SitePath.me, values: values),
      to: request, context: context)
  }

  private func task(
    _ name: String, state: String, url: String, _ phrases: Phrases, date: Date? = nil
  ) -> [String: Any] {
    [
      "url": url, "nameText": phrases("me.task.\(name)"), "class": state,
      "stateText": date.map { phrases("me.doneOn", ["date": phrases.date($0)]) }
        ?? phrases("me.state.\(state)"),
    ]
  }

  private func claim(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    if let token = context.token {
      _ = try await site.store.claimSessions(
        tokenHash: token.hash, for: try permission.person.id,
        unclaimed: { AccessToken().hash }, at: site.now())
    }
    return .seeOther(SitePath.me)
  }

  private func data(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let person = try permission.person
    let path = try await site.store.path(of: person.unit)
    let entry = person.entry
    let kept: [(String, String?)] = [
      ("name", entry.name), ("staffNumber", person.staffNumber), ("school", path.first?.name),
      ("stage", entry.schoolStage), ("subject", entry.subject), ("group", entry.group),
      ("nearRetirement", entry.isNearRetirement ? phrases("people.yes") : nil),
    ]
    let values: [String: Any] = [
      "kept": kept.compactMap { name, value -> [String: Any]? in
        value.map { ["name": phrases("people.\(name)"), "value": $0] }
      },
      "schoolName": path.first?.name ?? "",
      "standards": try await schoolRows(of: person, context.language),
      "regions": path.dropFirst().map(\.name).joined(separator: phrases("me.regionGap")),
      "eraseAction": "\(SitePath.me)/erasure",
    ]
    return try site.renderer.response(
      Page(
        template: "teacher/data", title: phrases("me.dataTitle"), address: SitePath.myData,
        values: values),
      to: request, context: context)
  }

  /// The very rows that the school's page shows, one for each standard, made by the same code.
  private func schoolRows(
    of person: Person, _ language: Language
  ) async throws -> [[String: Any]] {
    let phrases = site.renderer.phrases(language)
    var standards: [[String: Any]] = []
    for choice in ReportedProgramme.standards(site.publications) {
      guard let row = try await site.store.participation(of: person, in: choice.tests) else {
        continue
      }
      standards.append([
        "standardHTML": choice.standardHTML(language, phrases),
        "labelText": choice.programme.name.text(in: language),
        "people": [PeoplePage.row(row, phrases)],
      ])
    }
    return standards
  }

  private func exportJSON(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let export = try await RecordExport(of: try permission.person, site: site)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return Response.download(
      [UInt8](try encoder.encode(export)), type: "application/json; charset=utf-8",
      name: "bianque-record.json", acceptsGzip: request.acceptsGzip)
  }

  private func exportCSV(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let export = try await RecordExport(of: try permission.person, site: site)
    return Response.download(
      export.csv(phrases), type: "text/csv; charset=utf-8", name: "bianque-record.csv",
      acceptsGzip: request.acceptsGzip)
  }

  private func erase(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    try await site.store.eraseRecord(
      of: try permission.person.id, at: site.now(), as: AccessToken.randomName)
    var response = Response.seeOther(SitePath.erased)
    response.headers[.clearSiteData] = "\"cache\", \"storage\""
    response.headers[values: .setCookie] = [site.cookies.forgetAccount()]
    return response
  }
}

extension Response {
  /// A file to keep.
  static func download(
    _ bytes: [UInt8], type: String, name: String, acceptsGzip: Bool
  ) -> Response {
    var response = Response.content(bytes, type: type, acceptsGzip: acceptsGzip)
    response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
    return response
  }
}

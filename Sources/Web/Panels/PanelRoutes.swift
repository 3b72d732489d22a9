import Foundation
import Hummingbird
import ItemBank
import People
import Sheets
import Storage

/// One panel as the institution sees it: how far its judges are, and once it is closed what they
/// said.
struct PanelRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    let panel = "\(SitePath.institutionPanels)/{panel}"
    return [
      Endpoint(.get, panel, may: .tuneContent, on: .service, site: site, page),
      Endpoint(.post, panel, may: .tuneContent, on: .service, site: site, end),
      Endpoint(.post, "\(panel)/cuts", may: .tuneContent, on: .service, site: site, adopt),
      Endpoint(.get, "\(panel)/results.csv", may: .tuneContent, on: .service, site: site) {
        request, context, _ in try await sheet(request, context) { $0.results }
      },
      Endpoint(.get, "\(panel)/scores.csv", may: .tuneContent, on: .service, site: site) {
        request, context, _ in try await sheet(request, context) { $0.scores }
      },
    ]
  }

  func found(_ context: VisitorContext) async throws -> Panel {
    guard let number = Int(try context.parameter("panel")),
      let panel = try await site.store.panel(number)
    else { throw Refusal.notFound }
    return panel
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try await show(try await found(context), permission, [:], to: request, context)
  }

  /// Ends a round or the panel: whoever opened it, or anybody once that account is closed.
  private func end(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    let panel = try await found(context)
    guard let goesOn = ["close": false, "second": true][form["then"] ?? ""] else {
      throw Refusal.unreadable
    }
    func refused(_ key: String) async throws -> Response {
      let field = goesOn ? "confirm-second" : "confirm-close"
      return try await show(
        panel, permission, ["errorSummary": FormFaults.summary([(field, key)], phrases)],
        to: request, context)
    }
    guard try await mayEnd(panel, permission) else { return try await refused("panels.notOpener") }
    guard form["confirm"] == "1" else { return try await refused("panels.notConfirmed") }
    _ = try await site.store.endRound(
      ofPanel: panel.number, goesOn: goesOn, actor: permission.signedIn.auditName, at: site.now())
    return .seeOther(SitePath.panel(panel.number))
  }

  private func mayEnd(_ panel: Panel, _ permission: Permission) async throws -> Bool {
    let present = try await site.store.accounts().filter { $0.closedAt == nil }
    return panel.openedBy == permission.signedIn.auditName
      || !present.contains { "account:\($0.id.rawValue)" == panel.openedBy }
  }

  func show(
    _ panel: Panel, _ permission: Permission, _ more: [String: Any], to request: Request,
    _ context: VisitorContext
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let entries = try await site.store.entries(of: panel.number)
    var values: [String: Any] = [
      "action": SitePath.panel(panel.number), "listURL": SitePath.institutionPanels,
      "guideURL": SitePath.panelGuide, "name": panel.name,
      "nameLang": Language.written(in: panel.name).htmlLanguage,
      "aboutText": phrases(
        "panels.about",
        [
          "kind": phrases("panels.kind.\(panel.kind.rawValue)"),
          "items": "\(panel.items.count)", "judges": "\(panel.judges.count)",
          "date": phrases.date(panel.openedAt),
        ]),
    ]
    if panel.isOpen {
      let mayEnd = try await mayEnd(panel, permission)
      values["progress"] = try await progress(panel, entries, mayEnd: mayEnd, phrases)
    } else {
      values.merge(try await results(panel, entries, phrases)) { $1 }
    }
    return try site.renderer.response(
      Page(
        template: "institution/panel",
        title: phrases("panels.panel", ["number": "\(panel.number)", "name": panel.name]),
        address: SitePath.panel(panel.number),
        status: more["errorSummary"] == nil ? .ok : .unprocessableContent,
        values: values.merging(more) { $1 }),
      to: request, context: context)
  }

  /// How many items each judge has judged; never what they said.
  private func progress(
    _ panel: Panel, _ entries: [PanelEntry], mayEnd: Bool, _ phrases: Phrases
  ) async throws -> [String: Any] {
    let names = try await site.store.accounts().reduce(into: [StaffAccount.ID: StaffAccount]()) {
      $0[$1.id] = $1
    }
    let expected = panel.kind == .bookmark ? 1 : panel.items.count
    var values: [String: Any] = [
      "roundText": phrases(
        panel.kind == .angoff ? "panels.round\(panel.round)" : "panels.collecting"),
      // By name, not by number: the numbers are the pseudonyms.
      "judges": panel.judges.map { judge -> (String, [String: Any]) in
        let count = entries.count {
          $0.judge == judge.number && $0.round == panel.round && !$0.isLate
        }
        let account = names[judge.account]
        let name = account?.name ?? ""
        return (
          account?.login ?? "",
          [
            "name": name, "nameLang": Language.written(in: name).htmlLanguage,
            "login": account?.login ?? "",
            "countText": phrases(
              "panels.progress", ["count": "\(count)", "all": "\(expected)"]),
          ]
        )
      }.sorted { $0.0 < $1.0 }.map(\.1),
    ]
    if mayEnd {
      values["mayEnd"] = ["isFirst": panel.kind == .angoff && panel.round == 1]
    }
    return values
  }

  private func results(
    _ panel: Panel, _ entries: [PanelEntry], _ phrases: Phrases
  ) async throws -> [String: Any] {
    let then = try await site.publications.bank(panel.bankVersion)
    let now = try await BankPublishing(site: site).current()
    let late = entries.count(where: \.isLate)
    var values: [String: Any] = [
      "closedText": panel.closedAt.map {
        phrases("panels.closedOn", ["date": phrases.date($0)])
      } ?? "",
      "resultsURL": "\(SitePath.panel(panel.number))/results.csv",
      "scoresURL": "\(SitePath.panel(panel.number))/scores.csv",
    ]
    if late > 0 { values["lateText"] = phrases("panels.late", ["count": "\(late)"]) }
    if panel.kind == .options {
      values["keying"] = KeyingPage(
        panel: panel, entries: entries, then: then, now: now, phrases: phrases
      ).values()
    } else {
      let page = CutScorePage(
        panel: panel, entries: entries, then: then, now: now, phrases: phrases)
      values["cuts"] = page.values(
        abilities: try await site.store.overallAbilities(
          of: page.test, limit: CutScorePage.personLimit))
    }
    return values
  }

  private func sheet(
    _ request: Request, _ context: VisitorContext,
    _ part: (PanelSheet) -> (header: [String], rows: [[String]])
  ) async throws -> Response {
    let panel = try await found(context)
    // Before the end nobody reads what judges say, in no form.
    guard !panel.isOpen else { throw Refusal.notFound }
    let sheet = PanelSheet(
      panel: panel, entries: try await site.store.entries(of: panel.number),
      bank: try await site.publications.bank(panel.bankVersion),
      phrases: site.renderer.phrases(context.language))
    let table = part(sheet)
    return Response.download(
      Sheet.csv(header: table.header, rows: table.rows), type: "text/csv; charset=utf-8",
      name: "panel-\(panel.number).csv", acceptsGzip: request.acceptsGzip)
  }
}

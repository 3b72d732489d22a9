import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// The panels there are, a new one, and what their figures mean.
struct PanelListRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    let panels = SitePath.institutionPanels
    return [
      Endpoint(.get, panels, may: .tuneContent, on: .service, site: site, page),
      Endpoint(.post, panels, may: .tuneContent, on: .service, site: site, open),
      Endpoint(.get, SitePath.panelGuide, may: .tuneContent, on: .service, site: site, guide),
    ]
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let bank = try await BankPublishing(site: site).current()
    let fields = try Form(query: request)
    let query = ItemQuery { fields[$0] }
    var chosen = fields.values(of: "item")
    if chosen.isEmpty, !query.asksForNothing {
      chosen = ItemListPage(
        index: site.itemDesk.index(of: bank), analysis: try await site.itemDesk.analysis(),
        query: query, phrases: site.renderer.phrases(context.language), bank: bank
      ).found.map(\.item.id.rawValue)
    }
    return try await respond(
      PanelOpening(items: chosen, bank: bank), [:], to: request, context)
  }

  private func open(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    let bank = try await BankPublishing(site: site).current()
    let opening = PanelOpening(form, bank: bank)
    if form["then"] == "prepare" { return try await respond(opening, [:], to: request, context) }
    var faults = opening.faults(
      accounts: try await judges(), judgedBlind: try await itemsJudgedBlind())
    if faults.isEmpty, let settings = opening.settings {
      let number = try await site.store.openPanel(
        opening.kind, name: opening.name, settings: settings, bank: bank.version,
        judges: opening.numbered(seed: site.random()), seed: site.random(),
        actor: permission.signedIn.auditName, at: site.now())
      if let number { return .seeOther(SitePath.panel(number)) }
      faults.append(("name", "panels.sameName"))
    }
    return try await respond(
      opening, ["errorSummary": FormFaults.summary(faults, phrases)], to: request, context)
  }

  /// The accounts that can judge.
  private func judges() async throws -> [StaffAccount] {
    try await site.store.accounts().filter { account in
      account.closedAt == nil && can(Actor(grants: [account.grant]), .judge, .service)
    }
  }

  /// Items whose choices are being scored blind: cut-score sessions show what choices are worth.
  private func itemsJudgedBlind() async throws -> Set<AssessmentItem.ID> {
    let panels = try await site.store.panels().filter { $0.isOpen && $0.kind == .options }
    return Set(panels.flatMap(\.items))
  }

  private func respond(
    _ opening: PanelOpening, _ more: [String: Any], to request: Request, _ context: VisitorContext
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let panels = try await site.store.panels()
    var values = opening.values(accounts: try await judges(), phrases)
    values["isEmpty"] = panels.isEmpty
    values["panels"] = panels.map { panel in
      [
        "url": SitePath.panel(panel.number), "name": panel.name,
        "nameLang": Language.written(in: panel.name).htmlLanguage,
        "kindText": phrases("panels.kind.\(panel.kind.rawValue)"),
        "sizeText": phrases(
          "panels.size",
          ["items": "\(panel.settings.items.count)", "judges": "\(panel.judges.count)"]),
        "dateText": phrases.date(panel.openedAt),
        "stateText": phrases(panel.isOpen ? "panels.open" : "panels.closed"),
      ]
    }
    return try site.renderer.response(
      Page(
        template: "institution/panels", title: phrases("panels.title"),
        address: SitePath.institutionPanels,
        status: more["errorSummary"] == nil ? .ok : .unprocessableContent,
        values: values.merging(more) { $1 }),
      to: request, context: context)
  }

  private func guide(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    return try site.renderer.response(
      Page(
        template: "institution/panel-guide", title: phrases("panelGuide.title"),
        address: SitePath.panelGuide, values: [:]),
      to: request, context: context)
  }
}

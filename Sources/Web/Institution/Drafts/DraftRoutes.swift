import Competency
import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// Items that are being written: the list of drafts, beginning one, throwing one away.
struct DraftRoutes: Sendable {
  let site: Site

  /// The longest reason for throwing a draft away.
  static let longestReason = 300

  var endpoints: [Endpoint] {
    let drafts = SitePath.institutionDrafts
    return [
      Endpoint(.get, drafts, may: .tuneContent, on: .service, site: site, page),
      Endpoint(.post, drafts, may: .tuneContent, on: .service, site: site, begin),
      Endpoint(
        .post, "\(drafts)/{draft}/deletion", may: .tuneContent, on: .service, site: site, delete),
    ]
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try await respond([:], to: request, context, permission)
  }

  private func begin(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    var manuscript = ItemManuscript()
    let item = form["item"].map(AssessmentItem.ID.init(rawValue:))
    if let item {
      let bank = try await BankPublishing(site: site).current()
      guard let present = bank.item(item), let known = ItemManuscript(of: present, in: bank) else {
        return try await respond(
          ["errorSummary": FormFaults.summary([("main", "drafts.notCovered")], phrases)],
          to: request, context, permission)
      }
      manuscript = known
    }
    let draft = try await site.store.beginItemDraft(
      ItemDraft.ID(rawValue: AccessToken.randomName()), with: manuscript, changing: item,
      author: permission.signedIn.auditName, at: site.now())
    return .seeOther(SitePath.draft(draft))
  }

  private func delete(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let id = ItemDraft.ID(rawValue: try context.parameter("draft"))
    guard let draft = try await site.store.itemDraft(id) else { throw Refusal.notFound }
    guard let reason = form["reason"], reason.count <= Self.longestReason else {
      let names = try await site.accountNames()
      var page = DraftPage(
        draft: draft, bank: site.publications.bank, names: names,
        phrases: site.renderer.phrases(context.language))
      page.faults = [("reason", "draft.noReason")]
      return try site.renderer.response(page.page(site), to: request, context: context)
    }
    _ = try await site.store.deleteItemDraft(
      id, reason: reason, actor: permission.signedIn.auditName, at: site.now())
    return .seeOther(SitePath.institutionDrafts)
  }

  private func respond(
    _ more: [String: Any], to request: Request, _ context: VisitorContext,
    _ permission: Permission
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let drafts = try await site.store.itemDrafts()
    let names = try await site.accountNames()
    let own = permission.signedIn.auditName
    let row = { (draft: ItemDraft) in
      Self.row(draft, names: names, phrases, language: context.language)
    }
    let values: [String: Any] = [
      "action": SitePath.institutionDrafts, "isEmpty": drafts.isEmpty,
      "groups": [
        ("own", drafts.filter { $0.author == own }), ("others", drafts.filter { $0.author != own }),
      ].filter { !$0.1.isEmpty }.map { name, drafts in
        ["id": name, "title": phrases("drafts.\(name)"), "rows": drafts.map(row)] as [String: Any]
      },
    ]
    return try site.renderer.response(
      Page(
        template: "institution/drafts", title: phrases("drafts.title"),
        address: SitePath.institutionDrafts,
        status: more["errorSummary"] == nil ? .ok : .unprocessableContent,
        values: values.merging(more) { $1 }),
      to: request, context: context)
  }

  private static func row(
    _ draft: ItemDraft, names: [String: String], _ phrases: Phrases, language: Language
  ) -> [String: Any] {
    let manuscript = draft.manuscript
    let name =
      [manuscript[.title], manuscript[.stem], manuscript[.scenario]]
      .first { !$0.isEmpty } ?? ""
    return [
      "url": SitePath.draft(draft.id), "id": manuscript[.identifier],
      "nameHTML": name.isEmpty
        ? HTML(escaping: phrases("drafts.unnamed")).markup
        : HTML(chinese: String(name.prefix(36))).markup,
      "kindText": phrases(draft.base == nil ? "drafts.new" : "drafts.edition"),
      "point": manuscript[.point],
      "savedHTML": HTML(
        phrases(
          "drafts.saved",
          [
            "time": phrases.moment(draft.savedAt), "revision": "\(draft.revision)",
            "who": names[draft.editor] ?? phrases("releases.program"),
          ]), in: language
      ).markup,
    ]
  }
}

extension Site {
  /// The addresses of items that are being written.
  var draftEndpoints: [Endpoint] {
    DraftRoutes(site: self).endpoints + DraftEditorRoutes(site: self).endpoints
      + DraftHandInRoutes(site: self).endpoints
  }

  /// The names of all staff accounts, by what the audit log calls them.
  func accountNames() async throws -> [String: String] {
    try await store.accounts().reduce(into: [:]) { $0["account:\($1.id.rawValue)"] = $1.name }
  }
}

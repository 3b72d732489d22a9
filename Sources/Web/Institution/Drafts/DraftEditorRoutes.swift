import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// The page on which an item is written: shown, kept, checked, shown as a teacher sees it.
struct DraftEditorRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    let draft = "\(SitePath.institutionDrafts)/{draft}"
    return [
      Endpoint(.get, draft, may: .tuneContent, on: .service, site: site, show),
      Endpoint(.post, draft, may: .tuneContent, on: .service, site: site, save),
      Endpoint(
        .get, "\(draft)/preview", may: .tuneContent, on: .service, site: site, preview),
    ]
  }

  private func found(_ context: VisitorContext) async throws -> ItemDraft {
    let id = ItemDraft.ID(rawValue: try context.parameter("draft"))
    guard let draft = try await site.store.itemDraft(id) else { throw Refusal.notFound }
    return draft
  }

  private func page(of draft: ItemDraft, _ context: VisitorContext) async throws -> DraftPage {
    DraftPage(
      draft: draft, bank: site.publications.bank, names: try await site.accountNames(),
      phrases: site.renderer.phrases(context.language))
  }

  private func show(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    var page = try await page(of: try await found(context), context)
    let query = request.uri.queryParameters
    page.rows = DraftForm.rows(query["rows"])
    page.isThorough = query["check"] != nil
    page.isKept = query["kept"] != nil
    return try site.renderer.response(page.page(site), to: request, context: context)
  }

  private func preview(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let draft = try await found(context)
    let phrases = site.renderer.phrases(context.language)
    let found = draft.manuscript.check(in: site.publications.bank, replacing: draft.base?.item)
    var values: [String: Any] = [
      "draftURL": SitePath.draft(draft.id), "contentLang": Language.chinese.htmlLanguage,
    ]
    if let item = found.item, let bank = found.bank {
      values["preview"] = ItemPreview(item: item, bank: bank, phrases: phrases).values()
    } else {
      values["checkURL"] = "\(SitePath.draft(draft.id))?check=1"
    }
    return try site.renderer.response(
      Page(
        template: "institution/draft-preview", title: phrases("draft.previewTitle"),
        address: "\(SitePath.draft(draft.id))/preview", values: values),
      to: request, context: context)
  }

  private func save(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let id = ItemDraft.ID(rawValue: try context.parameter("draft"))
    guard let draft = try await site.store.itemDraft(id) else {
      return try await keepAnew(form, permission)
    }
    var sent = try DraftForm(form, of: draft)
    var base: ItemManuscript?
    switch sent.step {
    case .scenario: _ = sent.manuscript.takeScenario(from: site.publications.bank)
    case .merge, .mine:
      let other = try await other(of: draft, sent)
      if sent.isAgainstBank { base = other }
      if sent.step == .merge, let other { sent.manuscript = sent.merged(with: other) }
    case .save, .check, .preview, .add, .handIn, .autosave: break
    }
    let saved = try await site.store.saveItemDraft(
      id,
      ItemDraftSaving(
        sent.manuscript, from: sent.revision, page: sent.page,
        followsOwnPage: sent.step != .autosave, base: base,
        editor: permission.signedIn.auditName), at: site.now())
    switch saved {
    case .kept(let draft):
      return try await go(on: sent, with: draft, to: request, context)
    case .stale(let present):
      return try await sideBySide(sent, present, to: request, context)
    case .gone: return try await keepAnew(form, permission)
    }
  }

  /// The text that was sent beside the one that was kept meanwhile.
  private func sideBySide(
    _ sent: DraftForm, _ present: ItemDraft, to request: Request, _ context: VisitorContext
  ) async throws -> Response {
    let page = DraftConflictPage(
      draft: present, mine: sent.manuscript, theirs: present.manuscript,
      base: try await site.store.manuscript(of: present.id, revision: sent.revision),
      isAgainstBank: false, who: try await site.accountNames()[present.editor],
      phrases: site.renderer.phrases(context.language))
    return try site.renderer.response(page.page(), to: request, context: context)
  }

  /// The text that was shown beside the one that was sent.
  private func other(of draft: ItemDraft, _ sent: DraftForm) async throws -> ItemManuscript? {
    guard sent.isAgainstBank else {
      return try await site.store.manuscript(of: draft.id, revision: sent.revision)
    }
    let bank = site.publications.bank
    return draft.base.flatMap { bank.item($0.item) }.flatMap { ItemManuscript(of: $0, in: bank) }
  }

  /// Keeps what was written in a draft that is no more as a new one: nothing typed is lost.
  private func keepAnew(_ form: Form, _ permission: Permission) async throws -> Response {
    guard form["then"] != DraftForm.Step.autosave.rawValue, form["revision"] != nil else {
      throw Refusal.notFound
    }
    let sent = try DraftForm(form, of: nil)
    guard !sent.manuscript.isEmpty else { throw Refusal.notFound }
    let draft = try await site.store.beginItemDraft(
      ItemDraft.ID(rawValue: AccessToken.randomName()), with: sent.manuscript, changing: nil,
      author: permission.signedIn.auditName, at: site.now())
    return .seeOther("\(SitePath.draft(draft))?kept=1")
  }

  private func go(
    on sent: DraftForm, with draft: ItemDraft, to request: Request, _ context: VisitorContext
  ) async throws -> Response {
    let address = SitePath.draft(draft.id)
    switch sent.step {
    case .save, .merge, .mine, .scenario:
      return .seeOther(sent.rows > 0 ? "\(address)?rows=\(sent.rows)" : address)
    case .check: return .seeOther("\(address)?check=1&rows=\(sent.rows)#findings")
    case .preview: return .seeOther("\(address)/preview")
    case .add:
      let rows = min(sent.rows + 1, ItemSheetColumn.letters.count)
      let last = ItemSheetColumn.choice(rows - 1).name
      return .seeOther("\(address)?rows=\(rows)#\(last)")
    case .handIn, .autosave:
      var page = try await page(of: draft, context)
      page.rows = sent.rows
      page.isHandedIn = sent.step == .handIn
      if page.isHandedIn, !page.check.hasErrors {
        return .seeOther(SitePath.draftHandIn(draft.id))
      }
      return try site.renderer.response(page.page(site), to: request, context: context)
    }
  }
}

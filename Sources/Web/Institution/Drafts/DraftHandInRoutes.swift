import Competency
import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import ItemBank
import People
import Storage

/// Handing a draft in: what will happen, why, and then it is in the bank.
struct DraftHandInRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    let address = "\(SitePath.institutionDrafts)/{draft}/hand-in"
    return [
      Endpoint(.get, address, may: .tuneContent, on: .service, site: site, show),
      Endpoint(.post, address, may: .tuneContent, on: .service, site: site, handIn),
    ]
  }

  private func found(_ context: VisitorContext) async throws -> ItemDraft {
    let id = ItemDraft.ID(rawValue: try context.parameter("draft"))
    guard let draft = try await site.store.itemDraft(id) else { throw Refusal.notFound }
    return draft
  }

  private func show(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    try respond(try await found(context), [:], to: request, context)
  }

  private func handIn(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let draft = try await found(context)
    let phrases = site.renderer.phrases(context.language)
    let bank = try await BankPublishing(site: site).current()
    let view = DraftHandInPage(draft: draft, bank: bank, phrases: phrases)
    let typed: [String: Any] = ["reason": form["reason"] ?? ""]
    // What was looked at must be what is handed in.
    guard form["revision"] == "\(draft.revision)" else {
      return try respond(
        draft, typed.merging(["faultText": phrases("handIn.stale")]) { $1 }, to: request, context)
    }
    var faults: [(String, String)] = []
    let reason = form["reason"] ?? ""
    if reason.isEmpty || reason.count > ReleaseRoutes.longestReason {
      faults.append(("reason", "releases.noReason"))
    }
    if view.asksForMeaning, form["meaning"] == nil {
      faults.append(("meaning-same", "handIn.noMeaning"))
    }
    guard faults.isEmpty else {
      return try respond(
        draft, typed.merging(["errorSummary": FormFaults.summary(faults, phrases)]) { $1 },
        to: request, context)
    }
    let wish = ItemHandingIn.Wish(
      keepsMeaning: form["meaning"] == "same",
      test: form["test"].map(AssessmentTest.ID.init(rawValue:)), reason: reason,
      actor: permission.signedIn.auditName)
    do throws(any Error) {
      try await ItemHandingIn(site: site).handIn(draft, wish)
    } catch let refusal as ItemHandingIn.Refusal {
      return try await refused(refusal, draft, typed, to: request, context)
    } catch let fault as BankPublishing.Fault {
      return try respond(
        draft, typed.merging(["faultText": fault.text(phrases)]) { $1 }, to: request, context)
    }
    return .seeOther(SitePath.institutionReleases)
  }

  private func refused(
    _ refusal: ItemHandingIn.Refusal, _ draft: ItemDraft, _ typed: [String: Any],
    to request: Request, _ context: VisitorContext
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    switch refusal {
    case .changedInBank(let present):
      let page = DraftConflictPage(
        draft: draft, mine: draft.manuscript, theirs: present, base: draft.base?.manuscript,
        isAgainstBank: true, who: nil, phrases: phrases)
      return try site.renderer.response(page.page(), to: request, context: context)
    case .goneFromBank:
      return try respond(
        draft, typed.merging(["faultText": phrases("handIn.gone")]) { $1 }, to: request, context)
    case .faulty(let faults):
      let found = draft.manuscript.check(
        in: site.publications.bank, replacing: draft.base?.item)
      if found.hasErrors { return try await editor(draft, to: request, context) }
      // What only the bank as a whole has against it.
      let inChinese = phrases.language == .chinese
      let text = faults.map { $0.message(inChinese: inChinese) + $0.remedy(inChinese: inChinese) }
      return try respond(
        draft,
        typed.merging(["faultText": text.joined(separator: phrases("site.sentenceGap"))]) { $1 },
        to: request, context)
    }
  }

  /// The editor, with every error beside its field.
  private func editor(
    _ draft: ItemDraft, to request: Request, _ context: VisitorContext
  ) async throws -> Response {
    var page = DraftPage(
      draft: draft, bank: site.publications.bank, names: try await site.accountNames(),
      phrases: site.renderer.phrases(context.language))
    page.isHandedIn = true
    return try site.renderer.response(page.page(site), to: request, context: context)
  }

  private func respond(
    _ draft: ItemDraft, _ more: [String: Any], to request: Request, _ context: VisitorContext
  ) throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let view = DraftHandInPage(draft: draft, bank: site.publications.bank, phrases: phrases)
    let isRefused = more["errorSummary"] != nil || more["faultText"] != nil
    return try site.renderer.response(
      Page(
        template: "institution/draft-hand-in", title: phrases("handIn.title"),
        address: SitePath.draftHandIn(draft.id),
        status: isRefused ? .unprocessableContent : .ok,
        values: view.values.merging(more) { $1 }),
      to: request, context: context)
  }
}

/// The values of the page on which a draft is handed in.
struct DraftHandInPage {
  let draft: ItemDraft
  let bank: Bank
  let phrases: Phrases

  private var former: BankItem? { draft.base.flatMap { bank.item($0.item) } }

  private var edition: ItemEditing? {
    former.map { ItemEditing(draft, of: $0, in: bank) }
  }

  /// Whether it has to be said if the changed item still asks the same of teachers.
  var asksForMeaning: Bool {
    guard let former, let edition, edition.mayKeepMeaning else { return false }
    return former.state.onceEdited(keepsMeaning: true) != .review
  }

  var values: [String: Any] {
    var values: [String: Any] = [
      "action": SitePath.draftHandIn(draft.id), "draftURL": SitePath.draft(draft.id),
      "revision": draft.revision, "id": draft.manuscript[.identifier],
      "itemTitle": draft.manuscript[.title], "whatText": what,
    ]
    if asksForMeaning, let former, let edition {
      values["meaning"] =
        [
          "stateText": phrases(
            "handIn.stays", ["state": phrases("itemState.\(former.state.rawValue)")]),
          "isSame": !edition.readsOtherwise,
        ] as [String: Any]
    }
    if draft.base == nil { values["tests"] = ["options": tests] }
    let warnings = draft.manuscript.check(in: bank, replacing: draft.base?.item).findings
      .filter { !$0.isError }.count
    if warnings > 0 {
      values["warningsText"] = phrases("handIn.warnings", ["count": "\(warnings)"])
    }
    return values
  }

  private var what: String {
    guard let former else { return phrases("handIn.new") }
    if asksForMeaning { return phrases("handIn.edition") }
    return phrases(
      former.state == .draft || former.state == .review ? "handIn.reviewed" : "handIn.measured")
  }

  private var tests: [[String: Any]] {
    let point = draft.manuscript[.point]
    let framework = bank.frameworks.first { framework in
      framework.points.contains { $0.id.rawValue == point }
    }?.id
    let fitting = bank.blueprints.filter { $0.framework == framework }
    return fitting.map { blueprint in
      [
        "value": blueprint.test.rawValue, "text": blueprint.title.text(in: phrases.language),
        "selected": blueprint.test == fitting.first?.test,
      ]
    }
  }
}

import Delivery
import Diagnostics
import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// A change of items looked at before it is made: who would be told something else, how sure results
/// would be, whether every form can still be filled; and then made, or not.
struct WhatIfRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, SitePath.institutionWhatIf, may: .tuneContent, on: .service, site: site, page),
      Endpoint(
        .post, SitePath.institutionWhatIf, may: .tuneContent, on: .service, site: site, apply),
    ]
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let bank = try await BankPublishing(site: site).current()
    let fields = try Form(query: request)
    return try await respond(
      WhatIfRequest(fields, bank: bank), bank: bank, [:], to: request, context)
  }

  private func apply(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    let publishing = BankPublishing(site: site)
    let bank = try await publishing.current()
    let asked = WhatIfRequest(form, bank: bank)
    guard let reason = form["reason"], reason.count <= ReleaseRoutes.longestReason else {
      return try await respond(
        asked, bank: bank,
        ["errorSummary": FormFaults.summary([("reason", "releases.noReason")], phrases)],
        to: request, context)
    }
    do throws(any Error) {
      // What was looked at must be what is changed.
      guard form["base"] == bank.version.rawValue else {
        throw BankPublishing.Fault.changedMeanwhile
      }
      let change = BankImporter.change(
        asked.changes, in: try await publishing.files(of: bank.version))
      guard change.report.refused.isEmpty, change.bank != nil else {
        return try await respond(asked, bank: bank, [:], to: request, context)
      }
      try await publishing.release(
        change, madeFrom: bank, kind: .change, actor: permission.signedIn.auditName,
        reason: reason)
    } catch let fault as BankPublishing.Fault {
      return try await respond(
        asked, bank: bank, ["faultText": fault.text(phrases)], to: request, context)
    }
    return .seeOther(SitePath.institutionReleases)
  }

  private func respond(
    _ asked: WhatIfRequest, bank: Bank, _ more: [String: Any], to request: Request,
    _ context: VisitorContext
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let view = WhatIfPage(asked: asked, bank: bank, phrases: phrases)
    var values = view.form.merging(more) { $1 }
    var isRefused = more["errorSummary"] != nil || more["faultText"] != nil
    if !asked.unknown.isEmpty {
      values["unknownText"] = phrases(
        "whatIf.unknown", ["items": asked.unknown.joined(separator: " ")])
      isRefused = true
    }
    if !asked.changes.isEmpty {
      let files = try await BankPublishing(site: site).files(of: bank.version)
      let change = BankImporter.preview(asked.changes, of: bank, in: files)
      if !change.report.refused.isEmpty {
        values["faults"] = view.faults(change.report)
        isRefused = true
      } else if let then = change.bank, let blueprint = view.blueprint,
        let outcome = try await WhatIf(site: site).outcome(
          of: asked.changes, in: blueprint, now: bank, then: then)
      {
        values["outcome"] = view.outcome(outcome)
      } else {
        values["sameText"] = phrases("whatIf.same")
      }
    }
    return try site.renderer.response(
      Page(
        template: "institution/what-if", title: phrases("whatIf.title"),
        address: SitePath.institutionWhatIf, status: isRefused ? .unprocessableContent : .ok,
        isCanonical: false, values: values),
      to: request, context: context)
  }
}

/// The changes that somebody asks about.
struct WhatIfRequest: Sendable {
  /// How many items may be changed at once on the page.
  private static let itemLimit = 20

  /// The items on the page, in the order they were added.
  private(set) var items: [BankItem] = []
  /// What to change of them; empty ones left out.
  private(set) var changes: [ItemChange] = []
  /// Identifiers that the bank has no item for.
  private(set) var unknown: [String] = []
  /// Why, as whoever led here proposes; nil where nobody has said anything yet.
  let reason: String?

  /// Reads the fields `item`, `add`, `state.<item>` and `points.<item>.<choice>`.
  init(_ form: Form, bank: Bank) {
    reason = form["reason"].map { String($0.prefix(ReleaseRoutes.longestReason)) }
    var seen: Set<String> = []
    let added = (form["add"] ?? "").split(whereSeparator: { " ,，、;；".contains($0) }).map(
      String.init)
    for name in form.values(of: "item") + added where seen.insert(name).inserted {
      if let item = bank.item(AssessmentItem.ID(rawValue: name)) {
        items.append(item)
      } else {
        unknown.append(String(name.prefix(40)))
      }
    }
    items = Array(items.prefix(Self.itemLimit))
    changes = items.compactMap { item in
      let name = item.id.rawValue
      let state = form["state.\(name)"].flatMap(ItemState.init(rawValue:))
      let before = item.item.scoredChoices
      let points = form.values(namedFrom: "points.\(name).").compactMap { choice, text in
        Int(text).map { (SimpleChoice.ID(rawValue: choice), $0) }
      }.filter { before[$0.0] != nil && before[$0.0] != $0.1 }
      let change = ItemChange(
        item: item.id, state: state == item.state ? nil : state,
        scores: [SimpleChoice.ID: Int](points, uniquingKeysWith: { $1 }))
      return change.isEmpty ? nil : change
    }
  }

  /// What is asked for an item.
  func change(of item: AssessmentItem.ID) -> ItemChange? { changes.first { $0.item == item } }
}

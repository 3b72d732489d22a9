import Competency
import Delivery
import Diagnostics
import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// The institution's tests: the blueprints of the bank, looked at, edited and put into service.
struct FormRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    let test = "\(SitePath.institutionForms)/{test}"
    return [
      Endpoint(
        .get, SitePath.institutionForms, may: .tuneContent, on: .service, site: site, list),
      Endpoint(.get, test, may: .tuneContent, on: .service, site: site, page),
      Endpoint(.post, test, may: .tuneContent, on: .service, site: site, save),
      Endpoint(.post, "\(test)/release", may: .tuneContent, on: .service, site: site, release),
    ]
  }

  private func list(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let bank = try await BankPublishing(site: site).current()
    var tests: [[String: Any]] = []
    for blueprint in bank.blueprints {
      tests.append(try await row(blueprint, in: bank, phrases))
    }
    return try site.renderer.response(
      Page(
        template: "institution/forms", title: phrases("forms.title"),
        address: SitePath.institutionForms, values: ["tests": tests, "isEmpty": tests.isEmpty]),
      to: request, context: context)
  }

  private func row(
    _ blueprint: Blueprint, in bank: Bank, _ phrases: Phrases
  ) async throws -> [String: Any] {
    let feasibility = FormDesk(site: site).feasibility(blueprint, in: bank, phrases)
    let reasons = feasibility.reasons
    let items = bank.items(of: blueprint.test)
    var row: [String: Any] = [
      "url": SitePath.form(blueprint.test),
      "name": blueprint.title.text(in: phrases.language),
      "sizeText": phrases(
        "forms.size",
        [
          "stages": "\(blueprint.stages)", "items": "\(blueprint.itemsPerStage)",
          "length": "\(blueprint.length)",
          "minutes": "\(blueprint.stages * StagePage.minutesPerStage)",
        ]),
      "bankText": phrases(
        "forms.bank",
        [
          "live": "\(items.count { $0.state == .live })",
          "pilots": "\(items.count { $0.state == .pilot })",
          "environments": blueprint.forms.map(\.environment.rawValue)
            .joined(separator: phrases("result.listSeparator")),
        ]),
      "audienceText": phrases("forms.\(blueprint.audience.rawValue)"),
      "fillText": reasons.isEmpty
        ? phrases("forms.filled") : reasons.joined(separator: phrases("site.sentenceGap")),
      "isFilled": reasons.isEmpty,
      "thinText": phrases("forms.thinPoints", ["count": "\(feasibility.thinPoints.count)"]),
    ]
    if try await site.store.blueprintDraft(of: blueprint.test) != nil {
      row["draftText"] = phrases("forms.hasDraft")
    }
    return row
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let desk = FormDesk(site: site)
    return try await desk.response(try await desk.opened(context), to: request, context)
  }

  /// Saves what was typed as the draft, if the bank can fill it.
  private func save(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    let desk = FormDesk(site: site)
    let opened = try await desk.opened(context)
    let entry = BlueprintEntry(
      form,
      fields: BlueprintFields(
        blueprint: opened.shown, framework: opened.framework, phrases: phrases),
      bank: opened.bank)
    var faults = entry.faults
    var blueprint = entry.blueprint
    if faults.isEmpty {
      let isChinese = context.language == .chinese
      faults = blueprint.faults.map { fault in
        BlueprintEntry.Fault(field: BlueprintFields.stages, text: fault(inChinese: isChinese))
      }
    }
    if faults.isEmpty {
      faults = desk.feasibility(blueprint, in: opened.bank, phrases).faults
    }
    guard faults.isEmpty else {
      return try await desk.response(opened, entry: entry, faults: faults, to: request, context)
    }
    blueprint.version = Self.version(after: opened.inService.version)
    let isSaved = try await site.store.saveBlueprintDraft(
      blueprint, after: form["revision"].flatMap { Int($0) }, actor: permission.signedIn.auditName,
      at: site.now())
    guard isSaved else {
      let fault = BlueprintEntry.Fault(
        field: BlueprintFields.stages, text: phrases("forms.savedMeanwhile"))
      return try await desk.response(opened, entry: entry, faults: [fault], to: request, context)
    }
    return .seeOther(SitePath.form(blueprint.test))
  }

  /// The version after one that is a number; others are kept with a mark.
  private static func version(after version: String) -> String {
    Int(version).map { "\($0 + 1)" } ?? "\(version)+"
  }

  /// Puts the draft into service, or throws it away.
  private func release(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    let desk = FormDesk(site: site)
    let opened = try await desk.opened(context)
    let actor = permission.signedIn.auditName
    let test = opened.inService.test
    func refused(_ key: String) async throws -> Response {
      try await desk.response(
        opened, faults: [.init(field: "reason", text: phrases(key))], to: request, context)
    }
    guard let draft = opened.draft, form["revision"] == "\(draft.revision)" else {
      return try await refused("forms.savedMeanwhile")
    }
    if form["then"] == "discard" {
      try await site.store.discardBlueprintDraft(
        of: test, revision: draft.revision, actor: actor, at: site.now())
      return .seeOther(SitePath.form(test))
    }
    guard let reason = form["reason"], reason.count <= ReleaseRoutes.longestReason else {
      return try await refused("releases.noReason")
    }
    do {
      let isChanged = try await publish(
        draft.blueprint, madeFrom: opened.bank, actor: actor, reason: reason)
      guard isChanged else { return try await refused("forms.notTaken") }
    } catch let fault as BankPublishing.Fault {
      return try await desk.response(
        opened, faults: [.init(field: "reason", text: fault.text(phrases))], to: request, context)
    }
    try await site.store.discardBlueprintDraft(
      of: test, revision: draft.revision, actor: actor, at: site.now())
    return .seeOther(SitePath.institutionReleases)
  }

  /// - Returns: whether there was anything to put into service.
  private func publish(
    _ blueprint: Blueprint, madeFrom bank: Bank, actor: String, reason: String
  ) async throws -> Bool {
    let publishing = BankPublishing(site: site)
    let change = try BankImporter.change(
      blueprint, in: try await publishing.files(of: bank.version))
    guard change.bank != nil else { return false }
    try await publishing.release(
      change, madeFrom: bank, kind: .change, actor: actor, reason: reason)
    return true
  }
}

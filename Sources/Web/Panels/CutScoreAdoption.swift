import Foundation
import Hummingbird
import ItemBank
import People
import Storage

extension PanelRoutes {
  /// Puts the borders that a panel has set into service, with who did it and why.
  ///
  /// The framework's measurement file in the bank is what says where levels begin; it gets a version
  /// of its own. Sessions that have begun keep the bank they began with, and the version before can
  /// be put back.
  func adopt(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    let panel = try await found(context)
    // What judges are still saying is no border yet.
    guard !panel.isOpen, panel.kind != .options else { throw Refusal.notFound }
    let publishing = BankPublishing(site: site)
    let bank = try await publishing.current()
    func refused(_ text: String) async throws -> Response {
      let summary: [String: Any] = [
        "headingText": phrases("errors.heading", ["count": "1"]),
        "errors": [["href": "#reason", "text": text]],
      ]
      return try await show(panel, permission, ["errorSummary": summary], to: request, context)
    }
    guard let reason = form["reason"], reason.count <= ReleaseRoutes.longestReason else {
      return try await refused(phrases("releases.noReason"))
    }
    let page = CutScorePage(
      panel: panel, entries: try await site.store.entries(of: panel.number),
      then: try await site.publications.bank(panel.bankVersion), now: bank, phrases: phrases)
    // What was looked at must be what is changed.
    guard form["base"] == bank.version.rawValue, let borders = page.adoptable else {
      return try await refused(phrases("releases.changedMeanwhile"))
    }
    let change = try BankImporter.change(
      borders, in: try await publishing.files(of: bank.version))
    guard change.bank != nil else { return try await refused(phrases("cuts.same")) }
    do {
      try await publishing.release(
        change, madeFrom: bank, kind: .change, actor: permission.signedIn.auditName,
        reason: reason)
    } catch let fault as BankPublishing.Fault {
      return try await refused(fault.text(phrases))
    }
    return .seeOther(SitePath.institutionReleases)
  }
}

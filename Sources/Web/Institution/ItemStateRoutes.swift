import Competency
import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// Moving items to another state, many at a time, with a reason.
struct ItemStateRoutes: Sendable {
  let site: Site

  /// The most items that are moved at once: what a page of the list shows.
  private static let most = 200
  /// The longest reason.
  private static let longestReason = 300

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .post, SitePath.institutionStates, may: .tuneContent, on: .service, site: site, move)
    ]
  }

  private func move(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    let bank = site.publications.bank
    let items = form.values(of: "item").prefix(Self.most).map(AssessmentItem.ID.init(rawValue:))
      .filter { bank.item($0) != nil }
    let state = form["state"].flatMap(ItemState.init(rawValue:))
    let reason = (form["reason"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    var faults: [(String, String)] = []
    if items.isEmpty { faults.append(("items", "itemMove.noItem")) }
    if state == nil { faults.append(("state", "itemMove.noState")) }
    if reason.isEmpty { faults.append(("reason", "itemMove.noReason")) }
    guard faults.isEmpty, let state else {
      return try respond(
        ["errorSummary": FormFaults.summary(faults, phrases)], items, to: request, context)
    }
    do {
      try await ItemStateChanging(site: site).move(
        items, to: state, reason: String(reason.prefix(Self.longestReason)),
        actor: permission.signedIn.auditName)
    } catch let refusal as ItemStateChanging.Refusal {
      return try respond(Self.refused(text(refusal, phrases), phrases), items, to: request, context)
    } catch let fault as BankPublishing.Fault {
      return try respond(Self.refused(fault.text(phrases), phrases), items, to: request, context)
    }
    return try respond(
      [
        "doneText": phrases(
          "itemMove.done",
          ["count": "\(items.count)", "state": phrases("itemState.\(state.rawValue)")])
      ], [], to: request, context)
  }

  private func text(_ refusal: ItemStateChanging.Refusal, _ phrases: Phrases) -> String {
    switch refusal {
    case .noStep(let items):
      phrases("itemMove.noStep", ["items": names(items)])
    case .noParameters(let items):
      phrases("itemMove.noParameters", ["items": names(items)])
    }
  }

  private static func refused(_ text: String, _ phrases: Phrases) -> [String: Any] {
    [
      "errorSummary": [
        "headingText": phrases("itemMove.refused"),
        "errors": [["href": "#items", "text": text]],
      ] as [String: Any]
    ]
  }

  private func names(_ items: [AssessmentItem.ID]) -> String {
    items.prefix(10).map(\.rawValue).joined(separator: " ") + (items.count > 10 ? " …" : "")
  }

  /// The page that says what came of it, with what was chosen, to try again.
  private func respond(
    _ more: [String: Any], _ items: [AssessmentItem.ID], to request: Request,
    _ context: VisitorContext
  ) throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let bank = site.publications.bank
    let values: [String: Any] = [
      "moveAction": SitePath.institutionStates,
      "chosen": items.compactMap(bank.item).map { item in
        [
          "id": item.id.rawValue, "title": item.item.title,
          "state": phrases("itemState.\(item.state.rawValue)"),
        ]
      },
      "hasChosen": !items.isEmpty,
      "states": ItemStateRoutes.options(phrases),
    ]
    return try site.renderer.response(
      Page(
        template: "institution/move", title: phrases("itemMove.title"),
        address: SitePath.institutionItems,
        status: more["errorSummary"] == nil ? .ok : .unprocessableContent,
        values: values.merging(more) { $1 }),
      to: request, context: context)
  }

  /// The states as options of a form.
  static func options(_ phrases: Phrases) -> [[String: String]] {
    ItemState.allCases.map { ["value": $0.rawValue, "text": phrases("itemState.\($0.rawValue)")] }
  }
}

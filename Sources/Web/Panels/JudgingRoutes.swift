import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// A judge's side of panels: what there is to judge, one item after the other, saved each.
///
/// Nothing here holds the present key of choices that are scored blind, or what a colleague said
/// before everybody may see how judgements are spread.
struct JudgingRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    let panel = "\(SitePath.judging)/{panel}"
    return [
      Endpoint(.get, SitePath.judging, may: .judge, on: .service, site: site, list),
      Endpoint(.get, panel, may: .judge, on: .service, site: site, overview),
      Endpoint(.get, "\(panel)/items/{item}", may: .judge, on: .service, site: site, page),
      Endpoint(.post, "\(panel)/items/{item}", saveOrCarry),
    ]
  }

  private func list(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let account = try permission.account
    var rows: [[String: Any]] = []
    for panel in try await site.store.panels(judge: account.id) {
      guard let judge = panel.judge(account.id) else { continue }
      let entries = try await site.store.entries(of: panel.number, judge: judge.number)
      let progress = JudgingProgress(panel: panel, entries: entries)
      rows.append([
        "url": SitePath.judging(panel.number), "name": panel.name,
        "nameLang": Language.written(in: panel.name).htmlLanguage,
        "stateText": progress.text(phrases), "isOpen": panel.isOpen,
      ])
    }
    return try site.renderer.response(
      Page(
        template: "panel/list", title: phrases("judging.title"), address: SitePath.judging,
        values: ["panels": rows, "isEmpty": rows.isEmpty]),
      to: request, context: context)
  }

  /// The panel, if the account judges in it: to others it is not there.
  private func judged(
    _ number: Int?, _ permission: Permission
  ) async throws -> (panel: Panel, judge: Panel.Judge) {
    guard let number,
      let panel = try await site.store.panel(number),
      let judge = panel.judge(try permission.account.id)
    else { throw Refusal.notFound }
    return (panel, judge)
  }

  private func overview(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let (panel, judge) = try await judged(
      Int(try context.parameter("panel")), permission)
    let entries = try await site.store.entries(of: panel.number, judge: judge.number)
    let progress = JudgingProgress(panel: panel, entries: entries)
    var values: [String: Any] = [
      "listURL": SitePath.judging, "name": panel.name,
      "nameLang": Language.written(in: panel.name).htmlLanguage,
      "kindText": phrases("panels.kind.\(panel.kind.rawValue)"),
      "progressText": progress.text(phrases), "isOpen": panel.isOpen,
      "howText": phrases("judging.how.\(panel.kind.rawValue)"),
    ]
    if panel.isOpen {
      values["places"] = progress.places(phrases)
      values["go"] = [
        "url": SitePath.judging(panel.number, place: progress.next ?? 1),
        "text": phrases(
          progress.count == 0
            ? "judging.begin" : progress.next == nil ? "judging.again" : "judging.goOn"),
      ]
    }
    return try site.renderer.response(
      Page(
        template: "panel/overview", title: panel.name, address: SitePath.judging(panel.number),
        values: values),
      to: request, context: context)
  }

  /// What is asked at a place, with what the judge said there.
  private func asked(
    _ context: VisitorContext, _ permission: Permission
  ) async throws -> JudgedPlace {
    try await asked(
      panel: Int(try context.parameter("panel")), place: Int(try context.parameter("item")) ?? 0,
      permission, phrases: context.language)
  }

  /// What is asked at a place, with what the judge said there.
  func asked(
    panel number: Int?, place: Int, _ permission: Permission, phrases language: Language
  ) async throws -> JudgedPlace {
    let (panel, judge) = try await judged(number, permission)
    let bank = try await site.publications.bank(panel.bankVersion)
    guard (1...JudgingProgress.placeCount(panel)).contains(place) else { throw Refusal.notFound }
    // Only the first round's numbers, and only in the second, say anything of colleagues.
    let isSecond = panel.kind == .angoff && panel.round == 2
    let entries = try await site.store.entries(
      of: panel.number, judge: isSecond ? nil : judge.number)
    return JudgedPlace(
      panel: panel, judge: judge.number, place: place, bank: bank, entries: entries,
      phrases: site.renderer.phrases(language))
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let asked = try await asked(context, permission)
    guard asked.panel.isOpen else { return .seeOther(SitePath.judging(asked.panel.number)) }
    var more: [String: Any] = [:]
    if let saved = request.uri.queryParameters["saved"].flatMap({ Int($0) }),
      asked.wasSaved(place: saved)
    {
      more["savedText"] = asked.phrases("judging.saved", ["place": "\(saved)"])
    }
    return try respond(asked, nil, more, to: request, context)
  }

  /// Keeps what a form says of a place; its secret has been checked.
  func save(
    _ form: Form, to request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let asked = try await asked(context, permission)
    let typed = asked.typed(form)
    let reading = asked.read(typed)
    guard reading.faults.isEmpty else {
      return try respond(asked, typed, ["faults": reading.faults], to: request, context)
    }
    let outcome = try await site.store.savePanelEntry(
      PanelEntry(
        judge: asked.judge, round: typed.round, item: asked.itemName, values: reading.values,
        remark: typed.remark, revision: typed.revision, savedAt: site.now()),
      inPanel: asked.panel.number)
    switch outcome {
    case .saved:
      return .seeOther(
        asked.next.map { "\(SitePath.judging(asked.panel.number, place: $0))?saved=\(asked.place)" }
          ?? SitePath.judging(asked.panel.number))
    case .late:
      return try await late(typed, to: request, context, permission)
    case .conflict(let kept):
      return try respond(
        asked, typed.over(kept), ["conflict": asked.conflict(with: kept)], to: request, context)
    }
  }

  /// What is said to somebody whose round ended while they wrote.
  private func late(
    _ typed: JudgedPlace.Typed, to request: Request, _ context: VisitorContext,
    _ permission: Permission
  ) async throws -> Response {
    // Anew: the panel was open, or in its first round, a moment ago.
    let asked = try await asked(context, permission)
    guard asked.panel.isOpen else {
      return try respond(
        asked, typed, ["lateText": asked.phrases("judging.late"), "isOver": true], to: request,
        context)
    }
    return try respond(
      asked, typed.over(asked.own), ["lateText": asked.phrases("judging.lateRound")], to: request,
      context)
  }

  func respond(
    _ asked: JudgedPlace, _ typed: JudgedPlace.Typed?, _ more: [String: Any],
    to request: Request, _ context: VisitorContext
  ) throws -> Response {
    let faults = more["faults"] as? [JudgedPlace.Fault] ?? []
    var values = asked.values(typed ?? asked.kept, faults: faults)
    if !faults.isEmpty {
      values["errorSummary"] =
        [
          "headingText": asked.phrases("errors.heading", ["count": "\(faults.count)"]),
          "errors": faults.map { ["href": "#\($0.field)", "text": $0.text] },
        ] as [String: Any]
    }
    let isRefused = !faults.isEmpty || more["conflict"] != nil
    return try site.renderer.response(
      Page(
        template: "panel/\(asked.panel.kind == .bookmark ? "booklet" : "item")",
        title: asked.title, address: asked.address,
        status: isRefused ? .unprocessableContent : .ok,
        values: values.merging(more.filter { $0.key != "faults" }) { $1 }),
      to: request, context: context)
  }
}

extension Permission {
  /// The account that asks.
  ///
  /// - Throws: ``Refusal/forbidden`` if it is none.
  var account: StaffAccount {
    get throws(Refusal) {
      guard case .account(let account) = signedIn.who else { throw .forbidden }
      return account
    }
  }
}

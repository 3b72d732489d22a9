import Foundation
import Hummingbird
import People
import Storage

/// What a judge had filled in when the sign-in ran out, on its way through signing in again.
///
/// It travels in the sign-in form itself: the service keeps nothing for somebody it does not know,
/// and it works without script. Whether there is such a panel is not looked up before somebody who
/// judges in it has signed in.
struct CarriedJudgement: Sendable {
  /// The panel.
  let panel: Int
  /// The place in it, from 1.
  let place: Int
  /// The judge's number in the panel, so that another judge at the same desk is not shown it.
  let judge: Int
  /// The fields, by name.
  let fields: [String: String]

  /// Before each name in the sign-in form.
  private static let prefix = "carried."
  /// A scale or a border for each choice or level, and the remark: no page has more.
  private static let fieldLimit = 60
  private static let valueLimit = 4_000

  /// What was sent to a place of a panel; nil where there is nothing to carry.
  init?(_ form: Form, panel: String, place: String) {
    self.init(panel: panel, place: place) { form.values(namedFrom: $0) }
  }

  /// What a sign-in form carries; nil where it carries nothing.
  init?(carriedBy form: Form) {
    guard let panel = form[Self.prefix + "panel"], let place = form[Self.prefix + "place"] else {
      return nil
    }
    self.init(panel: panel, place: place) { form.values(namedFrom: Self.prefix + $0) }
  }

  private init?(panel: String, place: String, values: (String) -> [String: String]) {
    var fields: [String: String] = [:]
    for kind in ["score-", "level-"] {
      for (name, value) in values(kind) { fields[kind + name] = value }
    }
    for name in ["remark", "round", "revision"] { fields[name] = values(name)[""] }
    guard let panel = Int(panel), let place = Int(place),
      let judge = values("judge")[""].flatMap({ Int($0) }), fields.count <= Self.fieldLimit,
      fields.values.allSatisfy({ $0.count <= Self.valueLimit })
    else { return nil }
    self.panel = panel
    self.place = place
    self.judge = judge
    self.fields = fields
  }

  /// The hidden fields of the sign-in form.
  var hidden: [[String: String]] {
    let all = fields.merging(["panel": "\(panel)", "place": "\(place)", "judge": "\(judge)"]) { $1 }
    return all.sorted { $0.key < $1.key }.map { ["name": Self.prefix + $0.key, "value": $0.value] }
  }
}

extension JudgingRoutes {
  /// Keeps an entry, or what was filled in when the sign-in has run out meanwhile.
  ///
  /// A form from before the judge signed in again in another tab is not kept either, for it does not
  /// have this sign-in's secret: the place is shown with what was filled in, to be sent once more.
  func saveOrCarry(_ request: Request, context: VisitorContext) async throws -> Response {
    guard context.signedIn != nil else {
      let form = try await Form(request, context: context)
      try FormGuard.check(form, context: context)
      guard let carried = try carried(in: form, context) else { throw Refusal.signInNeeded }
      return try StaffSignInRoutes(site: site)
        .page(carrying: carried, to: request, context: context)
    }
    let permission = try await Permission(.judge, on: .service, context: context, site: site)
    let form = try await Form(request, context: context)
    do {
      try FormGuard.check(form, context: context)
    } catch {
      guard let carried = try carried(in: form, context),
        let page = try await page(
          bringing: carried, for: try permission.account, to: request, context)
      else { throw error }
      return page
    }
    return try await save(form, to: request, context: context, permission: permission)
  }

  private func carried(
    in form: Form, _ context: VisitorContext
  ) throws(Refusal) -> CarriedJudgement? {
    CarriedJudgement(
      form, panel: try context.parameter("panel"), place: try context.parameter("item"))
  }

  /// The place with what was filled in before the sign-in ran out.
  ///
  /// - Parameters:
  ///   - carried: what was filled in.
  ///   - account: who has signed in.
  ///   - request: the request that signed in.
  ///   - context: with the new sign-in.
  /// - Returns: nil if the account does not judge there, or is another judge than the one who wrote.
  /// - Throws: the store's error.
  func page(
    bringing carried: CarriedJudgement, for account: StaffAccount, to request: Request,
    _ context: VisitorContext
  ) async throws -> Response? {
    guard let panel = try await site.store.panel(carried.panel),
      panel.judge(account.id)?.number == carried.judge,
      (1...JudgingProgress.placeCount(panel)).contains(carried.place)
    else { return nil }
    let permission = try await Permission(.judge, on: .service, context: context, site: site)
    let asked = try await asked(
      panel: carried.panel, place: carried.place, permission, phrases: context.language)
    let typed = asked.typed(carried.fields)
    guard panel.isOpen else {
      let over: [String: Any] = [
        "lateText": asked.phrases("judging.closedMeanwhile"), "isOver": true,
      ]
      return try respond(asked, typed, over, to: request, context)
    }
    return try respond(
      asked, typed, ["broughtText": asked.phrases("judging.brought")], to: request, context)
  }
}

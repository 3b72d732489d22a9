import Courses
import Foundation
import Hummingbird
import ItemBank
import People
import Storage

/// When teachers with an account may begin a test: windows are added and taken away.
struct TestWindowRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    let windows = "\(SitePath.institutionForms)/{test}/windows"
    return [
      Endpoint(.post, windows, may: .tuneContent, on: .service, site: site, add),
      Endpoint(.post, "\(windows)/{window}", may: .tuneContent, on: .service, site: site, remove),
    ]
  }

  private func add(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let phrases = site.renderer.phrases(context.language)
    let desk = FormDesk(site: site)
    let opened = try await desk.opened(context)
    var faults: [BlueprintEntry.Fault] = []
    func note(_ field: String, _ key: String, _ values: [String: String] = [:]) {
      faults.append(.init(field: field, text: phrases(key, values)))
    }
    let programmes = site.publications.courses.programmes(of: opened.inService.framework)
    let programme = programmes.first { $0.id.rawValue == form["programme"] }
    if programme == nil { note("programme", "forms.noProgramme") }
    let opensOn = form["opens"].flatMap(CalendarDay.init)
    if opensOn == nil { note("opens", "forms.badDay") }
    let closesOn = form["closes"].flatMap(CalendarDay.init)
    if closesOn == nil { note("closes", "forms.badDay") }
    if let opensOn, let closesOn, closesOn < opensOn { note("closes", "forms.closesFirst") }
    let named = UnitNames(
      form["units"] ?? "", units: try await site.store.units(below: nil))
    if !named.unknown.isEmpty {
      note("units", "forms.unknownUnits", ["units": Self.list(named.unknown, phrases)])
    }
    if !named.ambiguous.isEmpty {
      note("units", "forms.ambiguousUnits", ["units": Self.list(named.ambiguous, phrases)])
    }
    if named.count > UnitNames.most {
      note("units", "forms.tooManyUnits", ["most": "\(UnitNames.most)"])
    }
    guard faults.isEmpty, let programme, let opensOn, let closesOn else {
      let section = TestWindowSection(site: site, phrases: phrases, sent: form, faults: faults)
      return try await desk.response(
        opened, faults: faults, more: ["windows": try await section.values(of: opened.inService)],
        to: request, context)
    }
    _ = try await site.store.addTestWindow(
      TestWindow(
        test: opened.inService.test, programme: programme.id.rawValue, opensOn: opensOn,
        closesOn: closesOn, units: named.found.map(\.id)),
      actor: permission.signedIn.auditName, at: site.now())
    return .seeOther(SitePath.formWindows(opened.inService.test))
  }

  private static func list(_ names: [String], _ phrases: Phrases) -> String {
    names.prefix(10).map { String($0.prefix(40)) }.joined(
      separator: phrases("result.listSeparator"))
  }

  private func remove(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let opened = try await FormDesk(site: site).opened(context)
    guard let number = Int(try context.parameter("window")),
      try await site.store.removeTestWindow(
        number, of: opened.inService.test, actor: permission.signedIn.auditName, at: site.now())
    else { throw Refusal.notFound }
    return .seeOther(SitePath.formWindows(opened.inService.test))
  }
}

/// Places as somebody typed them: a name, a school's code, or `county/school` where a name is not
/// enough.
struct UnitNames: Sendable {
  /// The most places of one window.
  static let most = 200

  /// How many were typed; beyond ``most`` none is looked for.
  private(set) var count = 0
  /// The places meant.
  private(set) var found: [AdministrativeUnit] = []
  /// What no place is called.
  private(set) var unknown: [String] = []
  /// What several places are called.
  private(set) var ambiguous: [String] = []

  /// Reads one place a line, or several with commas.
  init(_ text: String, units: [AdministrativeUnit]) {
    let byID = [AdministrativeUnit.ID: AdministrativeUnit](
      units.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let separators: Set<Character> = [",", "，", "、", ";", "；", "\n", "\r\n", "\r"]
    let names = text.split(whereSeparator: separators.contains).map {
      $0.trimmingCharacters(in: .whitespaces)
    }.filter { !$0.isEmpty }
    count = names.count
    guard count <= Self.most else { return }
    for name in names {
      let parts = name.split(separator: "/").map(String.init)
      let matching = units.filter { unit in
        unit.code == name
          || (unit.name == parts.last
            && (parts.count < 2 || unit.parent.flatMap { byID[$0]?.name } == parts[0]))
      }
      switch matching.count {
      case 0: unknown.append(name)
      case 1: if !found.contains(matching[0]) { found.append(matching[0]) }
      default: ambiguous.append(name)
      }
    }
  }
}

import Courses
import Foundation
import ItemBank
import People
import Storage

/// The windows of a test on its page, and the fields of another one.
struct TestWindowSection {
  let site: Site
  let phrases: Phrases
  /// What was sent and could not be taken; nil for empty fields.
  var sent: Form?
  var faults: [BlueprintEntry.Fault] = []

  /// The values of the section.
  func values(of blueprint: Blueprint) async throws -> [String: Any] {
    let windows = try await site.store.testWindows(of: blueprint.test)
    let programmes = site.publications.courses.programmes(of: blueprint.framework)
    let units = try await site.store.units(below: nil).reduce(
      into: [AdministrativeUnit.ID: String]()
    ) { $0[$1.id] = $1.name }
    let today = CalendarDay(site.now())
    return [
      "action": SitePath.formWindowList(blueprint.test),
      "isEmpty": windows.isEmpty,
      "rows": windows.map { window -> [String: Any] in
        let names =
          window.units.isEmpty
          ? phrases("forms.everybody")
          : window.units.compactMap { units[$0] }
            .joined(separator: phrases("result.listSeparator"))
        return [
          "action": SitePath.formWindow(window.number, of: blueprint.test),
          "daysText": phrases(
            "forms.days", ["opens": "\(window.opensOn)", "closes": "\(window.closesOn)"]),
          "removeText": phrases(
            "forms.removeNamed",
            ["opens": "\(window.opensOn)", "closes": "\(window.closesOn)"]),
          "stateText": phrases("forms.\(Self.state(of: window, on: today))"),
          "programmeText": programmes.first { $0.id.rawValue == window.programme }?
            .name.text(in: phrases.language) ?? window.programme,
          "unitsText": names, "unitsLang": Language.written(in: names).htmlLanguage,
        ]
      },
      "programmes": programmes.map { programme in
        [
          "value": programme.id.rawValue, "label": programme.name.text(in: phrases.language),
          "selected": programme.id.rawValue == sent?["programme"],
        ] as [String: Any]
      },
      "programme": field("programme"), "opens": field("opens"), "closes": field("closes"),
      "units": field("units"),
    ]
  }

  private static func state(of window: TestWindow, on today: CalendarDay) -> String {
    if today < window.opensOn { return "notYetOpen" }
    return window.closesOn < today ? "over" : "openNow"
  }

  private func field(_ name: String) -> [String: Any] {
    var field: [String: Any] = ["value": sent?[name] ?? ""]
    if let fault = faults.first(where: { $0.field == name }) { field["error"] = fault.text }
    return field
  }
}

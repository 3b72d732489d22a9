import Competency
import Courses
import Foundation
import HTTPTypes
import Hummingbird
import People
import Recommendation
import Storage

/// What courses were expected to raise and what they raised: looked at, frozen for a term; and the
/// draw that tells what courses do from who chooses them.
struct GainRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, SitePath.institutionGains, may: .tuneContent, on: .service, site: site, page),
      Endpoint(
        .post, SitePath.institutionGains, may: .tuneContent, on: .service, site: site, learn),
      Endpoint(
        .post, SitePath.institutionSlot, may: .tuneContent, on: .service, site: site, turn),
    ]
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let framework = try framework(try Form(query: request)["framework"])
    return try await respond([:], about: framework, to: request, context)
  }

  private func learn(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let framework = try framework(form["framework"])
    let desk = GainLearningDesk(site: site, framework: framework)
    let phrases = site.renderer.phrases(context.language)
    guard form["then"] == "freeze" else {
      let found = try await desk.learn()
      return try await respond(
        ["report": report(found, phrases)], about: framework, to: request, context)
    }
    let frozen = try await desk.freeze(actor: permission.signedIn.auditName)
    return try await respond(
      ["doneText": phrases(frozen == nil ? "gains.notFrozen" : "gains.frozen")], about: framework,
      to: request, context)
  }

  private func turn(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    guard let word = form["draw"], ["on", "off"].contains(word) else {
      throw Refusal.invalid(field: "draw")
    }
    try await site.store.setDrawsSlots(
      word == "on", actor: permission.signedIn.auditName, at: site.now())
    return .seeOther(SitePath.institutionGains)
  }

  private func framework(_ wanted: String?) throws(Refusal) -> Framework {
    let offered = site.publications.testedFrameworks
    guard
      let framework = wanted.map({ id in offered.first { $0.id.rawValue == id } })
        ?? offered.first
    else { throw .notFound }
    return framework
  }

  /// What has been learned by now, for the courses with enough teachers.
  private func report(_ found: GainLearningDesk.Found, _ phrases: Phrases) -> [String: Any] {
    let text = GainText(phrases: phrases)
    guard let update = found.update else { return ["text": phrases("gains.nothing")] }
    let catalogue = site.publications.courses.catalogue
    let enough = update.teachers.filter { $0.value >= GainsUpdate.minimumTeachers }
      .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
    var report: [String: Any] = [
      "text": phrases(
        "gains.report",
        [
          "teachers": "\(update.teacherCount)", "courses": "\(enough.count)",
          "few": "\(update.teachers.count - enough.count)",
          "minimum": "\(GainsUpdate.minimumTeachers)",
        ])
    ]
    let rows = enough.compactMap { id, teachers -> [String: Any]? in
      guard let course = catalogue.course(id),
        let before = update.prior.parameter(id, course.primary),
        let after = update.learned.parameter(id, course.primary)
      else { return nil }
      var row: [String: Any] = [
        "code": id.rawValue, "title": course.title.text(in: phrases.language),
        "point": course.primary.rawValue, "predicted": Numeral.hundredths(before.mean),
        "measured": text.measured(after, teachers: teachers),
      ]
      if let drawn = update.randomised[id] { row["drawnText"] = text.drawn(drawn) }
      return row
    }
    if !rows.isEmpty { report["table"] = ["rows": rows] }
    return report
  }

  private func respond(
    _ more: [String: Any], about framework: Framework, to request: Request,
    _ context: VisitorContext
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let frozen = try await site.store.frozenGains(of: framework.id)
    let draws = try await site.store.drawsSlots()
    var values: [String: Any] = [
      "action": SitePath.institutionGains, "slotAction": SitePath.institutionSlot,
      "demandURL": SitePath.institutionDemand,
      "frameworks": site.publications.testedFrameworks.map { offered in
        [
          "value": offered.id.rawValue, "text": offered.title.text(in: context.language),
          "selected": offered.id == framework.id,
        ] as [String: Any]
      },
      "drawText": phrases(draws ? "gains.drawOn" : "gains.drawOff"),
      "drawValue": draws ? "off" : "on",
      "drawButton": phrases(draws ? "gains.turnOff" : "gains.turnOn"),
      "frozenText": phrases("gains.noneFrozen"),
    ]
    if let frozen {
      values["frozenText"] = phrases(
        "gains.frozenNow",
        [
          "version": "\(frozen.gains.version)",
          "term": GainText(phrases: phrases).term(frozen.gains.term),
          "date": phrases.date(frozen.frozenAt), "courses": "\(frozen.teachers.count)",
        ])
    }
    return try site.renderer.response(
      Page(
        template: "institution/gains", title: phrases("gains.title"),
        address: SitePath.institutionGains, values: values.merging(more) { $1 }),
      to: request, context: context)
  }
}

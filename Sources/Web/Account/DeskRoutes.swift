import Hummingbird
import People
import Storage

/// The first page of staff: what they may do, each as a link.
struct DeskRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [Endpoint(.get, SitePath.desk, desk)]
  }

  private func desk(_ request: Request, context: VisitorContext) async throws -> Response {
    guard let signedIn = context.signedIn else { throw Refusal.signInNeeded }
    guard case .account(let account) = signedIn.who else { return .seeOther(SitePath.me) }
    let phrases = site.renderer.phrases(context.language)
    var links: [[String: Any]] = []
    if can(signedIn.actor, .importRoster, .service) {
      links.append(link(SitePath.roster, "desk.roster", phrases))
    }
    if can(signedIn.actor, .manageStaff, .service) {
      links.append(link(SitePath.staff, "desk.staff", phrases))
    }
    if can(signedIn.actor, .tuneContent, .service) {
      links.append(link(SitePath.institution, "desk.today", phrases))
      links.append(link(SitePath.institutionItems, "desk.items", phrases))
      links.append(link(SitePath.institutionImport, "desk.itemImport", phrases))
      links.append(link(SitePath.institutionCourses, "desk.courses", phrases))
      links.append(link(SitePath.institutionWhatIf, "desk.whatIf", phrases))
      links.append(link(SitePath.institutionPanels, "desk.panels", phrases))
      links.append(link(SitePath.institutionCalibrations, "desk.calibrations", phrases))
      links.append(link(SitePath.institutionReleases, "desk.releases", phrases))
    }
    if can(signedIn.actor, .judge, .service) {
      links.append(link(SitePath.judging, "desk.judging", phrases))
    }
    if can(signedIn.actor, .viewAudit, .service) {
      links.append(link(SitePath.audit, "desk.audit", phrases))
    }
    links += try await unitLinks(account.grant, signedIn.actor, phrases)
    return try site.renderer.response(
      Page(
        template: "account/desk", title: phrases("desk.title"), address: SitePath.desk,
        values: [
          "greetingText": phrases("me.greeting", ["name": account.name]),
          "roleText": phrases("role.\(account.grant.role.rawValue)"), "links": links,
          "isEmpty": links.isEmpty,
        ]),
      to: request, context: context)
  }

  /// Links to what can be done with the unit that the grant reaches, and the schools in it.
  private func unitLinks(
    _ grant: Grant, _ actor: Actor, _ phrases: Phrases
  ) async throws -> [[String: Any]] {
    if case .group(let group, let unit) = grant.scope {
      let name = try await site.store.teachingGroups(of: unit).first { $0.id == group }?.name
      let school = try await site.store.path(of: unit).first?.name ?? ""
      return [
        link(SitePath.school(unit), "desk.report", phrases, ["unit": school]),
        link(SitePath.people(group), "desk.people", phrases, ["school": name ?? ""]),
      ]
    }
    guard case .unit(let root) = grant.scope else { return [] }
    var links: [[String: Any]] = []
    // Parents come before children, so the path of each is its parent's with itself in front: one
    // statement for a region of hundreds of schools.
    var paths = [root: try await site.store.path(of: root)]
    for unit in try await site.store.units(below: root) {
      let path = paths[unit.id] ?? [unit] + (unit.parent.flatMap { paths[$0] } ?? [])
      paths[unit.id] = path
      // A region's page leads to those below it; one link is enough.
      if unit.id == root && can(actor, .viewSummary, .unit(path: path)) {
        let url = unit.kind.hasTeachers ? SitePath.school(unit.id) : SitePath.region(unit.id)
        links.append(link(url, "desk.report", phrases, ["unit": unit.name]))
      }
      guard unit.kind.hasTeachers else { continue }
      let values = ["school": unit.name]
      if can(actor, .viewParticipation, .unit(path: path)) {
        links.append(link(SitePath.people(unit.id), "desk.people", phrases, values))
      }
      if can(actor, .importRoster, .unit(path: path)) {
        links.append(link(SitePath.schoolRoster(unit.id), "desk.schoolRoster", phrases, values))
      }
    }
    return links
  }

  private func link(
    _ url: String, _ key: String, _ phrases: Phrases, _ values: [String: String] = [:]
  ) -> [String: Any] {
    ["url": url, "text": phrases(key, values)]
  }
}

import Hummingbird
import People
import Storage

/// `/school` and `/regions`: to the page of the unit that whoever asks is there for.
///
/// Addresses that can be told by word of mouth; those of units are random.
struct OwnUnitRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, SitePath.ownSchool) { try await lead($0, $1, toSchool: true) },
      Endpoint(.get, SitePath.ownRegion) { try await lead($0, $1, toSchool: false) },
    ]
  }

  private func lead(
    _ request: Request, _ context: VisitorContext, toSchool: Bool
  ) async throws -> Response {
    guard let signedIn = context.signedIn else { throw Refusal.signInNeeded }
    if case .account(let account) = signedIn.who, let id = account.grant.unit {
      let path = try await site.store.path(of: id)
      if let unit = path.first, unit.kind.hasTeachers == toSchool,
        can(signedIn.actor, .viewSummary, .unit(path: path))
      {
        return .seeOther(toSchool ? SitePath.school(id) : SitePath.region(id))
      }
    }
    try await site.store.record(
      AuditEvent(
        actor: signedIn.auditName, action: Action.viewSummary.auditName,
        object: toSchool ? "own-school" : "own-region", outcome: .refused),
      at: site.now())
    throw Refusal.forbidden
  }
}

extension Grant {
  /// The unit that the grant is about, of a group its school; nil for the whole service.
  fileprivate var unit: AdministrativeUnit.ID? {
    switch scope {
    case .everything: nil
    case .unit(let unit), .group(_, let unit): unit
    }
  }
}

import Foundation
import Hummingbird
import People
import Storage

/// That the person who asks may do something with something.
///
/// Only this initialiser makes one, and it asks the policy: an endpoint that needs a permission
/// cannot forget to.
struct Permission: Sendable {
  /// With what an endpoint's act is done.
  enum Target: Hashable, Sendable {
    /// The service as a whole.
    case service
    /// The unit named in the path.
    case unit
    /// The teaching group named in the path.
    case group
    /// The record of the teacher who asks.
    case ownRecord
  }

  let signedIn: SignedIn
  /// The unit, or the group's school, with the units above it, itself first; empty for other targets.
  let path: [AdministrativeUnit]

  /// Asks for permission.
  ///
  /// - Throws: ``Refusal/signInNeeded`` to strangers; ``Refusal/forbidden`` to others, noted in the
  ///   audit log. A unit that does not exist and one out of reach look alike.
  init(
    _ action: Action, on target: Target, context: VisitorContext, site: Site
  ) async throws {
    guard let signedIn = context.signedIn else { throw Refusal.signInNeeded }
    self.signedIn = signedIn
    let object: Object
    let name: String
    switch target {
    case .service:
      path = []
      (object, name) = (.service, "service")
    case .unit:
      let unit = AdministrativeUnit.ID(rawValue: try context.parameter("unit"))
      path = try await site.store.path(of: unit)
      // What a stranger typed into the address stays out of the log.
      (object, name) = (.unit(path: path), path.first.map { "unit:\($0.id.rawValue)" } ?? "unit")
    case .group:
      let group = TeachingGroupID(rawValue: try context.parameter("group"))
      let unit = try await site.store.unit(of: group)
      path = if let unit { try await site.store.path(of: unit) } else { [] }
      (object, name) = (.group(group, path: path), unit.map { "unit:\($0.rawValue)" } ?? "group")
    case .ownRecord:
      path = []
      guard case .person(let person) = signedIn.who else { throw Refusal.forbidden }
      (object, name) = (.record(of: person.id), "person:\(person.id.rawValue)")
    }
    guard can(signedIn.actor, action, object) else {
      try await site.store.record(
        AuditEvent(
          actor: signedIn.auditName, action: action.auditName, object: name, outcome: .refused),
        at: site.now())
      throw Refusal.forbidden
    }
  }

  /// The unit that is acted on.
  ///
  /// - Throws: ``Refusal/notFound`` if the permission is for something else.
  var unit: AdministrativeUnit {
    get throws(Refusal) {
      guard let unit = path.first else { throw .notFound }
      return unit
    }
  }

  /// The teacher whose record is acted on.
  ///
  /// - Throws: ``Refusal/notFound`` if the permission is for something else.
  var person: Person {
    get throws(Refusal) {
      guard case .person(let person) = signedIn.who else { throw .notFound }
      return person
    }
  }
}

extension Action {
  /// How the audit log names it.
  var auditName: String {
    switch self {
    case .keepOwnRecord: "keep-own-record"
    case .viewSummary: "view-summary"
    case .viewParticipation: "view-participation"
    case .issueCodes: "issue-codes"
    case .appointLeader: "appoint-leader"
    case .importRoster: "import-roster"
    case .keepPaperForms: "keep-paper-forms"
    case .manageStaff: "manage-staff"
    case .viewAudit: "view-audit"
    case .tuneContent: "tune-content"
    case .judge: "judge"
    }
  }
}

extension Endpoint {
  /// An address that only those may call whom the policy allows it.
  ///
  /// - Parameters:
  ///   - method: the method.
  ///   - path: the path, with `{unit}` or `{group}` in it if the target is one.
  ///   - action: what is done.
  ///   - target: with what.
  ///   - site: the site.
  ///   - answer: what answers, with the permission in hand.
  init(
    _ method: HTTPRequest.Method, _ path: String, may action: Action,
    on target: Permission.Target, site: Site,
    _ answer: @escaping @Sendable (Request, VisitorContext, Permission) async throws -> Response
  ) {
    self.init(method, path) { request, context in
      let permission = try await Permission(action, on: target, context: context, site: site)
      return try await answer(request, context, permission)
    }
  }
}

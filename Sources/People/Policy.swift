/// Who asks: a teacher, somebody with grants, or nobody known.
public struct Actor: Hashable, Sendable {
  /// The teacher who is signed in; nil for staff and strangers.
  public var person: Person.ID?
  /// What a staff account may be; empty for teachers and strangers.
  public var grants: [Grant]

  /// Creates an actor.
  public init(person: Person.ID? = nil, grants: [Grant] = []) {
    self.person = person
    self.grants = grants
  }

  /// Somebody who is not signed in.
  public static let stranger = Actor()
}

/// What somebody wants to do with something of other people's.
public enum Action: String, Hashable, Sendable, CaseIterable {
  /// Read, export, claim and erase one's own record.
  case keepOwnRecord
  /// See how many teachers of a unit need which point: groups, never persons.
  case viewSummary
  /// See who of a unit or group has finished: names, never abilities.
  case viewParticipation
  /// Make activation sheets for the teachers of a school.
  case issueCodes
  /// Give a teaching group a leader's account.
  case appointLeader
  /// Bring a roster in.
  case importRoster
  /// Print forms for teachers without a network, and key in what comes back.
  case keepPaperForms
  /// Make and close staff accounts.
  case manageStaff
  /// Read the audit log.
  case viewAudit
  /// Tune the item bank and the courses.
  case tuneContent
  /// Judge in the panels one is asked to.
  case judge
}

/// What it is done with.
public enum Object: Hashable, Sendable {
  /// The service as a whole.
  case service
  /// A unit, given with the units above it, itself first.
  case unit(path: [AdministrativeUnit])
  /// A teaching group of a school, given with the school's path.
  case group(TeachingGroupID, path: [AdministrativeUnit])
  /// A person's own record.
  case record(of: Person.ID)
}

/// Whether somebody may do something: the only place where this is decided.
///
/// What no line allows is refused. A person's ability is in no action at all: whoever is not that
/// person has no way to ask for it.
///
/// - Parameters:
///   - actor: who.
///   - action: what.
///   - object: with what.
/// - Returns: whether it is allowed.
public func can(_ actor: Actor, _ action: Action, _ object: Object) -> Bool {
  if case (.keepOwnRecord, .record(let person)) = (action, object) {
    return actor.person == person
  }
  return actor.grants.contains { $0.allows(action, object) }
}

extension Grant {
  fileprivate func allows(_ action: Action, _ object: Object) -> Bool {
    switch (role, action) {
    case (.operating, .manageStaff), (.operating, .viewAudit), (.auditor, .viewAudit),
      (.institution, .tuneContent), (.institution, .judge), (.judge, .judge):
      object == .service
    case (.operating, .importRoster):
      object == .service || reaches(object)
    case (.schoolAdministrator, .viewSummary), (.schoolAdministrator, .viewParticipation),
      (.schoolAdministrator, .issueCodes), (.schoolAdministrator, .importRoster),
      (.schoolAdministrator, .appointLeader), (.schoolAdministrator, .keepPaperForms):
      reaches(object)
    case (.groupLeader, .viewSummary):
      // The leader sees the school's summary, in which every group stands or is hidden.
      reachesSchool(object)
    case (.groupLeader, .viewParticipation):
      reaches(object)
    case (.regionViewer, .viewSummary), (.auditor, .viewSummary):
      reaches(object)
    case (.institution, .viewSummary):
      // Demand of a region, not a look into one school.
      reaches(object) && object.isRegion
    default: false
    }
  }

  private func reaches(_ object: Object) -> Bool {
    switch (scope, object) {
    case (.everything, .unit), (.everything, .group): true
    case (.unit(let unit), .unit(let path)), (.unit(let unit), .group(_, let path)):
      path.contains { $0.id == unit }
    case (.group(let mine, _), .group(let group, _)): mine == group
    default: false
    }
  }

  private func reachesSchool(_ object: Object) -> Bool {
    guard case (.group(_, let school), .unit(let path)) = (scope, object) else { return false }
    return path.first?.id == school
  }
}

extension Object {
  fileprivate var isRegion: Bool {
    guard case .unit(let path) = self, let unit = path.first else { return false }
    return !unit.kind.hasTeachers
  }
}

/// What somebody is to the programme (JS-24, QZ-05, P19).
public enum Role: String, Hashable, Sendable, CaseIterable {
  /// 运维: keeps the service running, makes accounts.
  case operating = "operator"
  /// 培训机构: tunes the item bank and the courses; sees no names.
  case institution
  /// 评委: scores choices and sets borders; sees nothing else of the bank.
  case judge
  /// 校级管理员、CIO: runs a school's part.
  case schoolAdministrator = "school_administrator"
  /// 教研组长、工作坊坊主: looks after one teaching group.
  case groupLeader = "group_leader"
  /// 县、市、省: sees summaries of a region.
  case regionViewer = "region_viewer"
  /// 第三方评价: reads summaries and the audit log.
  case auditor

  /// The kind of scope the role needs.
  public var scopeKind: ScopeKind {
    switch self {
    case .operating: .everything
    case .institution, .judge, .regionViewer, .auditor: .region
    case .schoolAdministrator: .school
    case .groupLeader: .group
    }
  }

  /// How far a role can reach.
  public enum ScopeKind: Hashable, Sendable {
    /// The whole service.
    case everything
    /// A region with all that is in it.
    case region
    /// A school with its sites.
    case school
    /// One teaching group.
    case group
  }
}

/// A role and how far it reaches.
public struct Grant: Hashable, Sendable {
  /// How far.
  public enum Scope: Hashable, Sendable {
    /// The whole service.
    case everything
    /// A unit with all that stands below it.
    case unit(AdministrativeUnit.ID)
    /// One teaching group of a school.
    case group(TeachingGroupID, of: AdministrativeUnit.ID)
  }

  /// The role.
  public var role: Role
  /// How far it reaches.
  public var scope: Scope

  /// Creates a grant.
  public init(_ role: Role, _ scope: Scope) {
    self.role = role
    self.scope = scope
  }
}

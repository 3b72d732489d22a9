public import Foundation

/// One line of the audit log: who did what with what, when, and whether it was done or refused.
///
/// It holds identifiers, never names, codes or answers.
public struct AuditEvent: Hashable, Sendable, Codable {
  /// Whether the act took place.
  public enum Outcome: String, Hashable, Sendable, Codable {
    /// It took place.
    case done
    /// It was refused and changed nothing.
    case refused
  }

  /// Who: `account:…`, `person:…`, `stranger`, or `command` for the command line.
  public var actor: String
  /// What, in kebab case, such as `issue-codes`.
  public var action: String
  /// With what: `unit:…`, `person:…`, `account:…`, or `service`.
  public var object: String
  /// Whether it took place.
  public var outcome: Outcome
  /// Numbers and reasons; empty if there is nothing to add.
  public var detail: String

  /// Creates an event.
  public init(
    actor: String, action: String, object: String, outcome: Outcome = .done, detail: String = ""
  ) {
    self.actor = actor
    self.action = action
    self.object = object
    self.outcome = outcome
    self.detail = detail
  }
}

/// A line of the audit log as it was kept.
public struct StoredAuditEvent: Hashable, Sendable {
  /// Its place in the log, from 1, without gaps.
  public var position: Int
  /// When it was kept.
  public var happenedAt: Date
  /// What it says.
  public var event: AuditEvent
}

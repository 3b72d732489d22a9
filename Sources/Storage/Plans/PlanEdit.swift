public import Courses
public import Foundation
public import Recommendation

/// What a teacher changed in a plan, and what that cost.
public struct PlanEdit: Hashable, Sendable {
  /// What kind of change.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A course stays, or comes and stays.
    case lock
    /// A course need not stay.
    case unlock
    /// A course goes and does not come back.
    case exclude
    /// A course may come back.
    case restore
    /// A course goes and another comes.
    case replace
    /// One new technology to learn, or none any more.
    case technology
    /// The most hours the teacher has, or none any more.
    case budget
    /// Hours that were earned before, or none any more.
    case earned
    /// Which institution teaches the county, or that this is not said any more.
    case provider
    /// That the teacher need not take part, or does after all.
    case exemption
    /// When the plan begins and ends.
    case dates
    /// The last change is taken back.
    case undo
  }

  /// What kind of change.
  public var kind: Kind
  /// The course changed; nil for a change of the whole plan.
  public var course: Course.ID?
  /// The course that came instead; only for ``Kind/replace``.
  public var replacement: Course.ID?
  /// What was chosen for a change of the whole plan, as the form sent it; empty for "none any more".
  public var value: String?
  /// The version that was taken back; only for ``Kind/undo``.
  public var undone: Int?
  /// What it cost or brought.
  public var difference: PlanDifference

  /// Creates an edit.
  public init(
    _ kind: Kind, course: Course.ID? = nil, replacement: Course.ID? = nil, value: String? = nil,
    undone: Int? = nil, difference: PlanDifference
  ) {
    self.kind = kind
    self.course = course
    self.replacement = replacement
    self.value = value
    self.undone = undone
    self.difference = difference
  }

  /// What the change is about: two edits about different things do not get in each other's way.
  public var subjects: Set<String> {
    switch kind {
    case .technology, .budget, .earned, .provider, .exemption, .dates, .undo: [kind.rawValue]
    case .lock, .unlock, .exclude, .restore, .replace:
      Set([course, replacement].compactMap { $0.map { "course \($0.rawValue)" } })
    }
  }
}

/// An edit as it was kept.
public struct StoredPlanEdit: Hashable, Sendable {
  /// The version it made.
  public var version: Int
  /// When.
  public var madeAt: Date
  /// What.
  public var edit: PlanEdit
}

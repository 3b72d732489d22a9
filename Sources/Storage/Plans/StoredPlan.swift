public import Courses
public import Delivery
public import Foundation
public import Recommendation

/// One version of a teacher's study plan, with what it was made from.
public struct StoredPlan: Hashable, Sendable {
  /// Identifies a plan.
  ///
  /// Random; its versions share it.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as it stands in addresses.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The plan's identifier.
  public var id: ID
  /// The session whose result it answers.
  public var session: TestSession.ID
  /// The programme it obeys.
  public var programme: Programme.ID
  /// The version, from 1; each change makes a new one.
  public var version: Int
  /// The version of the courses it was made from.
  public var coursesVersion: String
  /// What the teacher wants of it.
  public var wishes: PlanWishes
  /// The utility of the plan without any lock, to say what the locks cost; nil without locks.
  public var unlockedUtility: Double?
  /// The plan.
  public var plan: StudyPlan
  /// What this version changed; nil for the first, and for one made before changes were kept.
  public var edit: PlanEdit?
  /// The version to go back to if the change is taken back; nil if there is none.
  public var parent: Int?
  /// When this version was made.
  public var createdAt: Date
  /// The version of the frozen gains it was made with; nil for those the catalogue judges.
  public var gainsVersion: Int?
  /// The course that was drawn by chance when the plan was first made; nil where none was.
  public var slot: RandomisedSlot?

  /// Creates a version of a plan.
  public init(
    id: ID, session: TestSession.ID, programme: Programme.ID, version: Int,
    coursesVersion: String, wishes: PlanWishes, unlockedUtility: Double?, plan: StudyPlan,
    edit: PlanEdit? = nil, parent: Int? = nil, createdAt: Date, gainsVersion: Int? = nil,
    slot: RandomisedSlot? = nil
  ) {
    self.id = id
    self.session = session
    self.programme = programme
    self.version = version
    self.coursesVersion = coursesVersion
    self.wishes = wishes
    self.unlockedUtility = unlockedUtility
    self.plan = plan
    self.edit = edit
    self.parent = parent
    self.createdAt = createdAt
    self.gainsVersion = gainsVersion
    self.slot = slot
  }
}

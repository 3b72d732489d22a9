public import Competency
public import ItemBank

/// Something about the bank that hurts the diagnosis, or that can now be done.
public struct Finding: Hashable, Sendable, Codable {
  /// What it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
    /// Those who take a choice that is worth less are abler than those who take the best one.
    case suspectedKey
    /// Those who take a choice are abler than those who take better ones.
    case risingOption
    /// The answers leave the item's curve.
    case misfit
    /// The item says next to nothing about ability.
    case weak
    /// The item is harder for one group than for others of equal ability.
    case difference
    /// The item has become easier or harder in use, or is no longer where its parameters say.
    case drift
    /// The item is in too many sessions.
    case overexposed
    /// A dimension is measured coarsely where many teachers are.
    case thinInformation
    /// A judged item has enough answers to be calibrated.
    case pilotReady

    /// Whether it is about something that is wrong.
    public var isDefect: Bool { self != .pilotReady }
  }

  /// What it is.
  public var kind: Kind
  /// The item; nil where it is about a dimension.
  public var item: AssessmentItem.ID?
  /// The choice that raised it.
  public var option: SimpleChoice.ID?
  /// The best choice by the key.
  public var keyed: SimpleChoice.ID?
  /// By what people are told apart, where it is about a group.
  public var grouping: Grouping?
  /// The group.
  public var group: String?
  /// The framework, where it is about a dimension.
  public var framework: Framework.ID?
  /// The dimension.
  public var dimension: Dimension.ID?
  /// The level of the teachers it is about, from 0.
  public var level: Int?
  /// The size of it, in the unit of its kind: standard deviations of ability for options, logits for
  /// differences and drift, the mean square for misfit, a correlation, or a share.
  public var size: Estimate
  /// The probability of as much by chance; 1 where it is a count and no test.
  public var probability: Double
  /// How many people answered what it is about.
  public var peopleAffected: Int

  init(
    _ kind: Kind, item: AssessmentItem.ID? = nil, size: Estimate, probability: Double,
    peopleAffected: Int
  ) {
    self.kind = kind
    self.item = item
    self.size = size
    self.probability = probability
    self.peopleAffected = peopleAffected
  }
}

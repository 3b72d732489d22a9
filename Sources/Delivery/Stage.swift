public import ItemBank

/// A stage: the items that stand on one page, answered together and closed together.
public struct Stage: Hashable, Sendable {
  /// Items that share a scenario, or one item that stands alone.
  public struct Group: Hashable, Sendable {
    /// The scenario; nil for an item with its own story.
    public var stimulus: AssessmentStimulus.ID?
    /// The items, in the order they are shown.
    public var items: [AssessmentItem.ID]

    /// Creates a group.
    public init(stimulus: AssessmentStimulus.ID?, items: [AssessmentItem.ID]) {
      self.stimulus = stimulus
      self.items = items
    }
  }

  /// Its place in the test, from 1.
  public var number: Int
  /// What it shows, in order.
  public var groups: [Group]

  /// Creates a stage.
  public init(number: Int, groups: [Group]) {
    self.number = number
    self.groups = groups
  }

  /// Its items, in the order they are shown.
  public var items: [AssessmentItem.ID] { groups.flatMap(\.items) }
}

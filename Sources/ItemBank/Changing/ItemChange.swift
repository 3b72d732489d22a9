/// What is to change about one item of a bank.
public struct ItemChange: Hashable, Sendable {
  /// The item.
  public var item: AssessmentItem.ID
  /// Where it stands from now on; nil leaves it where it is.
  public var state: ItemState?
  /// What each choice is worth from now on, in points; empty leaves the key as it is.
  public var scores: [SimpleChoice.ID: Int]
  /// The parameters to score with from now on; nil keeps those it has.
  public var parameters: PartialCreditParameters?

  /// Creates a change.
  public init(
    item: AssessmentItem.ID, state: ItemState? = nil, scores: [SimpleChoice.ID: Int] = [:],
    parameters: PartialCreditParameters? = nil
  ) {
    self.item = item
    self.state = state
    self.scores = scores
    self.parameters = parameters
  }

  /// Whether it changes nothing.
  public var isEmpty: Bool { state == nil && scores.isEmpty && parameters == nil }
}

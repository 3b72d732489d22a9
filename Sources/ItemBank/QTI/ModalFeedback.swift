/// A message about an outcome, shown after the test and never before.
public struct ModalFeedback: Hashable, Sendable {
  /// The outcome variable that decides whether it is shown, such as `FEEDBACK`.
  public var outcomeIdentifier: String
  /// The value of the variable it belongs to.
  ///
  /// In this bank the value is a choice's identifier.
  public var identifier: String
  /// Whether the value shows it, as usual, or hides it.
  public var showsWhenMatched: Bool
  /// The message.
  public var content: SafeMarkup
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates a message.
  public init(
    outcomeIdentifier: String, identifier: String, showsWhenMatched: Bool = true,
    content: SafeMarkup, line: Int = 0
  ) {
    self.outcomeIdentifier = outcomeIdentifier
    self.identifier = identifier
    self.showsWhenMatched = showsWhenMatched
    self.content = content
    self.line = line
  }
}

/// Notes for authors and scorers, such as why each choice has its worth.
///
/// Never shown to candidates.
public struct RubricBlock: Hashable, Sendable {
  /// What it is for, such as `scoring`; nil when the item does not say.
  public var use: String?
  /// Whom the item means it for, such as `author` and `scorer`.
  public var views: [String]
  /// The notes, without markup; blocks are separated by line breaks.
  public var text: String

  /// Creates a block.
  public init(use: String?, views: [String], text: String) {
    self.use = use
    self.views = views
    self.text = text
  }
}

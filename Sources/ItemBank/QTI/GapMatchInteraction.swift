/// A question that asks to put words into the gaps of a text.
public struct GapMatchInteraction: Hashable, Sendable {
  /// The response variable it sets.
  public var responseIdentifier: String
  /// Whether the words may be shown in another order.
  public var shuffle: Bool
  /// The most gaps a candidate may fill; 0 when there is no limit.
  public var maxAssociations: Int
  /// What is asked.
  public var prompt: SafeMarkup?
  /// The words, in the order of the file.
  public var words: [AssociableChoice]
  /// The text with its gaps.
  public var content: Flow
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates an interaction.
  public init(
    responseIdentifier: String, shuffle: Bool = false, maxAssociations: Int = 0,
    prompt: SafeMarkup? = nil, words: [AssociableChoice], content: Flow, line: Int = 0
  ) {
    self.responseIdentifier = responseIdentifier
    self.shuffle = shuffle
    self.maxAssociations = maxAssociations
    self.prompt = prompt
    self.words = words
    self.content = content
    self.line = line
  }
}

/// A question that asks to take passages of a text.
public struct HottextInteraction: Hashable, Sendable {
  /// The response variable it sets.
  public var responseIdentifier: String
  /// The most passages a candidate may take; 0 when there is no limit.
  public var maxChoices: Int
  /// What is asked.
  public var prompt: SafeMarkup?
  /// The text with its passages.
  public var content: Flow
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates an interaction.
  public init(
    responseIdentifier: String, maxChoices: Int = 1, prompt: SafeMarkup? = nil, content: Flow,
    line: Int = 0
  ) {
    self.responseIdentifier = responseIdentifier
    self.maxChoices = maxChoices
    self.prompt = prompt
    self.content = content
    self.line = line
  }
}

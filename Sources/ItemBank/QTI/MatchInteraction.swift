/// A question that asks to match the choices of one set with those of another.
public struct MatchInteraction: Hashable, Sendable {
  /// The response variable it sets.
  public var responseIdentifier: String
  /// Whether the choices of each set may be shown in another order.
  public var shuffle: Bool
  /// The most pairs a candidate may make; 0 when there is no limit.
  public var maxAssociations: Int
  /// What is asked.
  public var prompt: SafeMarkup?
  /// The first set, from which every pair begins.
  public var sources: [AssociableChoice]
  /// The second set, at which every pair ends.
  public var targets: [AssociableChoice]
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates an interaction.
  public init(
    responseIdentifier: String, shuffle: Bool = false, maxAssociations: Int = 0,
    prompt: SafeMarkup? = nil, sources: [AssociableChoice], targets: [AssociableChoice],
    line: Int = 0
  ) {
    self.responseIdentifier = responseIdentifier
    self.shuffle = shuffle
    self.maxAssociations = maxAssociations
    self.prompt = prompt
    self.sources = sources
    self.targets = targets
    self.line = line
  }
}

/// A question that asks to pair choices with each other; pairs have no direction.
public struct AssociateInteraction: Hashable, Sendable {
  /// The response variable it sets.
  public var responseIdentifier: String
  /// Whether the choices may be shown in another order.
  public var shuffle: Bool
  /// The most pairs a candidate may make; 0 when there is no limit.
  public var maxAssociations: Int
  /// What is asked.
  public var prompt: SafeMarkup?
  /// The choices, in the order of the file.
  public var choices: [AssociableChoice]
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates an interaction.
  public init(
    responseIdentifier: String, shuffle: Bool = false, maxAssociations: Int = 0,
    prompt: SafeMarkup? = nil, choices: [AssociableChoice], line: Int = 0
  ) {
    self.responseIdentifier = responseIdentifier
    self.shuffle = shuffle
    self.maxAssociations = maxAssociations
    self.prompt = prompt
    self.choices = choices
    self.line = line
  }
}

/// A choice that stands in pairs.
public struct AssociableChoice: Hashable, Sendable {
  /// The choice itself.
  public var choice: SimpleChoice
  /// The most pairs it may stand in; 0 when there is no limit.
  public var matchMax: Int

  /// Creates a choice.
  public init(choice: SimpleChoice, matchMax: Int = 1) {
    self.choice = choice
    self.matchMax = matchMax
  }

  /// The choice's identifier.
  public var id: SimpleChoice.ID { choice.id }
}

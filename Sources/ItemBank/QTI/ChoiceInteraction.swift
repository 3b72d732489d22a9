/// A question with choices, of which the candidate takes one or several.
public struct ChoiceInteraction: Hashable, Sendable {
  /// The response variable it sets.
  public var responseIdentifier: String
  /// Whether the choices may be shown in another order.
  public var shuffle: Bool
  /// The most choices a candidate may take; 0 when there is no limit.
  public var maxChoices: Int
  /// The fewest choices a candidate should take.
  ///
  /// Fewer are scored all the same.
  public var minChoices: Int
  /// What is asked.
  public var prompt: SafeMarkup?
  /// The choices, in the order of the file.
  public var choices: [SimpleChoice]
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates an interaction.
  public init(
    responseIdentifier: String, shuffle: Bool = false, maxChoices: Int = 1, minChoices: Int = 0,
    prompt: SafeMarkup? = nil, choices: [SimpleChoice], line: Int = 0
  ) {
    self.responseIdentifier = responseIdentifier
    self.shuffle = shuffle
    self.maxChoices = maxChoices
    self.minChoices = minChoices
    self.prompt = prompt
    self.choices = choices
    self.line = line
  }

  /// The choice with an identifier.
  public func choice(_ id: SimpleChoice.ID) -> SimpleChoice? {
    choices.first { $0.id == id }
  }
}

/// One choice of a choice interaction.
public struct SimpleChoice: Hashable, Sendable {
  /// Identifies a choice within its interaction.
  ///
  /// It never leaves the server.
  public struct ID: RawRepresentable, Hashable, Sendable, Codable {
    /// The identifier as the item writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The choice's identifier.
  public var id: ID
  /// What the candidate reads.
  public var content: SafeMarkup
  /// Whether it keeps its place when the others are shuffled.
  public var isFixed: Bool
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates a choice.
  public init(id: ID, content: SafeMarkup, isFixed: Bool = false, line: Int = 0) {
    self.id = id
    self.content = content
    self.isFixed = isFixed
    self.line = line
  }
}

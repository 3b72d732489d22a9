/// A question that asks to put choices in order.
public struct OrderInteraction: Hashable, Sendable {
  /// The response variable it sets.
  public var responseIdentifier: String
  /// Whether the choices may be shown in another order.
  public var shuffle: Bool
  /// The most choices a candidate may place; 0 when there is no limit.
  public var maxChoices: Int
  /// The fewest choices a candidate should place.
  ///
  /// Fewer are scored all the same.
  public var minChoices: Int
  /// What is asked.
  public var prompt: SafeMarkup?
  /// The choices, in the order of the file, which may be the right one.
  public var choices: [SimpleChoice]
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates an interaction.
  public init(
    responseIdentifier: String, shuffle: Bool = false, maxChoices: Int = 0, minChoices: Int = 0,
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
}

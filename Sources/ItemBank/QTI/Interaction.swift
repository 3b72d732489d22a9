/// A question of any kind an item can ask.
public enum Interaction: Hashable, Sendable {
  /// Take one choice, or several.
  case choice(ChoiceInteraction)
  /// Put choices in order.
  case order(OrderInteraction)
  /// Match the choices of one set with those of another.
  case match(MatchInteraction)
  /// Pair choices of one set with each other.
  case associate(AssociateInteraction)
  /// Put words into the gaps of a text.
  case gapMatch(GapMatchInteraction)
  /// Take passages of a text.
  case hottext(HottextInteraction)
  /// Take one choice within a sentence.
  case inlineChoice(InlineChoiceInteraction)
  /// Write a word or a number within a sentence.
  case textEntry(TextEntryInteraction)

  /// The response variable it sets.
  public var responseIdentifier: String {
    switch self {
    case .choice(let interaction): interaction.responseIdentifier
    case .order(let interaction): interaction.responseIdentifier
    case .match(let interaction): interaction.responseIdentifier
    case .associate(let interaction): interaction.responseIdentifier
    case .gapMatch(let interaction): interaction.responseIdentifier
    case .hottext(let interaction): interaction.responseIdentifier
    case .inlineChoice(let interaction): interaction.responseIdentifier
    case .textEntry(let interaction): interaction.responseIdentifier
    }
  }

  /// The line of the item file it begins on.
  public var line: Int {
    switch self {
    case .choice(let interaction): interaction.line
    case .order(let interaction): interaction.line
    case .match(let interaction): interaction.line
    case .associate(let interaction): interaction.line
    case .gapMatch(let interaction): interaction.line
    case .hottext(let interaction): interaction.line
    case .inlineChoice(let interaction): interaction.line
    case .textEntry(let interaction): interaction.line
    }
  }

  /// What is asked; nil when it stands in the text around the question.
  public var prompt: SafeMarkup? {
    switch self {
    case .choice(let interaction): interaction.prompt
    case .order(let interaction): interaction.prompt
    case .match(let interaction): interaction.prompt
    case .associate(let interaction): interaction.prompt
    case .gapMatch(let interaction): interaction.prompt
    case .hottext(let interaction): interaction.prompt
    case .inlineChoice, .textEntry: nil
    }
  }

  /// What can be taken, in the order of the file: choices, of both sets, words, or passages.
  public var choices: [SimpleChoice] {
    switch self {
    case .choice(let interaction): interaction.choices
    case .order(let interaction): interaction.choices
    case .match(let interaction): (interaction.sources + interaction.targets).map(\.choice)
    case .associate(let interaction): interaction.choices.map(\.choice)
    case .gapMatch(let interaction): interaction.words.map(\.choice)
    case .hottext(let interaction): interaction.content.passages
    case .inlineChoice(let interaction): interaction.choices
    case .textEntry: []
    }
  }
}

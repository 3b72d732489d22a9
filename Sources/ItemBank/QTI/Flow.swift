/// A text in which something can be answered.
public struct Flow: Hashable, Sendable {
  /// A piece of the text, in order.
  public enum Part: Hashable, Sendable {
    /// Markup that may open elements a later part closes: only all parts in order are well formed.
    case markup(SafeMarkup)
    /// A gap for a word, by its identifier.
    case gap(SimpleChoice.ID)
    /// A passage that can be taken.
    case passage(SimpleChoice)
    /// A choice within the sentence.
    case inlineChoice(InlineChoiceInteraction)
    /// A word or number to write.
    case textEntry(TextEntryInteraction)
  }

  /// The pieces, in order.
  public var parts: [Part]

  /// Creates a text.
  public init(parts: [Part]) { self.parts = parts }

  /// The identifiers of its gaps, in order.
  public var gaps: [SimpleChoice.ID] {
    parts.compactMap { part in
      if case .gap(let identifier) = part { identifier } else { nil }
    }
  }

  /// The passages that can be taken, in order.
  public var passages: [SimpleChoice] {
    parts.compactMap { part in
      if case .passage(let passage) = part { passage } else { nil }
    }
  }

  /// The questions that stand in it, in order.
  public var interactions: [Interaction] {
    parts.compactMap { part in
      switch part {
      case .inlineChoice(let interaction): .inlineChoice(interaction)
      case .textEntry(let interaction): .textEntry(interaction)
      case .markup, .gap, .passage: nil
      }
    }
  }

  /// The text without markup; what is asked for is left out.
  public var text: String {
    parts.map { part in
      switch part {
      case .markup(let markup): markup.text
      case .passage(let passage): passage.content.text
      case .gap, .inlineChoice, .textEntry: "＿"
      }
    }.joined()
  }
}

/// A question within a sentence that has choices, of which the candidate takes one.
public struct InlineChoiceInteraction: Hashable, Sendable {
  /// The response variable it sets.
  public var responseIdentifier: String
  /// Whether the choices may be shown in another order.
  public var shuffle: Bool
  /// The choices, in the order of the file.
  public var choices: [SimpleChoice]
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates an interaction.
  public init(
    responseIdentifier: String, shuffle: Bool = false, choices: [SimpleChoice], line: Int = 0
  ) {
    self.responseIdentifier = responseIdentifier
    self.shuffle = shuffle
    self.choices = choices
    self.line = line
  }
}

/// A question within a sentence that is answered by writing.
public struct TextEntryInteraction: Hashable, Sendable {
  /// The response variable it sets.
  public var responseIdentifier: String
  /// How many characters the author expects; nil when the item does not say.
  public var expectedLength: Int?
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates an interaction.
  public init(responseIdentifier: String, expectedLength: Int? = nil, line: Int = 0) {
    self.responseIdentifier = responseIdentifier
    self.expectedLength = expectedLength
    self.line = line
  }
}

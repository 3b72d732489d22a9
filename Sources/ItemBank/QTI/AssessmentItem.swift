/// An item (题目) as QTI describes it: what the candidate reads, what may be answered, and what each
/// answer is worth.
public struct AssessmentItem: Hashable, Sendable {
  /// Identifies an item within its bank.
  public struct ID: RawRepresentable, Hashable, Sendable, Codable {
    /// The identifier as the item writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// A part of what the candidate reads, in order.
  public enum BodyPart: Hashable, Sendable {
    /// Text and tables.
    case markup(SafeMarkup)
    /// A question with choices.
    case choiceInteraction(ChoiceInteraction)
    /// A question of another kind that stands by itself.
    case interaction(Interaction)
    /// A text with questions in its sentences.
    case flow(Flow)
  }

  /// Where an item finds a scenario it shares with others.
  public struct StimulusReference: Hashable, Sendable {
    /// The identifier the item gives the reference; not always the stimulus's own.
    public var identifier: String
    /// The stimulus file, relative to the item's file.
    public var href: String
    /// The line of the item file it stands on.
    public var line: Int

    /// Creates a reference.
    public init(identifier: String, href: String, line: Int = 0) {
      self.identifier = identifier
      self.href = href
      self.line = line
    }
  }

  /// The version of QTI an item was written in.
  public enum Version: String, Hashable, Sendable, CaseIterable {
    /// QTI 2.1.
    case v2p1 = "2.1"
    /// QTI 2.2.
    case v2p2 = "2.2"
    /// QTI 3.0.
    case v3p0 = "3.0"
  }

  /// The item's identifier.
  public var id: ID
  /// Its title, for authors; it may give the answer away.
  public var title: String
  /// The language of its text, as BCP 47 writes it; nil when the item does not say.
  public var language: String?
  /// The version of QTI it was written in.
  public var version: Version
  /// The scenarios it shares with other items.
  public var stimulusReferences: [StimulusReference]
  /// What the candidate reads, in order.
  public var body: [BodyPart]
  /// The response variables, in the order of the file.
  public var responseDeclarations: [ResponseDeclaration]
  /// The outcome variables, in the order of the file.
  public var outcomeDeclarations: [OutcomeDeclaration]
  /// How responses become outcomes.
  public var responseProcessing: ResponseProcessing
  /// Messages for after the test.
  public var modalFeedback: [ModalFeedback]
  /// Notes for authors.
  ///
  /// Never shown to candidates.
  public var rubricBlocks: [RubricBlock]
  /// SHA-256, in hexadecimal, of the bytes of the item file and of the stimuli it refers to.
  public var contentHash: String
  /// The file it was read from, as the reader was given it.
  public var file: String
}

extension AssessmentItem {
  /// The questions of every kind, in the order of the body.
  public var interactions: [Interaction] {
    body.flatMap { part -> [Interaction] in
      switch part {
      case .markup: []
      case .choiceInteraction(let interaction): [.choice(interaction)]
      case .interaction(let interaction): [interaction]
      case .flow(let flow): flow.interactions
      }
    }
  }

  /// The questions with choices, in the order of the body.
  public var choiceInteractions: [ChoiceInteraction] {
    body.compactMap { part in
      if case .choiceInteraction(let interaction) = part { interaction } else { nil }
    }
  }

  /// Whether it asks one question, answered with one of its choices.
  public var asksForOneChoice: Bool {
    guard interactions.count == 1, let interaction = choiceInteractions.first else { return false }
    return responseDeclaration(interaction.responseIdentifier)?.cardinality == .single
  }

  /// The response variable with an identifier.
  public func responseDeclaration(_ identifier: String) -> ResponseDeclaration? {
    responseDeclarations.first { $0.identifier == identifier }
  }

  /// The outcome variable with an identifier.
  public func outcomeDeclaration(_ identifier: String) -> OutcomeDeclaration? {
    outcomeDeclarations.first { $0.identifier == identifier }
  }

  /// The most the item can give, as its `MAXSCORE` says; nil when it does not say.
  public var declaredMaximumScore: Double? {
    outcomeDeclaration("MAXSCORE")?.initialValue.number
  }

  /// The message for a choice, when the item has one.
  public func feedback(for choice: SimpleChoice.ID) -> SafeMarkup? {
    modalFeedback.first { $0.identifier == choice.rawValue && $0.showsWhenMatched }?.content
  }
}

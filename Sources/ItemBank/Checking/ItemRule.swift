import Diagnostics

/// A rule about one item.
protocol ItemRule: Sendable {
  /// What breaks the rule in an item; empty when nothing does.
  func check(_ item: AssessmentItem) -> [Diagnostic]
}

/// A rule about an item as its package describes it.
protocol BankItemRule: Sendable {
  /// What breaks the rule in an item of a bank; empty when nothing does.
  func check(_ item: BankItem, in bank: Bank) -> [Diagnostic]
}

/// A rule about a bank as a whole.
protocol BankRule: Sendable {
  /// What breaks the rule in a bank; empty when nothing does.
  func check(_ bank: Bank) -> [Diagnostic]
}

/// A rule about the markup of an item or a scenario, before it becomes safe.
protocol DocumentRule: Sendable {
  /// Checks a document in the names of QTI 3.0.
  ///
  /// - Parameters:
  ///   - body: what a candidate reads, as an element.
  ///   - file: the name to use in diagnostics.
  /// - Returns: what breaks the rule; empty when nothing does.
  func check(_ body: XMLElement, file: String) -> [Diagnostic]
}

/// The rules, in the order they are reported in.
enum ItemRules {
  /// Rules an item must keep to be usable at all.
  ///
  /// Reading applies them.
  static let structure: [any ItemRule] = [
    InteractionHasChoices(), ChoicesDiffer(), InteractionIsDeclared(),
    InteractionFitsDeclaration(), ScoredVariableIsDeclared(), CorrectResponseIsGiven(),
    CorrectResponseIsAChoice(), PairsPointAtTargets(), KeyIsWithinLimits(), MappingIsGiven(),
    MappedKeyIsAChoice(), OutcomesAreDeclared(),
  ]

  /// Rules about markup, most of which is gone afterwards.
  ///
  /// Reading applies them.
  static let document: [any DocumentRule] = [PicturesHaveWords(), NothingIsFetched()]

  /// Rules about what an item means, how it reaches a candidate, and how it is written.
  static let style: [any ItemRule] = [
    MaximumScoreIsDeclared(), MaximumScoreIsAttainable(), MappedScoresAreWithinBounds(),
    AnswersAreWorthDifferently(), ResponsesAreAsked(), OutcomesAreSet(), FeedbackIsReachable(),
    LookupEntriesAreReachable(), LanguageIsGiven(), TextKeepsTheKey(), OrderIsNotShown(),
    BestChoiceIsNotLongest(),
    ChoiceLengthsAreAlike(), ChoicesAreShort(), StoryIsShort(), ChoicesStandAlone(),
    BestChoiceIsNotPraised(), NoBrandIsNamed(), ChinesePunctuationIsFullWidth(),
    EveryChoiceHasFeedback(), FeedbackDoesNotJudge(),
  ]

  /// Rules about what a package says of its items.
  static let bank: [any BankItemRule] = [
    ItemIsAligned(), PointIsKnown(), ParametersAreGiven(), CategoriesFitMaximumScore(),
    ScoresAreCategories(), EnvironmentIsGiven(), WeakChoicesAreTagged(),
  ]

  /// Rules of good writing about a bank as a whole.
  static let bankStyle: [any BankRule] = [ScenarioIsShort(), BestChoicesAreSpread()]

  /// Rules a bank must keep to be usable at all.
  ///
  /// Reading applies them.
  static let wholeBank: [any BankRule] = [AudiencesAreApart()]
}

extension Diagnostic {
  /// An error at a line of an item.
  static func error(
    _ code: String, _ item: AssessmentItem, line: Int, _ message: Text, remedy: Text
  ) -> Diagnostic {
    Diagnostic(code, .error, file: item.file, line: line, message: message, remedy: remedy)
  }

  /// A warning at a line of an item.
  static func warning(
    _ code: String, _ item: AssessmentItem, line: Int, _ message: Text, remedy: Text
  ) -> Diagnostic {
    Diagnostic(code, .warning, file: item.file, line: line, message: message, remedy: remedy)
  }
}

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

  /// Rules of good writing.
  static let style: [any ItemRule] = [
    BestChoiceIsNotLongest(), ChoiceLengthsAreAlike(), ChinesePunctuationIsFullWidth(),
    EveryChoiceHasFeedback(), MaximumScoreIsAttainable(),
  ]

  /// Rules about what a package says of its items.
  static let bank: [any BankItemRule] = [
    ItemIsAligned(), PointIsKnown(), ParametersAreGiven(), CategoriesFitMaximumScore(),
    ScoresAreCategories(),
  ]
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

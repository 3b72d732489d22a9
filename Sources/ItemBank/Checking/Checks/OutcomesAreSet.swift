import Diagnostics

/// An outcome variable gets a value from somewhere.
struct OutcomesAreSet: ItemRule {
  /// What templates, delivery and the standard itself set.
  private static let builtIn: Set<String> = [
    "SCORE", "MAXSCORE", "MINSCORE", "FEEDBACK", "FEEDBACKBASIC", "completionStatus",
    "numAttempts", "duration",
  ]

  func check(_ item: AssessmentItem) -> [Diagnostic] {
    let set = item.outcomesSet
    return item.outcomeDeclarations.filter { declaration in
      !Self.builtIn.contains(declaration.identifier) && !set.contains(declaration.identifier)
        && declaration.defaultValue.isEmpty
    }.map { declaration in
      .warning(
        "unset-outcome", item, line: declaration.line,
        Text(
          "结果变量 \(declaration.identifier) 没有默认值，也没有规则给它赋值。",
          "The outcome \(declaration.identifier) has no default, and no rule sets it."),
        remedy: Text("请补上规则或默认值，或删去它。", "Add a rule or a default, or delete it."))
    }
  }
}

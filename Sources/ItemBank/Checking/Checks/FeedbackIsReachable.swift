import Diagnostics

/// A message after the test belongs to a choice, or to a value that the item's rules can give.
struct FeedbackIsReachable: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    // Rules can put any value into a variable they set; only one that nothing sets is told.
    let set = item.outcomesSet
    let choices = Set(item.interactions.flatMap(\.choices).map(\.id.rawValue))
    return item.modalFeedback.filter { feedback in
      feedback.showsWhenMatched && !choices.contains(feedback.identifier)
        && !set.contains(feedback.outcomeIdentifier)
    }.map { feedback in
      .warning(
        "unreachable-feedback", item, line: feedback.line,
        Text(
          "反馈 \(feedback.identifier.prefix(80)) 不属于任何选项，也没有计分规则给出它。",
          "The feedback \(feedback.identifier.prefix(80)) is of no choice, and no rule gives it."),
        remedy: Text(
          "请改正 identifier，或删去这条反馈。", "Correct its identifier, or delete the feedback."))
    }
  }
}

extension AssessmentItem {
  /// The outcome variables that its rules set.
  var outcomesSet: Set<String> {
    guard case .rules(let rules) = responseProcessing else { return [] }
    return Set(rules.outcomesSet.map { outcomeDeclarations[$0].identifier })
  }
}

import Diagnostics

/// Not every answer gives the same score.
struct AnswersAreWorthDifferently: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    guard let scores = item.attainableScores, scores.count == 1, let only = scores.first else {
      return []
    }
    return [
      .warning(
        "scores-alike", item, line: item.interactions.first?.line ?? 0,
        Text("不论怎样作答都得 \(only) 分。", "Every answer gives \(only)."),
        remedy: Text(
          "请检查正确答案、分值表和计分规则。", "Look at the right answer, the mapping and the rules."))
    ]
  }
}

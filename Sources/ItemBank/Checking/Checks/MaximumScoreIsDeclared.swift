import Diagnostics

/// An item says what its best answer is worth: otherwise nobody can tell a share of it.
struct MaximumScoreIsDeclared: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    guard item.outcomeDeclaration("SCORE") != nil, item.declaredMaximumScore == nil else {
      return []
    }
    return [
      .warning(
        "missing-maximum-score", item, line: item.outcomeDeclaration("SCORE")?.line ?? 0,
        Text("没有声明 MAXSCORE，满分不明。", "MAXSCORE is not declared; the full score is unknown."),
        remedy: Text("请声明 MAXSCORE 并给出默认值。", "Declare MAXSCORE with a default value."))
    ]
  }
}

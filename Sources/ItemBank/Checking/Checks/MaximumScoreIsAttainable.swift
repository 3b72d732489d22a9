import Diagnostics

/// `MAXSCORE` is what the best answer gives.
struct MaximumScoreIsAttainable: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    guard let attainable = item.attainableScores?.max(),
      let declaration = item.outcomeDeclaration("MAXSCORE"),
      let declared = declaration.initialValue.number, abs(declared - attainable) > 1e-9
    else { return [] }
    return [
      .warning(
        "maximum-score", item, line: declaration.line,
        Text(
          "MAXSCORE 是 \(declared)，但最佳作答得 \(attainable) 分。",
          "MAXSCORE is \(declared), but the best answer gives \(attainable)."),
        remedy: Text("请使两者一致。", "Make the two agree."))
    ]
  }
}

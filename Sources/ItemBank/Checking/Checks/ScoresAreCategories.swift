import Diagnostics

/// Every score an answer can give is a whole number from 0 to `MAXSCORE`: it is the category.
struct ScoresAreCategories: BankItemRule {
  func check(_ item: BankItem, in bank: Bank) -> [Diagnostic] {
    // Items outside the measurement model may have any score.
    guard !item.calibrations.isEmpty else { return [] }
    let maximum = item.item.declaredMaximumScore ?? -1
    // Where not every answer can be tried, a fault of one that was is a fault all the same.
    let wrong = item.item.foundScores.scores.filter { $0 < 0 || $0 > maximum || $0 != $0.rounded() }
      .sorted()
    guard !wrong.isEmpty else { return [] }
    let list = wrong.prefix(10).map { String($0) }.joined(separator: ", ")
    return [
      .error(
        "score-category", item.item, line: item.item.responseDeclarations.first?.line ?? 0,
        Text(
          "得分应为 0 到 MAXSCORE 的整数，却可能是 \(list)。",
          "Scores should be whole numbers from 0 to MAXSCORE, but can be \(list)."),
        remedy: Text("请改正 qti-mapping 或 MAXSCORE。", "Correct the qti-mapping or MAXSCORE."))
    ]
  }
}

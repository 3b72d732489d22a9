import Diagnostics

/// Parameters have one step for each score above 0.
struct CategoriesFitMaximumScore: BankItemRule {
  func check(_ item: BankItem, in bank: Bank) -> [Diagnostic] {
    item.calibrations.filter { $0.stepLocations.count != item.maximumCategory }.map {
      let maximum = item.item.declaredMaximumScore.map { String($0) } ?? "–"
      return .error(
        "category-count", item.item, line: item.item.outcomeDeclaration("MAXSCORE")?.line ?? 0,
        Text(
          "参数有 \($0.stepLocations.count) 个步骤，而 MAXSCORE 是 \(maximum)。",
          "There are \($0.stepLocations.count) step parameters, but MAXSCORE is \(maximum)."),
        remedy: Text(
          "请使 IRT.GPCM.step 的个数等于 MAXSCORE。", "Give as many IRT.GPCM.step as MAXSCORE says."))
    }
  }
}

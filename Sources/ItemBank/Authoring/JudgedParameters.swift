import Competency

extension PartialCreditParameters {
  /// The parameters that the authors' word for an item's difficulty stands for, until teachers have
  /// answered it.
  ///
  /// - Parameter item: an item; without a known word it counts as of medium difficulty, and without
  ///   points its parameters have no shares.
  /// - Returns: provisional parameters.
  public static func judged(_ item: BankItem) -> PartialCreditParameters {
    let difficulty = JudgedDifficulty.allCases.first { $0.word == item.judgedDifficulty }
    return judged(
      difficulty ?? .medium, maximum: item.maximumCategory ?? 1,
      points: Array(item.points.prefix(1)))
  }

  /// Steps 0.6 logits apart around where the judged difficulty lies.
  static func judged(
    _ difficulty: JudgedDifficulty, maximum: Int, points: [CompetencyPoint.ID]
  ) -> PartialCreditParameters {
    let middle = Double(maximum + 1) / 2
    let steps = (1...max(maximum, 1)).map { step in
      // Rounded, so that a file shows 0.3 and not what is left of a subtraction.
      ((difficulty.location + 0.6 * (Double(step) - middle)) * 10).rounded() / 10
    }
    return PartialCreditParameters(
      slope: 0.8, stepLocations: steps,
      loadingShares: points.reduce(into: [:]) { $0[$1] = 1 / Double(points.count) },
      calibration: "https://bianque.example/calibration/judged", isProvisional: true)
  }
}

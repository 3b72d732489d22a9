extension Calibration.Item {
  /// The item as a response model, for scoring.
  ///
  /// - Parameter model: the family it was calibrated in.
  /// - Returns: the model.
  /// - Throws: ``ItemParameterError`` when the numbers are none of an item.
  public func responseModel(_ model: CalibrationModel) throws(ItemParameterError) -> ResponseModel {
    guard !intercepts.isEmpty else { throw .noCategories }
    switch model {
    case .onePL, .twoPL, .threePL:
      return .logistic(
        try LogisticItem(slope: slope, intercept: intercepts[0], lowerAsymptote: lowerAsymptote))
    case .graded: return .graded(try GradedItem(slope: slope, intercepts: intercepts))
    case .nominal:
      return .nominal(
        try NominalItem(slopes: [0] + slopes, intercepts: [0] + intercepts))
    case .partialCredit:
      guard slope.isFinite, intercepts.allSatisfy(\.isFinite) else { throw .notFinite }
      // z_k = k·slope·θ + Σ d, so the price of k points is −Σ d.
      var cumulative = [0.0]
      for intercept in intercepts { cumulative.append((cumulative.last ?? 0) - intercept) }
      return .partialCredit(slope: slope, PartialCreditItem(cumulative: cumulative))
    }
  }
}

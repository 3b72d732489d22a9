import Psychometrics

/// One item of each family, with ordinary and with awkward parameters.
enum ItemSamples {
  static func all() throws -> [ResponseModel] {
    [
      .logistic(try LogisticItem(slope: 1.3, intercept: -0.4)),
      .logistic(try LogisticItem(slope: -0.7, intercept: 2)),
      .logistic(try LogisticItem(slope: 1.8, intercept: 0.5, lowerAsymptote: 0.2)),
      .logistic(
        try LogisticItem(slope: 2, intercept: -1, lowerAsymptote: 0.1, upperAsymptote: 0.93)),
      .graded(try GradedItem(slope: 1.4, intercepts: [2, 0.3, -1.8])),
      .graded(try GradedItem(slope: 0.9, intercepts: [0.2, 0.19999])),
      .partialCredit(
        slope: 1.1, PartialCreditItem(slope: 1.1, stepLocations: [-0.8, 0.9, 0.2])),
      .nominal(try NominalItem(slopes: [0, 0.4, 1.3, -0.6], intercepts: [0, 0.7, -0.2, 0.1])),
    ]
  }
}

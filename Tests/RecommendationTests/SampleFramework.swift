import Competency

extension Framework {
  /// A framework of one dimension, `d`.
  ///
  /// - Parameters:
  ///   - points: each with its environment.
  ///   - environments: each with those it includes.
  ///   - targetStandardError: the error of the target of .5.
  ///   - levelLocation: where courses of the only level teach best.
  /// - Returns: the framework.
  static func sample(
    points: [(id: String, environment: String)],
    environments: [(id: String, includes: [String])], targetStandardError: Double = 0.1,
    levelLocation: Double = 0
  ) -> Framework {
    func name(_ text: String) -> LocalizedName { LocalizedName(chinese: text, english: text) }
    return Framework(
      id: .init(rawValue: "f"), version: "1", title: name("f"),
      dimensions: [Dimension(id: .init(rawValue: "d"), name: name("d"))],
      environments: environments.map { id, includes in
        Environment(
          id: .init(rawValue: id), name: name(id), description: name(id),
          includes: includes.map { .init(rawValue: $0) })
      },
      points: points.map { id, environment in
        CompetencyPoint(
          id: .init(rawValue: id), name: name(id), dimension: .init(rawValue: "d"),
          environment: .init(rawValue: environment), nameStatus: .verified, caseIdentifier: id)
      },
      measurement: MeasurementConstants(
        version: "1", priorMean: 0, generalVariance: 0.5, dimensionVariance: 0.1,
        environmentVariance: 0.1, specificVariance: 0.3, testletVariance: 0.2, target: 0.5,
        targetStandardError: targetStandardError, provisionalVariance: 0.1, levels: [],
        courseLevelLocations: [levelLocation], courseLevelWidth: 0.9, prerequisiteWaivedAt: 0.99,
        hourPenalty: 0))
  }
}

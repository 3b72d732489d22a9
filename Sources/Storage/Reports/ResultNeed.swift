public import Competency
public import Delivery
public import Reporting

extension TeacherNeed {
  /// A result as reports count it.
  ///
  /// - Parameters:
  ///   - result: the result; its points are the framework's, in its order.
  ///   - person: the person, by a number without meaning that stays the same for good.
  ///   - revision: which of the person's results, 1 for the first.
  ///   - unit: the place in the hierarchy of the unit that enrols the person.
  ///   - framework: the framework.
  public init(
    _ result: TestResult, person: Int64, revision: Int, unit: Int, framework: Framework
  ) {
    let taught = Set(
      zip(framework.points, result.points).filter { $0.1.isInScope }.map(\.0.environment))
    self.init(
      person: person, revision: revision, unit: unit,
      environments: framework.environments.map { taught.contains($0.id) },
      probabilities: result.points.map(\.probabilityBelowTarget),
      wasAsked: result.points.map { $0.evidenceCount > 0 })
  }
}

extension Framework {
  /// The place of the environment of each point, as snapshots take them.
  public var pointEnvironments: [Int] {
    points.map { point in
      guard let place = environments.firstIndex(where: { $0.id == point.environment }) else {
        preconditionFailure("a framework's points name listed environments")
      }
      return place
    }
  }
}

public import Competency
import Foundation
import Reporting

/// What reports count of a stored result: a small part of ``ResultRecord``, so that a night's
/// hundred thousand of them are read in seconds.
struct NeedRecord: Decodable {
  struct Point: Decodable {
    var point: String
    var probabilityBelowTarget: Double
    var evidence: Int
    var inScope: Bool
  }

  var points: [Point]

  /// What reports count of the result.
  ///
  /// - Parameters:
  ///   - person: the person, by a number without meaning that stays the same for good.
  ///   - revision: which of the person's results: a later one has a higher number.
  ///   - unit: the place in the hierarchy of the unit that enrols the person.
  ///   - framework: the framework.
  /// - Returns: the need; nil if the result is about another framework's points.
  func need(person: Int64, revision: Int, unit: Int, framework: Framework) -> TeacherNeed? {
    guard
      points.elementsEqual(framework.points, by: { $0.point == $1.id.rawValue })
    else { return nil }
    let taught = Set(zip(framework.points, points).filter(\.1.inScope).map(\.0.environment))
    return TeacherNeed(
      person: person, revision: revision, unit: unit,
      environments: framework.environments.map { taught.contains($0.id) },
      probabilities: points.map(\.probabilityBelowTarget), wasAsked: points.map { $0.evidence > 0 })
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

import Competency
import Delivery
import Foundation
import Storage

/// A result for a program.
struct ResultBody: Encodable {
  struct Level: Encodable {
    var id: String
    var name: String
    var probability: Double
  }

  struct Composite: Encodable {
    var ability: Double
    var standardError: Double
    /// The range that holds the ability with a probability of 80 %.
    var interval: [Double]
    var probabilityBelowTarget: Double
    var levels: [Level]
    /// `needed`, `likely`, `uncertain`, `notNeeded`; absent where nothing was asked.
    var verdict: String?
    var evidence: Int
  }

  struct DimensionBody: Encodable {
    var id: String
    var name: String
    var composite: Composite

    func encode(to encoder: any Encoder) throws {
      try composite.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(id, forKey: .id)
      try container.encode(name, forKey: .name)
    }

    private enum Key: String, CodingKey { case id, name }
  }

  struct Point: Encodable {
    var id: String
    var name: String
    var dimension: String
    var environment: String
    var ability: Double
    var standardError: Double
    var interval: [Double]
    var probabilityBelowTarget: Double
    /// `needed`, `likely`, `uncertain`, `notNeeded`; absent where nothing was asked.
    var verdict: String?
    var evidence: Int
    var unsure: Int
    var inScope: Bool
  }

  var session: String
  var finishedAt: Date?
  var environment: String
  var points: [Point]
  var dimensions: [DimensionBody]
  var overall: Composite
  var priorities: [String]
  var unorderedPriorities: Int
  var provisional: Bool
  var levelsAreExample: Bool
  var versions: [String: String]

  init(_ result: TestResult, opened: OpenedSession, framework: Framework, language: Language) {
    let composite = { (composite: TestResult.Composite) in
      Composite(
        ability: composite.ability, standardError: composite.standardError,
        interval: [composite.interval.lowerBound, composite.interval.upperBound],
        probabilityBelowTarget: composite.probabilityBelowTarget,
        levels: zip(framework.measurement.levels, composite.levelProbabilities).map {
          Level(id: $0.id.rawValue, name: $0.name.text(in: language), probability: $1)
        },
        verdict: composite.verdict?.rawValue,
        evidence: composite.evidenceCount)
    }
    session = opened.key.id.rawValue
    finishedAt = opened.stored.finishedAt
    environment = opened.session.start.environment.rawValue
    points = zip(framework.points, result.points).map { point, measured in
      Point(
        id: point.id.rawValue, name: point.name.text(in: language),
        dimension: point.dimension.rawValue, environment: point.environment.rawValue,
        ability: measured.ability, standardError: measured.standardError,
        interval: [measured.interval.lowerBound, measured.interval.upperBound],
        probabilityBelowTarget: measured.probabilityBelowTarget,
        verdict: measured.verdict?.rawValue, evidence: measured.evidenceCount,
        unsure: measured.unsureCount, inScope: measured.isInScope)
    }
    dimensions = result.dimensions.map { dimension in
      DimensionBody(
        id: dimension.id.rawValue,
        name: framework.dimension(dimension.id)?.name.text(in: language) ?? "",
        composite: composite(dimension.composite))
    }
    overall = composite(result.overall)
    priorities = result.priorities.map(\.rawValue)
    unorderedPriorities = result.unorderedPriorityCount
    provisional = result.isProvisional
    levelsAreExample = framework.measurement.levels.contains {
      $0.cutScore?.isSetByPanel == false
    }
    versions = [
      "bank": result.versions.bank, "calibration": result.versions.calibration,
      "measurement": result.versions.measurement, "engine": result.versions.engine,
    ]
  }
}

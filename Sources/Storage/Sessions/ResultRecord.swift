import Competency
import Delivery
import Foundation
import ItemBank

/// A result as it is kept: JSON with sorted keys and numbers that read back exactly, so that the
/// same result is always the same bytes.
struct ResultRecord: Codable, Hashable {
  struct Point: Codable, Hashable {
    var point: String
    var ability: Double
    var standardError: Double
    var probabilityBelowTarget: Double
    var evidence: Int
    var unsure: Int
    var misconceptions: [String]
    var inScope: Bool
  }

  struct Composite: Codable, Hashable {
    var ability: Double
    var standardError: Double
    var probabilityBelowTarget: Double
    var levels: [Double]
    var evidence: Int
  }

  struct NamedComposite: Codable, Hashable {
    var dimension: String
    var composite: Composite
  }

  struct Evidence: Codable, Hashable {
    var item: String
    var category: Int
    var maximum: Int
    var unsure: Bool
  }

  var points: [Point]
  var dimensions: [NamedComposite]
  var overall: Composite
  var evidence: [Evidence]
  var provisional: Bool
  var versions: [String: String]
  var priorities: [String]
  var unorderedPriorities: Int

  init(_ result: TestResult) {
    points = result.points.map { point in
      Point(
        point: point.point.rawValue, ability: point.ability, standardError: point.standardError,
        probabilityBelowTarget: point.probabilityBelowTarget, evidence: point.evidenceCount,
        unsure: point.unsureCount, misconceptions: point.misconceptions, inScope: point.isInScope)
    }
    dimensions = result.dimensions.map { dimension in
      NamedComposite(
        dimension: dimension.id.rawValue, composite: Composite(dimension.composite))
    }
    overall = Composite(result.overall)
    evidence = result.evidence.map {
      Evidence(
        item: $0.item.rawValue, category: $0.category, maximum: $0.maximumCategory,
        unsure: $0.isUnsure)
    }
    provisional = result.isProvisional
    versions = [
      "bank": result.versions.bank, "calibration": result.versions.calibration,
      "measurement": result.versions.measurement, "engine": result.versions.engine,
    ]
    priorities = result.priorities.map(\.rawValue)
    unorderedPriorities = result.unorderedPriorityCount
  }

  init(json: String) throws {
    self = try JSONDecoder().decode(ResultRecord.self, from: Data(json.utf8))
  }

  /// The result as it was worked out.
  func result() -> TestResult {
    TestResult(
      points: points.map { point in
        TestResult.Point(
          point: CompetencyPoint.ID(rawValue: point.point), ability: point.ability,
          standardError: point.standardError,
          probabilityBelowTarget: point.probabilityBelowTarget, evidenceCount: point.evidence,
          unsureCount: point.unsure, misconceptions: point.misconceptions,
          isInScope: point.inScope)
      },
      dimensions: dimensions.map {
        TestResult.DimensionResult(
          id: Dimension.ID(rawValue: $0.dimension), composite: $0.composite.value())
      },
      overall: overall.value(),
      evidence: evidence.map {
        TestResult.ItemEvidence(
          item: AssessmentItem.ID(rawValue: $0.item), category: $0.category,
          maximumCategory: $0.maximum, isUnsure: $0.unsure)
      },
      isProvisional: provisional,
      versions: TestResult.Versions(
        bank: versions["bank"] ?? "", calibration: versions["calibration"] ?? "",
        measurement: versions["measurement"] ?? "", engine: versions["engine"] ?? ""),
      priorities: priorities.map(CompetencyPoint.ID.init(rawValue:)),
      unorderedPriorityCount: unorderedPriorities)
  }

  /// The record as JSON.
  ///
  /// - Throws: the encoder's error for a number that is not finite, which would be a defect.
  func json() throws -> String {
    try storedJSON()
  }
}

extension ResultRecord.Composite {
  init(_ composite: TestResult.Composite) {
    self.init(
      ability: composite.ability, standardError: composite.standardError,
      probabilityBelowTarget: composite.probabilityBelowTarget,
      levels: composite.levelProbabilities, evidence: composite.evidenceCount)
  }

  /// The composite as it was worked out.
  func value() -> TestResult.Composite {
    TestResult.Composite(
      ability: ability, standardError: standardError,
      probabilityBelowTarget: probabilityBelowTarget, levelProbabilities: levels,
      evidenceCount: evidence)
  }
}

import Foundation
import Psychometrics

/// The cases of `Oracles/diagnosis.json`.
struct DiagnosisOracle: Decodable {
  struct Point: Decodable {
    var id: String
    var dimension: String
    var environment: String
  }
  struct Prior: Decodable {
    var mean: [Double]
    var general: Double
    var dimension: Double
    var environment: Double
    var specific: Double
  }
  struct Item: Decodable {
    var loadings: [String: Double]
    var cumulative: [Double]
    var testlet: String?
  }
  struct Request: Decodable {
    var points: [Point]
    var prior: Prior
    var items: [Item]
    var testletVariance: Double
    var scores: [Int]
    var cuts: [Double]
  }
  struct Expected: Decodable {
    var mode: [Double]
    var eap: [Double]
    var sd: [Double]
    var logEvidence: Double
    var mastery: [Double]
    var newtonIterations: Int
    var covarianceRow0: [Double]
  }
  struct Case: Decodable {
    var name: String
    var request: Request
    var expected: Expected
  }
  struct ItemMoments: Decodable {
    var eta: Double
    var cumulative: [Double]
    var logZ: Double
    var mean: Double
    var `var`: Double
    var k3: Double

    enum CodingKeys: String, CodingKey {
      case eta, logZ, mean, `var`, k3
      case cumulative = "B"
    }
  }
  struct Unit: Decodable {
    var gpcm: [ItemMoments]
  }

  var diagnosis: [Case]
  var unit: Unit

  static func read() throws -> DiagnosisOracle {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Oracles/diagnosis.json")
    return try JSONDecoder().decode(DiagnosisOracle.self, from: Data(contentsOf: file))
  }
}

extension DiagnosisOracle.Request {
  /// The prior the request describes.
  var abilityPrior: AbilityPrior {
    AbilityPrior.structured(
      mean: prior.mean, dimensions: places(of: points.map(\.dimension)),
      environments: places(of: points.map(\.environment)), general: prior.general,
      dimension: prior.dimension, environment: prior.environment, specific: prior.specific)
  }

  /// The items with their scores.
  var responses: [ScoredResponse] {
    let testlets = Array(Set(items.compactMap(\.testlet))).sorted()
    return zip(items, scores).map { item, score in
      let loadings = points.indices.compactMap { point in
        item.loadings[points[point].id].map { Loading(point: point, weight: $0) }
      }
      return ScoredResponse(
        loadings: loadings, model: PartialCreditItem(cumulative: item.cumulative),
        testlet: item.testlet.flatMap { testlets.firstIndex(of: $0) }, score: score)
    }
  }

  private func places(of names: [String]) -> [Int] {
    let distinct = Array(Set(names)).sorted()
    return names.map { distinct.firstIndex(of: $0) ?? -1 }
  }
}

import Foundation
import Psychometrics
import Testing

/// The data sets and results in `Oracles/`.
enum CalibrationOracle {
  struct Item: Decodable {
    var a: Double
    var d: [Double]
    var slopeError: Double
    var interceptErrors: [Double]

    enum CodingKeys: String, CodingKey {
      case a, d
      case slopeError = "se_a"
      case interceptErrors = "se_d"
    }
  }

  struct Result: Decodable {
    var logLik: Double?
    var items: [Item]?
  }

  private struct Document: Decodable {
    var results: [String: Result]
  }

  struct Scores: Decodable {
    var parameters: [[Double]]
    var patterns: [[Int]]
    var eap: [Double]
    var eapErrors: [Double]
    var map: [Double]
    var mapErrors: [Double]
    var wle: [Double]
    var wleErrors: [Double]

    enum CodingKeys: String, CodingKey {
      case parameters = "item_parameters_slope_intercept"
      case patterns
      case eap = "EAP"
      case eapErrors = "EAP_SE"
      case map = "MAP"
      case mapErrors = "MAP_SE"
      case wle = "WLE"
      case wleErrors = "WLE_SE"
    }
  }

  static func data(_ name: String) throws -> Data {
    try Data(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Oracles/\(name)"))
  }

  static func result(_ name: String) throws -> (logLikelihood: Double, items: [Item]) {
    let document = try JSONDecoder().decode(Document.self, from: data("mml_accurate.json"))
    let result = try #require(document.results[name])
    return (try #require(result.logLik), try #require(result.items))
  }

  static func scores() throws -> Scores {
    try JSONDecoder().decode(Scores.self, from: data("LSAT7_scores.json"))
  }

  static func table(_ file: String) throws -> ResponseTable {
    try table(text: String(decoding: data(file), as: UTF8.self))
  }

  /// Reads a text in pieces of a few bytes, as a stream may come.
  static func table(text: String, piece: Int = 1000, weights: String? = nil, groups: String? = nil)
    throws -> ResponseTable
  {
    var reader = ResponseTableReader(weightColumn: weights, groupColumn: groups)
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      try bytes[start..<min(start + piece, bytes.count)].withUnsafeBytes { try reader.read($0) }
    }
    return try reader.finish()
  }

  static func matrix(_ file: String, _ model: CalibrationModel) throws -> ResponseMatrix {
    try #require(ResponseScreening(try table(file), model: model).matrix)
  }
}

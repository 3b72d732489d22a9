import Foundation
import Psychometrics

/// A table of `Oracles/`: a header, and rows of whole numbers.
struct OracleTable {
  var header: [String]
  var columns: [[Int16]]

  /// Reads a CSV file of whole numbers.
  init(_ name: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline)
    header = (lines.first ?? "").split(separator: ",").map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
    }
    let rows = lines.dropFirst().map { line in line.split(separator: ",").map { Int16($0) ?? -1 } }
    columns = header.indices.map { column in rows.map { $0[column] } }
  }

  /// The table without its last column, and that column.
  func splitLast() -> (table: ScoreTable, last: [Int16]) {
    (ScoreTable(columns: Array(columns.dropLast())), columns.last ?? [])
  }

  var scores: ScoreTable { ScoreTable(columns: columns) }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Oracles")

  /// Reads a JSON file of `Oracles/`.
  static func json<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: try Data(contentsOf: folder.appending(path: name)))
  }
}

/// What R's psych and difR, and base R, computed: `Oracles/dif_ctt.json`.
struct ClassicalOracle: Decodable {
  struct Scale: Decodable {
    var p: [Double]
    var alphaRaw: Double
    var itemTotalR: [Double]
    var correctedItemRestR: [Double]
    var alphaIfDeleted: [Double]
    var meanTotal: Double
    var sdTotal: Double
    var standardError: Double

    enum CodingKeys: String, CodingKey {
      case p
      case alphaRaw = "alpha_raw"
      case itemTotalR = "item_total_r"
      case correctedItemRestR = "corrected_item_rest_r"
      case alphaIfDeleted = "alpha_if_deleted"
      case meanTotal = "mean_total"
      case sdTotal = "sd_total"
      case standardError = "SEM"
    }
  }
  struct Comparison: Decodable {
    var stat: [Double]
    var alphaMH: [Double]
    var deltaETS: [Double]
    var varLambda: [Double]?
    var uncorrected: [Double]?

    enum CodingKeys: String, CodingKey {
      case stat, alphaMH, varLambda
      case deltaETS = "delta_ETS"
      case uncorrected = "stat_uncorrected"
    }
  }
  struct Option: Decodable {
    var option: Int
    var n: Int
    var prop: Double
    var meanTotal: Double
    var total: Double
    var rest: Double

    enum CodingKeys: String, CodingKey {
      case option, n, prop
      case meanTotal = "mean_total"
      case total = "pbis_total"
      case rest = "pbis_rest"
    }
  }
  var verbalMH: Comparison
  var simulatedMH: Comparison
  var simulatedLogistic: [Double]
  var verbal: Scale
  var sat12: Scale
  var science: Scale
  var lsat7: Scale
  var distractors: [[Option]]
  var key: [Int]

  enum CodingKeys: String, CodingKey {
    case verbalMH = "verbal_MH"
    case simulatedMH = "simDIF_MH"
    case simulatedLogistic = "simDIF_logistic_LRT"
    case verbal = "verbal_CTT"
    case sat12 = "SAT12_CTT"
    case science = "Science_CTT"
    case lsat7 = "LSAT7_CTT"
    case distractors = "SAT12_distractors"
    case key = "SAT12_key"
  }

  static func read() throws -> ClassicalOracle {
    try OracleTable.json("dif_ctt.json", as: ClassicalOracle.self)
  }
}

/// The largest distance between two lists of numbers.
func largestDistance(_ first: [Double?], _ second: [Double]) -> Double {
  guard first.count == second.count else { return .infinity }
  return zip(first, second).reduce(0) { largest, pair in
    max(largest, pair.0.map { ($0 - pair.1).magnitude } ?? .infinity)
  }
}

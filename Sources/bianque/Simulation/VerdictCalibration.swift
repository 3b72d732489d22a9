import Competency
import Foundation
import Psychometrics

/// How well what is said about points agrees with the truth.
struct VerdictCalibration {
  /// One statement about one point of one teacher.
  struct Statement {
    var probabilityBelow: Double
    var isBelow: Bool
    var verdict: GapVerdict
    var error: Double
    var standardError: Double
  }

  private(set) var statements: [Statement] = []

  /// Half a central 90 % interval, in standard errors.
  static let ninetyPercentHalfWidth = 1.6448536269514722

  /// Notes a statement.
  mutating func add(_ statement: Statement) { statements.append(statement) }

  /// The mean distance of probability and share, over tenths of probability, by their size.
  var expectedCalibrationError: Double {
    bins.reduce(0) {
      $0 + Double($1.count) / Double(max(statements.count, 1))
        * ($1.meanProbability - $1.share).magnitude
    }
  }

  /// Statements with similar probabilities.
  struct Bin: Encodable {
    var count: Int
    var meanProbability: Double
    var share: Double
  }

  /// The statements by tenths of probability; empty tenths are left out.
  var bins: [Bin] {
    var groups = [[Statement]](repeating: [], count: 10)
    for statement in statements {
      groups[min(9, Int(statement.probabilityBelow * 10))].append(statement)
    }
    return groups.filter { !$0.isEmpty }.map(Self.bin)
  }

  static func bin(_ group: [Statement]) -> Bin {
    let count = Double(max(group.count, 1))
    return Bin(
      count: group.count,
      meanProbability: group.reduce(0) { $0 + $1.probabilityBelow } / count,
      share: Double(group.count { $0.isBelow }) / count)
  }

  /// The statements of a verdict.
  func statements(of verdict: GapVerdict) -> [Statement] {
    statements.filter { $0.verdict == verdict }
  }

  /// The mean squared distance of probability and truth.
  var brier: Double {
    mean { statement in
      let distance = statement.probabilityBelow - (statement.isBelow ? 1 : 0)
      return distance * distance
    }
  }

  /// The share of abilities within their 90 % intervals.
  var coverage: Double {
    mean { $0.error.magnitude <= Self.ninetyPercentHalfWidth * $0.standardError ? 1 : 0 }
  }

  /// The root of the mean squared distance of ability and truth, in logits.
  var rootMeanSquareError: Double { mean { $0.error * $0.error }.squareRoot() }

  private func mean(_ value: (Statement) -> Double) -> Double {
    statements.reduce(0) { $0 + value($1) } / Double(max(statements.count, 1))
  }

  /// The probability that a point below the target has the higher probability of two; nil when all are
  /// below or none is.
  var areaUnderCurve: Double? {
    let sorted = statements.sorted { $0.probabilityBelow < $1.probabilityBelow }
    var (place, rankSum, below) = (0, 0.0, 0)
    while place < sorted.count {
      var end = place
      while end < sorted.count, sorted[end].probabilityBelow == sorted[place].probabilityBelow {
        end += 1
      }
      // Ties share the mean of their ranks.
      let rank = Double(place + end + 1) / 2
      let positives = sorted[place..<end].count { $0.isBelow }
      rankSum += rank * Double(positives)
      below += positives
      place = end
    }
    let above = sorted.count - below
    guard below > 0, above > 0 else { return nil }
    return (rankSum - Double(below * (below + 1)) / 2) / Double(below * above)
  }
}

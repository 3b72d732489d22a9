public import Competency

/// How well what is said about points agrees with the truth.
public struct VerdictCalibration: Sendable {
  /// One statement about one point of one teacher.
  public struct Statement: Sendable {
    /// The probability given that the ability is below the target, 0…1.
    public var probabilityBelow: Double
    /// Whether it is.
    public var isBelow: Bool
    /// What was said.
    public var verdict: GapVerdict
    /// The ability estimated less the true one, in logits.
    public var error: Double
    /// The standard error given, in logits.
    public var standardError: Double

    /// Creates a statement.
    public init(
      probabilityBelow: Double, isBelow: Bool, verdict: GapVerdict, error: Double,
      standardError: Double
    ) {
      self.probabilityBelow = probabilityBelow
      self.isBelow = isBelow
      self.verdict = verdict
      self.error = error
      self.standardError = standardError
    }
  }

  /// All statements, in the order they were noted.
  public private(set) var statements: [Statement] = []

  /// Creates a collection without statements.
  public init() {}

  /// Half a central 90 % interval, in standard errors.
  public static let ninetyPercentHalfWidth = 1.6448536269514722

  /// Notes a statement.
  public mutating func add(_ statement: Statement) { statements.append(statement) }

  /// The mean distance of probability and share, over tenths of probability, by their size.
  public var expectedCalibrationError: Double {
    bins.reduce(0) {
      $0 + Double($1.count) / Double(max(statements.count, 1))
        * ($1.meanProbability - $1.share).magnitude
    }
  }

  /// Statements with similar probabilities.
  public struct Bin: Encodable, Sendable {
    /// How many.
    public var count: Int
    /// The mean of the probabilities given.
    public var meanProbability: Double
    /// The share that is truly below the target.
    public var share: Double
  }

  /// The statements by tenths of probability; empty tenths are left out.
  public var bins: [Bin] {
    var groups = [[Statement]](repeating: [], count: 10)
    for statement in statements {
      groups[min(9, Int(statement.probabilityBelow * 10))].append(statement)
    }
    return groups.filter { !$0.isEmpty }.map(Self.bin)
  }

  /// Statements as one group.
  public static func bin(_ group: [Statement]) -> Bin {
    let count = Double(max(group.count, 1))
    return Bin(
      count: group.count,
      meanProbability: group.reduce(0) { $0 + $1.probabilityBelow } / count,
      share: Double(group.count { $0.isBelow }) / count)
  }

  /// The statements of a verdict.
  public func statements(of verdict: GapVerdict) -> [Statement] {
    statements.filter { $0.verdict == verdict }
  }

  /// The mean squared distance of probability and truth.
  public var brier: Double {
    mean { statement in
      let distance = statement.probabilityBelow - (statement.isBelow ? 1 : 0)
      return distance * distance
    }
  }

  /// The share of abilities within their 90 % intervals.
  public var coverage: Double {
    mean { $0.error.magnitude <= Self.ninetyPercentHalfWidth * $0.standardError ? 1 : 0 }
  }

  /// The root of the mean squared distance of ability and truth, in logits.
  public var rootMeanSquareError: Double { mean { $0.error * $0.error }.squareRoot() }

  private func mean(_ value: (Statement) -> Double) -> Double {
    statements.reduce(0) { $0 + value($1) } / Double(max(statements.count, 1))
  }

  /// The probability that a point below the target has the higher probability of two; nil when all are
  /// below or none is.
  public var areaUnderCurve: Double? {
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

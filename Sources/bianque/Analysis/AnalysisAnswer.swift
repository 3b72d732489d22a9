import Diagnostics
import Psychometrics

/// What `bianque analyse` prints.
struct AnalysisAnswer: Encodable {
  /// An option of an item.
  struct Option: Encodable {
    var option: String
    var score: Int
    var n: Int
    var proportion: Double
    var proportionInterval: [Double]
    var meanTotal: Double?
    var totalCorrelation: Double?
    var restCorrelation: Double?
    var curve: [Double?]

    init(_ statistics: OptionStatistics, option: String, score: Int) {
      self.option = option
      self.score = score
      n = statistics.count
      proportion = statistics.share
      proportionInterval = statistics.shareInterval.ends
      meanTotal = statistics.meanTotal
      totalCorrelation = statistics.totalCorrelation
      restCorrelation = statistics.restCorrelation
      curve = statistics.curve
    }
  }

  /// A Mantel–Haenszel comparison.
  struct Comparison: Encodable {
    var alpha: Double
    var deltaMH: Double
    var deltaInterval: [Double]?
    var logAlphaVariance: Double?
    var chiSquare: Double
    var chiSquareUncorrected: Double
    var p: Double
    var standardizedDifference: Double
    var `class`: String
    var nReference: Int
    var nFocal: Int

    init(_ statistics: MantelHaenszel) {
      alpha = statistics.alpha
      deltaMH = statistics.delta
      deltaInterval = statistics.deltaInterval?.ends
      logAlphaVariance = statistics.logAlphaVariance
      chiSquare = statistics.chiSquare
      chiSquareUncorrected = statistics.uncorrectedChiSquare
      p = statistics.probability
      standardizedDifference = statistics.standardizedDifference
      `class` = statistics.grade.rawValue
      nReference = statistics.referenceCount
      nFocal = statistics.focalCount
    }
  }

  /// A likelihood-ratio test.
  struct Test: Encodable {
    var chiSquare: Double
    var df: Int
    var p: Double

    init(_ test: LogisticFunctioning.Test) {
      chiSquare = test.chiSquare
      df = test.degreesOfFreedom
      p = test.probability
    }
  }

  /// Logistic regressions.
  struct Logistic: Encodable {
    var chiSquare: Double
    var df: Int
    var p: Double
    var uniform: Test
    var nonUniform: Test
    var effectSize: Double
    var `class`: String
    var converged: Bool

    init(_ statistics: LogisticFunctioning) {
      chiSquare = statistics.any.chiSquare
      df = statistics.any.degreesOfFreedom
      p = statistics.any.probability
      uniform = Test(statistics.uniform)
      nonUniform = Test(statistics.nonUniform)
      effectSize = statistics.effectSize
      `class` = statistics.grade.rawValue
      converged = statistics.isConverged
    }
  }

  /// One focal group against the reference group.
  struct Functioning: Encodable {
    var reference: String
    var focal: String
    var mantelHaenszel: Comparison?
    var mantelHaenszelPurified: Comparison?
    var logistic: Logistic?
  }

  /// Why an item needs a look.
  struct Flag: Encodable {
    var code: String
    var reason: String
  }

  /// An item.
  struct Item: Encodable {
    var id: String
    var n: Int
    var p: Double?
    var pInterval: [Double]?
    var standardDeviation: Double?
    var itemTotalCorrelation: Double?
    var itemRestCorrelation: Double?
    var itemRestInterval: [Double]?
    var alphaIfDropped: Double?
    var options: [Option]
    var mantelHaenszel: Comparison?
    var mantelHaenszelPurified: Comparison?
    var logistic: Logistic?
    var comparisons: [Functioning]?
    var flags: [Flag]
  }

  /// A fault of the file.
  struct Finding: Encodable {
    var code: String
    var severity: String
    var row: Int
    var column: Int
    var message: String
    var remedy: String
  }

  var persons: Int
  var items: [Item]
  var alpha: Double?
  var alphaInterval: [Double]?
  var omega: Double?
  var totalMean: Double?
  var totalStandardDeviation: Double?
  var standardErrorOfMeasurement: Double?
  var groups: [String]?
  var purificationSteps: [Int]?
  var model: ModelStatistics?
  var diagnostics: [Finding]
}

extension ConfidenceInterval {
  /// The lower and the upper end.
  var ends: [Double] { [lower, upper] }
}

import Diagnostics
import Psychometrics

/// What `calibrate` prints.
struct CalibrationAnswer: Encodable {
  struct Item: Encodable {
    var id: String
    var slope: Double
    /// The slopes of a nominal item's options.
    var slopes: [Double]?
    var intercepts: [Double]
    var lowerAsymptote: Double?
    /// The standard errors: slope first, then intercepts, then the asymptote.
    var se: [Double]?
    /// The score that each category stands for.
    var scores: [Int]
    /// Whether the parameters were given.
    var anchor: Bool?
    /// The dimension, in a multidimensional calibration.
    var dimension: String?
  }

  struct Population: Encodable {
    var group: String
    var mean: Double
    var standardDeviation: Double
  }

  struct LeftOut: Encodable {
    var id: String
    var code: String
  }

  struct Seconds: Encodable {
    var estimation: Double
    var total: Double
  }

  var model: String
  var persons: Double
  var items: [Item]
  var logLikelihood: Double
  var iterations: Int
  var converged: Bool
  var largestChange: Double
  var largestGradient: Double?
  var populations: [Population]?
  var dimensions: [String]?
  var correlation: [[Double]]?
  /// The standard errors of the correlations above the diagonal, row after row.
  var correlationSe: [Double]?
  var leftOut: [LeftOut]
  var diagnostics: [DiagnosticAnswer] = []
  var seconds = Seconds(estimation: 0, total: 0)

  /// The result of a calibration of one ability.
  init(_ calibration: Calibration, screening: ResponseScreening, groupNames: [String]) {
    let isGuessing = calibration.model == .threePL
    model = calibration.model.rawValue
    persons = calibration.persons
    items = zip(screening.items, calibration.items).map { source, item in
      Item(
        id: source.id, slope: item.slope, slopes: item.slopes.isEmpty ? nil : item.slopes,
        intercepts: item.intercepts, lowerAsymptote: isGuessing ? item.lowerAsymptote : nil,
        se: item.standardErrors, scores: source.scores, anchor: item.isAnchor ? true : nil)
    }
    logLikelihood = calibration.logLikelihood
    iterations = calibration.iterations
    converged = calibration.convergence == .converged
    largestChange = calibration.largestChange.isFinite ? calibration.largestChange : 0
    largestGradient = calibration.largestGradient
    if groupNames.count > 1 || calibration.items.contains(where: \.isAnchor) {
      populations = calibration.populations.enumerated().map { place, population in
        Population(
          group: place < groupNames.count ? groupNames[place] : "", mean: population.mean,
          standardDeviation: population.standardDeviation)
      }
    }
    leftOut = screening.leftOut.map { LeftOut(id: $0.detail, code: $0.kind.rawValue) }
  }

  /// The result of a calibration of several abilities.
  init(
    _ calibration: MultidimensionalCalibration, screening: ResponseScreening, dimensions: [String]
  ) {
    self.init(calibration.calibration, screening: screening, groupNames: [])
    for (place, dimension) in calibration.dimensions.enumerated() {
      items[place].dimension = dimensions[dimension]
    }
    self.dimensions = dimensions
    correlation = calibration.correlation
    correlationSe = calibration.correlationErrors
  }
}

/// A diagnostic as commands print it.
struct DiagnosticAnswer: Encodable {
  var code: String
  var severity: String
  var file: String
  var line: Int
  var column: Int
  var message: String
  var remedy: String

  init(_ diagnostic: Diagnostic, _ terminal: Terminal) {
    code = diagnostic.code
    severity = diagnostic.severity.rawValue
    file = diagnostic.file
    line = diagnostic.line
    column = diagnostic.column
    message = terminal(diagnostic.message)
    remedy = terminal(diagnostic.remedy)
  }
}

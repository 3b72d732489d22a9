public import Competency
import Courses
import Psychometrics

/// Learns the gains of courses from diagnoses before and after them: a Bayesian linear regression in
/// information form, one teacher after the other, in any order.
///
/// With V the covariance before, A the loadings of the answers after, R their variances and X the
/// design (how well each course taken suits, and a column for what changes without any course):
/// C = A(V + σ²I)Aᵀ + R, Λ += XᵀAᵀC⁻¹AX, h += XᵀAᵀC⁻¹(z − Am), γ = Λ⁻¹h.
///
/// Courses that are chosen by the diagnosis before bias nothing, for it is in the model. Teachers who
/// choose for reasons of their own do: only a draw tells cause from choice, see ``RandomisedGain``.
public struct GainLearning: Hashable, Sendable {
  /// What is taken for granted.
  public struct Settings: Hashable, Sendable {
    /// How much abilities change beside courses, as a standard deviation, in logits.
    public var changeDeviation: Double
    /// The standard error of the drift before anything is seen, in logits.
    public var driftDeviation: Double
    /// By what factor standard errors are widened: courses differ between terms and classes.
    public var inflation: Double
    /// How many prior standard errors one update may move a gain.
    public var cap: Double

    /// Creates settings; the standard ones are those of the simulation study.
    public init(
      changeDeviation: Double = 0.2, driftDeviation: Double = 0.1, inflation: Double = 1.08,
      cap: Double = 1
    ) {
      self.changeDeviation = changeDeviation
      self.driftDeviation = driftDeviation
      self.inflation = inflation
      self.cap = cap
    }
  }

  /// The gains before.
  public let prior: CourseGains
  private let points: [CompetencyPoint.ID: Int]
  private let settings: Settings
  /// Λ, row after row; the drift is the last.
  private(set) var precision: [Double]
  /// h.
  private(set) var shift: [Double]
  /// How many teachers were seen.
  public private(set) var count = 0

  /// Begins with the gains of the term before.
  ///
  /// - Parameters:
  ///   - prior: the gains before.
  ///   - points: the points of the framework, in the order of the evidence.
  ///   - settings: what is taken for granted.
  public init(
    prior: CourseGains, points: [CompetencyPoint.ID], settings: Settings = Settings()
  ) {
    self.prior = prior
    self.points = [CompetencyPoint.ID: Int](
      points.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    self.settings = settings
    let size = prior.parameters.count + 1
    precision = [Double](repeating: 0, count: size * size)
    shift = [Double](repeating: 0, count: size)
    for (place, parameter) in prior.parameters.enumerated() {
      let weight = 1 / (parameter.standardError * parameter.standardError)
      precision[place * size + place] = weight
      shift[place] = weight * parameter.mean
    }
    precision[size * size - 1] = 1 / (settings.driftDeviation * settings.driftDeviation)
  }

  /// Takes one teacher in.
  ///
  /// - Returns: false, and nothing is taken in, where there are no answers after or the numbers do not
  ///   fit each other.
  public mutating func add(_ evidence: GainEvidence) -> Bool {
    let size = shift.count
    let change = settings.changeDeviation * settings.changeDeviation
    guard evidence.isSound,
      let spread = CholeskyFactor(evidence.observed(change: change), order: evidence.sites.count)
    else { return false }
    // AX, a row for each site, and z − Am.
    let design = evidence.sites.map { site in
      self.design(of: site, courses: evidence.courses)
    }
    let used = (0..<size).filter { column in design.contains { $0[column] != 0 } }
    let weighed = spread.solve(evidence.surprise)
    for column in used {
      let values = design.map { $0[column] }
      let solved = spread.solve(values)
      shift[column] += zip(values, weighed).reduce(0) { $0 + $1.0 * $1.1 }
      for other in used {
        precision[other * size + column] += zip(design, solved).reduce(0) {
          $0 + $1.0[other] * $1.1
        }
      }
    }
    count += 1
    return true
  }

  private func design(
    of site: GainEvidence.Site, courses: [Course.ID: [CompetencyPoint.ID: Double]]
  ) -> [Double] {
    var row = [Double](repeating: 0, count: shift.count)
    for (place, parameter) in prior.parameters.enumerated() {
      guard let fit = courses[parameter.course]?[parameter.point],
        let point = points[parameter.point]
      else { continue }
      for loading in site.loadings where loading.point == point {
        row[place] += loading.weight * fit
      }
    }
    row[row.count - 1] = site.loadings.reduce(0) { $0 + $1.weight }
    return row
  }

  /// The gains after: the next version, frozen for a term.
  ///
  /// - Parameter term: the term.
  /// - Returns: nil where the numbers do not allow it.
  public func gains(for term: String) -> CourseGains? {
    guard let factor = CholeskyFactor(precision, order: shift.count) else { return nil }
    let means = factor.solve(shift)
    var gains = CourseGains(version: prior.version + 1, term: term, parameters: prior.parameters)
    for place in gains.parameters.indices {
      let before = prior.parameters[place]
      let reach = settings.cap * before.standardError
      var unit = [Double](repeating: 0, count: shift.count)
      unit[place] = 1
      gains.parameters[place].mean = min(
        max(means[place], before.mean - reach), before.mean + reach)
      gains.parameters[place].standardError = min(
        settings.inflation * factor.solve(unit)[place].squareRoot(), before.standardError)
    }
    return gains
  }

  /// What changes from one diagnosis to the next without any course, in logits.
  public var drift: Double? {
    CholeskyFactor(precision, order: shift.count)?.solve(shift).last
  }
}

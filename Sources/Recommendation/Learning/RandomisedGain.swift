public import Competency
public import Courses
import Psychometrics

/// What a course raises, told from a draw: those for whom it was drawn beside those for whom another
/// was, as a share of what was believed.
///
/// Who keeps or refuses a course may differ from others in what no diagnosis shows; whom a draw gives
/// it does not. Of each teacher t in whose draw the course took part, with probability p, the answers
/// after say r = aᵀC⁻¹(z − Am − Ag)/i of the share, with a the answers' rise by all believed gains of
/// the course, g those of the other courses in the plan, C as in ``GainLearning`` and i = aᵀC⁻¹a. The
/// mean of r is taken with weights i/p over those for whom it was drawn and i/(1 − p) over the others,
/// each normalised to sum to one (Hájek 1971) and with 1/p and 1/(1 − p) bounded. Not everybody keeps
/// what was drawn, and some take the course all the same: the difference of the means is divided by
/// the difference of how many had it planned, weighted alike (Imbens & Angrist 1994). The standard
/// error is that of the ratio, linearised.
///
/// Limits: the share is that of teachers who keep what is drawn. The other courses count with what is
/// believed of them, so an error in the gains of those drawn instead is an error here. i depends a
/// little on the answers after, through their information.
public struct RandomisedGain: Hashable, Sendable {
  /// The most that 1/p counts.
  public static let maximumWeight = 20.0
  /// The least difference in having the course from which something is said.
  public static let leastDifference = 0.3

  /// The gain as a share of what was believed; 1 where the belief was right.
  public var share: Double
  /// Its standard error.
  public var standardError: Double
  /// How many equally weighted teachers those for whom it was drawn are worth: (Σw)²/Σw² (Kish 1965).
  public var effectiveDrawn: Double
  /// The same for those for whom another was drawn.
  public var effectiveOthers: Double
  /// By how much more of those for whom it was drawn had it planned, 0…1.
  public var difference: Double

  /// Estimates the share; nil where a group has fewer than two, or too few keep what is drawn.
  ///
  /// - Parameters:
  ///   - course: the course.
  ///   - evidence: teachers; those without a draw that the course took part in are left aside.
  ///   - prior: what is believed of all courses.
  ///   - points: the points of the framework, in the order of the evidence.
  ///   - settings: what is taken for granted.
  public init?(
    of course: Course.ID, from evidence: [GainEvidence], believing prior: CourseGains,
    points: [CompetencyPoint.ID], settings: GainLearning.Settings = GainLearning.Settings()
  ) {
    let believed = BelievedGains(prior, points: points)
    let change = settings.changeDeviation * settings.changeDeviation
    let all = evidence.compactMap { Observation(of: course, in: $0, believed, change: change) }
    guard let drawn = Arm(all.filter(\.isDrawn)), let others = Arm(all.filter { !$0.isDrawn })
    else { return nil }
    difference = drawn.planned - others.planned
    guard difference >= Self.leastDifference else { return nil }
    share = (drawn.mean - others.mean) / difference
    let variance = drawn.variance(at: share) + others.variance(at: share)
    standardError = variance.squareRoot() / difference
    effectiveDrawn = drawn.effectiveCount
    effectiveOthers = others.effectiveCount
  }

  /// Whether both groups are large enough to go by.
  public var isEnough: Bool {
    min(effectiveDrawn, effectiveOthers) >= Double(GainsUpdate.minimumTeachers)
  }
}

/// The believed gains of each course by place of the point.
private struct BelievedGains {
  private var gains: [Course.ID: [(id: CompetencyPoint.ID, point: Int, gain: Double)]] = [:]

  init(_ prior: CourseGains, points: [CompetencyPoint.ID]) {
    let places = [CompetencyPoint.ID: Int](
      points.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for parameter in prior.parameters {
      guard let point = places[parameter.point] else { continue }
      gains[parameter.course, default: []].append((parameter.point, point, parameter.mean))
    }
  }

  /// By how much a course raises the predictor of each answer.
  func rise(
    of course: Course.ID, suiting fit: [CompetencyPoint.ID: Double], at sites: [GainEvidence.Site]
  ) -> [Double] {
    let own = gains[course] ?? []
    return sites.map { site in
      own.reduce(0) { sum, gain in
        sum + (fit[gain.id] ?? 0) * gain.gain
          * site.loadings.reduce(0) { $1.point == gain.point ? $0 + $1.weight : $0 }
      }
    }
  }
}

/// What one teacher says of a course that took part in the draw.
private struct Observation {
  var isDrawn: Bool
  var isPlanned: Bool
  /// r.
  var value: Double
  /// 1/p or 1/(1 − p), bounded, times i.
  var weight: Double

  init?(
    of course: Course.ID, in evidence: GainEvidence, _ believed: BelievedGains, change: Double
  ) {
    guard let draw = evidence.draw, let propensity = draw.propensities[course],
      propensity > 0, propensity < 1, evidence.isSound,
      let spread = CholeskyFactor(evidence.observed(change: change), order: evidence.sites.count)
    else { return nil }
    let rise = believed.rise(
      of: course, suiting: draw.suitability[course] ?? [:], at: evidence.sites)
    var surprise = evidence.surprise
    // In one order: sums must not depend on hashing.
    let others = evidence.courses.sorted { $0.key.rawValue < $1.key.rawValue }
    for (other, fit) in others where other != course {
      for (place, sum) in believed.rise(of: other, suiting: fit, at: evidence.sites).enumerated() {
        surprise[place] -= sum
      }
    }
    let solved = spread.solve(rise)
    let information = zip(rise, solved).reduce(0) { $0 + $1.0 * $1.1 }
    // Answers after that do not touch the course's points say nothing of it.
    guard information > 1e-9 else { return nil }
    isDrawn = draw.drawn == course
    isPlanned = evidence.courses[course] != nil
    value = zip(surprise, solved).reduce(0) { $0 + $1.0 * $1.1 } / information
    weight =
      min(1 / (isDrawn ? propensity : 1 - propensity), RandomisedGain.maximumWeight) * information
  }
}

/// Those for whom the course was drawn, or those for whom another was.
private struct Arm {
  private let observations: [Observation]
  private let total: Double
  /// The weighted mean of what they say.
  let mean: Double
  /// The weighted share who had the course planned.
  let planned: Double

  init?(_ observations: [Observation]) {
    guard observations.count > 1 else { return nil }
    let total = observations.reduce(0) { $0 + $1.weight }
    self.observations = observations
    self.total = total
    mean = observations.reduce(0) { $0 + $1.weight * $1.value } / total
    planned = observations.reduce(0) { $0 + ($1.isPlanned ? $1.weight : 0) } / total
  }

  var effectiveCount: Double {
    total * total / observations.reduce(0) { $0 + $1.weight * $1.weight }
  }

  /// The variance of the mean of what is left of the values when the share is taken out.
  func variance(at share: Double) -> Double {
    let count = Double(observations.count)
    let sum = observations.reduce(0) { sum, one in
      let rest = one.value - mean - share * ((one.isPlanned ? 1 : 0) - planned)
      return sum + one.weight * one.weight * rest * rest
    }
    return sum / (total * total) * count / (count - 1)
  }
}

extension CourseGains {
  /// The gains of a course after what a draw says of it: the normal belief before, joined by the
  /// estimate, and moved no further than one update may.
  mutating func learn(
    _ estimate: RandomisedGain, of course: Course.ID, after prior: CourseGains,
    settings: GainLearning.Settings
  ) {
    for place in parameters.indices where parameters[place].course == course {
      guard let before = prior.parameter(course, parameters[place].point), before.mean > 0
      else { continue }
      let relative = before.standardError / before.mean
      let (known, told) = (
        1 / (relative * relative), 1 / (estimate.standardError * estimate.standardError)
      )
      let reach = settings.cap * before.standardError
      let mean = before.mean * (known + told * estimate.share) / (known + told)
      parameters[place].mean = min(max(mean, before.mean - reach), before.mean + reach)
      parameters[place].standardError = min(
        settings.inflation * before.mean / (known + told).squareRoot(), before.standardError)
    }
  }
}

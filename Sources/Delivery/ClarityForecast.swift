import Competency
import Psychometrics

/// How many points will have a clear verdict once a stage has been answered that nobody has answered
/// yet.
///
/// Before the answers are known, the mean that will be believed of a point afterwards is itself normal:
/// around the present mean, with the variance that the answers are expected to take away (preposterior
/// analysis; Raiffa & Schlaifer (1961), *Applied Statistical Decision Theory*, chapter 5). A verdict is
/// clear when that mean lies far enough from the target on either side.
struct ClarityForecast {
  /// The 60 % quantile of the standard normal distribution: from there on 可能需要 is said.
  static let likelyQuantile = 0.2533471031357997
  /// The 80 % quantile: beyond it 不需要 is said.
  static let notNeededQuantile = 0.8416212335729143

  /// What is believed now.
  let posterior: AbilityPosterior
  /// What is expected to be believed afterwards: the same means, smaller variances.
  let expected: AbilityPosterior
  let framework: Framework
  /// Whether the uncertainty of provisional parameters is added.
  let isProvisional: Bool

  /// The expected number of points without a clear verdict.
  ///
  /// - Parameters:
  ///   - points: the points that count.
  ///   - asked: the points that will have been asked about; of others nothing is said.
  /// - Returns: a number between 0 and that of the points.
  func unclearCount(
    among points: [CompetencyPoint.ID], asked: Set<CompetencyPoint.ID>
  ) -> Double {
    points.reduce(0) { sum, id in
      guard asked.contains(id), let place = framework.index(of: id) else { return sum + 1 }
      return sum + 1 - clearProbability(at: place)
    }
  }

  /// The probability that a point will have a clear verdict.
  func clearProbability(at place: Int) -> Double {
    let constants = framework.measurement
    let after = expected.variance(ofPoint: place)
    let taken = max(posterior.variance(ofPoint: place) - after, 0)
    let deviation =
      (after + (isProvisional ? constants.provisionalVariance : 0)
      + constants.targetStandardError * constants.targetStandardError).squareRoot()
    let mean = posterior.mean[place]
    let below = Normal.probability(
      below: constants.target - Self.likelyQuantile * deviation, mean: mean, variance: taken)
    let above =
      1
      - Normal.probability(
        below: constants.target + Self.notNeededQuantile * deviation, mean: mean, variance: taken)
    return below + above
  }
}

public import Competency
import Foundation

/// The parameters of one item under the generalised partial credit model, from one calibration.
///
/// P(category c | η) = exp(c·η − B_c − log Z(η)), with η = Σ loading · ability and
/// B_c = ``cumulative``[c].
public struct PartialCreditParameters: Hashable, Sendable {
  /// The item's discrimination, per logit, above 0.
  public var slope: Double
  /// The location of each step from one category to the next, in logits: one fewer than the
  /// categories.
  public var stepLocations: [Double]
  /// The share of ``slope`` that belongs to each competency point; the shares sum to 1.
  public var loadingShares: [CompetencyPoint.ID: Double]
  /// The variance that items of one scenario share beyond ability, as the statistics' author found it.
  ///
  /// Kept and written back; scores and calibrations take the framework's for all scenarios.
  public var testletVariance: Double?
  /// The calibration, as a URI.
  public var calibration: String
  /// Whether the numbers were judged by people and not estimated from responses.
  public var isProvisional: Bool
  /// How many responses they were estimated from; 0 when provisional.
  public var caseCount: Int
  /// The day they were last computed, as `2026-11-21`; empty when the file does not say.
  public var lastUpdated: String

  /// Creates parameters.
  public init(
    slope: Double, stepLocations: [Double], loadingShares: [CompetencyPoint.ID: Double],
    testletVariance: Double? = nil, calibration: String, isProvisional: Bool, caseCount: Int = 0,
    lastUpdated: String = ""
  ) {
    self.slope = slope
    self.stepLocations = stepLocations
    self.loadingShares = loadingShares
    self.testletVariance = testletVariance
    self.calibration = calibration
    self.isProvisional = isProvisional
    self.caseCount = caseCount
    self.lastUpdated = lastUpdated
  }

  /// How much each point's ability counts in η, per logit: slope times share.
  public var loadings: [CompetencyPoint.ID: Double] {
    loadingShares.mapValues { slope * $0 }
  }

  /// B_c for each category from 0: the slope times the sum of the steps up to c, beginning with 0.
  public var cumulative: [Double] {
    var sums = [0.0]
    var sum = 0.0
    for location in stepLocations {
      sum += location
      sums.append(slope * sum)
    }
    return sums
  }
}

extension PartialCreditParameters {
  /// Whether these count rather than others of the same item: estimated before provisional, later
  /// before earlier; of one day the higher number, for calibrations are numbered.
  public func comes(before other: PartialCreditParameters) -> Bool {
    if isProvisional != other.isProvisional { return other.isProvisional }
    if lastUpdated != other.lastUpdated { return lastUpdated > other.lastUpdated }
    // Thousands of items have the same one, and this takes long.
    if calibration == other.calibration { return false }
    return calibration.compare(other.calibration, options: .numeric) == .orderedDescending
  }
}

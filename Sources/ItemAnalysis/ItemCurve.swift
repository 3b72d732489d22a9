public import ItemBank
import Psychometrics

/// An item's curves over ability: by the answers where there are enough, else by its parameters.
public struct ItemCurve: Hashable, Sendable {
  /// The discrimination, per logit.
  public let slope: Double
  /// The locations of the steps, in logits.
  public let stepLocations: [Double]
  /// Whether the answers say so, and not only the parameters.
  public let isEstimated: Bool
  private let model: PartialCreditItem

  /// Makes the curves.
  ///
  /// - Parameters:
  ///   - parameters: the item's parameters.
  ///   - statistics: what the answers say; nil for no answers.
  public init(_ parameters: PartialCreditParameters, statistics: ItemStatistics?) {
    let steps = parameters.stepLocations
    let middle = steps.reduce(0, +) / Double(max(steps.count, 1))
    if let location = statistics?.location, let slope = statistics?.slope, slope.value > 0 {
      self.slope = slope.value
      stepLocations = steps.map { $0 + location.value - middle }
      isEstimated = true
    } else {
      slope = parameters.slope
      stepLocations = steps
      isEstimated = false
    }
    model = PartialCreditItem(slope: slope, stepLocations: stepLocations)
  }

  /// The mean score, as a share of the highest, of people whose ability is believed to be such.
  ///
  /// - Parameters:
  ///   - ability: the expected ability, in logits.
  ///   - variance: how unsure that is, in logits²; 0 for an ability that is known.
  /// - Returns: a share, 0…1.
  public func expectedShare(at ability: Double, variance: Double = 0) -> Double {
    let deviation = variance.squareRoot()
    return zip(BeliefNodes.nodes, BeliefNodes.weights).reduce(0) { sum, node in
      let eta = slope * (ability + deviation * node.0)
      return sum + node.1 * model.moments(at: eta).mean
    } / Double(model.maximumScore)
  }

  /// The Fisher information about ability, in 1/logit².
  public func information(at ability: Double) -> Double {
    slope * slope * model.moments(at: slope * ability).variance
  }
}

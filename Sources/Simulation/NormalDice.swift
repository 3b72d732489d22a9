public import Competency
import Psychometrics
import RealModule

/// Normal numbers from a seed.
public struct NormalDice: Sendable {
  private var generator: SeededGenerator

  /// Numbers that follow from the seed, other ones for each purpose.
  public init(seed: UInt64, purpose: String) {
    generator = SeededGenerator(seed: seed, purpose: purpose)
  }

  /// A number in 0..<1.
  public mutating func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }

  /// A standard normal number (Box & Muller).
  public mutating func normal() -> Double {
    let radius = (-2 * Double.log(1 - uniform())).squareRoot()
    return radius * Double.cos(2 * Double.pi * uniform())
  }

  /// A number in 0..<bound.
  public mutating func number(below bound: Int) -> Int { generator.number(below: bound) }

  /// The abilities of a teacher who does not exist, drawn from a framework's prior: what is general,
  /// of the dimension, of the environment and of the point alone.
  ///
  /// - Returns: one ability for each point of the framework, in its order, in logits.
  public mutating func abilities(in framework: Framework) -> [Double] {
    let constants = framework.measurement
    let general = constants.generalVariance.squareRoot() * normal()
    var ofDimension: [Dimension.ID: Double] = [:]
    for dimension in framework.dimensions {
      ofDimension[dimension.id] = constants.dimensionVariance.squareRoot() * normal()
    }
    var ofEnvironment: [Environment.ID: Double] = [:]
    for environment in framework.environments {
      ofEnvironment[environment.id] = constants.environmentVariance.squareRoot() * normal()
    }
    var abilities: [Double] = []
    for point in framework.points {
      var ability = constants.priorMean + general
      ability += ofDimension[point.dimension] ?? 0
      ability += ofEnvironment[point.environment] ?? 0
      ability += constants.specificVariance.squareRoot() * normal()
      abilities.append(ability)
    }
    return abilities
  }
}

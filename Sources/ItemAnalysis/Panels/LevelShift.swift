public import Psychometrics

/// How many people would be told another level if the borders were others.
public struct LevelShift: Hashable, Sendable {
  /// The people looked at.
  public var personCount = 0
  /// Those whose most probable level would be higher.
  public var raised = 0
  /// Those whose most probable level would be lower.
  public var lowered = 0

  private let present: [AbilityCut]
  private let proposed: [AbilityCut]

  /// - Parameters:
  ///   - present: the borders there are, rising.
  ///   - proposed: the borders there would be, rising; as many.
  public init(from present: [AbilityCut], to proposed: [AbilityCut]) {
    precondition(present.count == proposed.count, "the borders stand for each other")
    self.present = present
    self.proposed = proposed
  }

  /// Adds a person.
  ///
  /// - Parameter ability: the person's ability with its uncertainty.
  public mutating func add(_ ability: CompositeAbility) {
    personCount += 1
    let (before, after) = (Self.level(ability, present), Self.level(ability, proposed))
    if after > before { raised += 1 }
    if after < before { lowered += 1 }
  }

  /// The most probable level; of two alike the lower, as in results.
  private static func level(_ ability: CompositeAbility, _ cuts: [AbilityCut]) -> Int {
    let probabilities = ability.levelProbabilities(
      cuts: cuts.map(\.location), cutStandardErrors: cuts.map(\.standardError))
    return probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
  }
}

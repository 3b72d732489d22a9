public import Courses
import Psychometrics

/// One course of a plan drawn among nearly equal ones, so that what courses do can be learned apart
/// from who chooses them.
public struct RandomisedSlot: Hashable, Sendable {
  /// The course that was planned.
  public var planned: Course.ID
  /// Every course that could have been drawn, with its probability: the propensities, which sum to 1.
  public var propensities: [Course.ID: Double]
  /// The course drawn.
  public var drawn: Course.ID
  /// How the plan's utility changes by the draw, in logits.
  public var utilityChange: Double

  /// The probability of the course drawn; kept with the plan.
  public var propensity: Double { propensities[drawn] ?? 0 }

  /// Puts a kept draw together again.
  public init(
    planned: Course.ID, propensities: [Course.ID: Double], drawn: Course.ID, utilityChange: Double
  ) {
    self.planned = planned
    self.propensities = propensities
    self.drawn = drawn
    self.utilityChange = utilityChange
  }

  /// Draws.
  ///
  /// The slot is one that holds no rule and whose exchange costs least; the planned course and its
  /// best feasible replacements are equally likely. An institution that does not want this does not
  /// call it.
  ///
  /// - Parameters:
  ///   - plan: a plan of the problem.
  ///   - problem: the problem.
  ///   - choices: how many replacements take part.
  ///   - seed: the seed of the draw.
  /// - Returns: nil when no course can be exchanged without breaking a rule.
  public static func drawn(
    in plan: StudyPlan, for problem: PlanProblem, choices: Int = 5, seed: UInt64
  ) -> RandomisedSlot? {
    let free = plan.explanations.filter { explanation in
      explanation.replacement != nil
        && explanation.rulesHeld.allSatisfy { violation in
          // A feasible exchange keeps the hours; what only this course can hold does not take part.
          switch violation.rule {
          case .programme(.hours), .programme(.online), .programme(.practice), .programme(.video),
            .programme(.practiceShare):
            true
          default: false
          }
        }
    }
    guard
      let slot = free.max(by: {
        ($0.replacement?.utilityChange ?? 0, $1.course.rawValue)
          < ($1.replacement?.utilityChange ?? 0, $0.course.rawValue)
      })
    else { return nil }
    let others = Replacement.all(of: slot.course, in: plan, for: problem).prefix(choices)
    guard !others.isEmpty else { return nil }
    let all = [slot.course] + others.map(\.course)
    var generator = SeededGenerator(seed: seed, purpose: "randomised slot")
    let place = generator.number(below: all.count)
    return RandomisedSlot(
      planned: slot.course,
      propensities: [Course.ID: Double](
        uniqueKeysWithValues: all.map { ($0, 1 / Double(all.count)) }),
      drawn: all[place], utilityChange: place == 0 ? 0 : others[place - 1].utilityChange)
  }

  /// What outcomes would have been on average under another way to choose (inverse propensity score).
  ///
  /// - Parameter outcomes: of each draw its outcome, its propensity, and how likely the other way
  ///   would have drawn the same.
  /// - Returns: the mean of outcome · probability / propensity, and the same with the weights made to
  ///   sum to one, which varies less; nil without outcomes.
  public static func value(
    of outcomes: [(outcome: Double, propensity: Double, probability: Double)]
  ) -> (inversePropensity: Double, selfNormalised: Double?)? {
    guard !outcomes.isEmpty, outcomes.allSatisfy({ $0.propensity > 0 }) else { return nil }
    let weights = outcomes.map { $0.probability / $0.propensity }
    let sum = zip(weights, outcomes).reduce(0) { $0 + $1.0 * $1.1.outcome }
    let total = weights.reduce(0, +)
    return (sum / Double(outcomes.count), total > 0 ? sum / total : nil)
  }
}

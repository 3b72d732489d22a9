/// What a proficiency level can do: the steps that describe it.
public struct LevelDescriptor: Hashable, Sendable {
  /// The middle of the level, in logits.
  public var middle: Double
  /// Steps that a person in the middle of the level masters and one below does not, easiest first.
  public var anchors: [Bookmark.Step]

  /// The probability below which a step is not mastered one level lower.
  public static let lowerProbability = 0.5

  /// Describes the levels between cuts.
  ///
  /// A step describes a level when it is mastered (probability of at least .67) in the middle of the
  /// level and not (below .50) in the middle of the one below. The lowest level has every step mastered
  /// there.
  ///
  /// - Parameters:
  ///   - cuts: the borders, rising, in logits.
  ///   - range: where the lowest level begins and the highest ends, in logits.
  ///   - models: the items' models.
  /// - Returns: one descriptor for each level, lowest first.
  public static func all(
    cuts: [Double], range: ClosedRange<Double>, models: [ResponseModel]
  ) -> [LevelDescriptor] {
    let ends = [range.lowerBound] + cuts + [range.upperBound]
    let middles = zip(ends, ends.dropFirst()).map { ($0 + $1) / 2 }
    let steps = Bookmark(models: models).booklet
    return middles.indices.map { level in
      LevelDescriptor(
        middle: middles[level],
        anchors: steps.filter { step in
          func probability(_ ability: Double) -> Double {
            Bookmark.probability(atLeast: step.score, on: models[step.item], at: ability)
          }
          return probability(middles[level]) >= Bookmark.responseProbability
            && (level == 0 || probability(middles[level - 1]) < lowerProbability)
        })
    }
  }
}

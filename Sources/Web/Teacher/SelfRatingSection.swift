import Competency
import Delivery

/// What a teacher thought before the items, beside what the answers say.
struct SelfRatingSection {
  /// How probable the level named has to be for the two to agree.
  private static let agreement = 0.5

  let rating: [Dimension.ID: Int]
  let result: TestResult
  let framework: Framework
  let scale: LevelScale
  let phrases: Phrases

  /// How a dimension was judged against what its answers say.
  private enum Difference {
    case agreed, higher, lower
  }

  /// The values of the section; nil when nothing was said, or nothing of it was measured.
  func values() -> [String: Any]? {
    let rated = result.dimensions.compactMap { dimension in
      rating[dimension.id].map { (dimension, $0) }
    }.filter { $0.0.composite.evidenceCount > 0 }
    guard !rated.isEmpty else { return nil }
    let differences = rated.map { difference($0.0.composite, rated: $0.1) }
    let rows = zip(rated, differences).map { entry, difference -> [String: Any] in
      let (dimension, level) = entry
      return [
        "name": framework.dimension(dimension.id)?.name.text(in: phrases.language) ?? "",
        "ratedText": scale.level(at: level),
        "measuredText": scale.level(at: dimension.composite.likelyLevel),
        "chanceText": phrases(
          "selfRating.chance",
          [
            "level": scale.level(at: level),
            "chance": Numeral.percent(dimension.composite.probability(ofLevel: level)),
          ]),
        "differenceText": phrases("selfRating.difference.\(difference)"),
      ]
    }
    return ["rows": rows, "leadText": lead(differences)]
  }

  private func difference(_ composite: TestResult.Composite, rated level: Int) -> Difference {
    if composite.probability(ofLevel: level) >= Self.agreement { return .agreed }
    // Where the level named is not the likeliest, the answers lie on one side of it more than not.
    let below = composite.levelProbabilities.prefix(level).reduce(0, +)
    let above = composite.levelProbabilities.dropFirst(level + 1).reduce(0, +)
    return below >= above ? .higher : .lower
  }

  private func lead(_ differences: [Difference]) -> String {
    let higher = differences.count { $0 == .higher }
    let lower = differences.count { $0 == .lower }
    switch (higher, lower) {
    case (0, 0): return phrases("selfRating.leadAgreed")
    case (_, 0): return phrases("selfRating.leadHigher", ["count": "\(higher)"])
    case (0, _): return phrases("selfRating.leadLower", ["count": "\(lower)"])
    default:
      return phrases("selfRating.leadBoth", ["higher": "\(higher)", "lower": "\(lower)"])
    }
  }
}

extension TestResult.Composite {
  /// The probability of a level, from 0; 0 for one that there is not.
  fileprivate func probability(ofLevel level: Int) -> Double {
    levelProbabilities.indices.contains(level) ? levelProbabilities[level] : 0
  }
}

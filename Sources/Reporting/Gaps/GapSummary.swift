import Psychometrics

/// What to train first in a unit: the ingredients of one sentence.
public struct GapSummary: Hashable, Sendable {
  /// A point with its need.
  public struct Candidate: Hashable, Sendable {
    /// The place of the point in the framework.
    public var point: Int
    /// The need.
    public var shown: GapCell.Shown

    /// Creates a candidate.
    public init(point: Int, shown: GapCell.Shown) {
      self.point = point
      self.shown = shown
    }
  }

  /// The point that most people are expected to need; nil where no number is shown.
  public let first: Candidate?
  /// The points that cannot be told apart from ``first`` (分不出先后), by expected need.
  public let tied: [Candidate]

  /// Reads the summary off a row of cells.
  ///
  /// - Parameters:
  ///   - cells: a row of a ``GapMap``, in the framework's order.
  ///   - orderingProbability: the probability from which one need is called larger than another.
  public init(cells: [GapCell], orderingProbability: Double) {
    let candidates = cells.enumerated().compactMap { point, cell -> Candidate? in
      guard case .shown(let shown) = cell else { return nil }
      return Candidate(point: point, shown: shown)
    }.sorted {
      ($1.shown.need.expected, $0.point) < ($0.shown.need.expected, $1.point)
    }
    first = candidates.first
    guard let leader = candidates.first else {
      tied = []
      return
    }
    tied = candidates.dropFirst().filter { other in
      // The two needs share people; taking them for independent errs towards "cannot be told".
      let larger = Normal.probability(
        below: 0, mean: other.shown.need.expected - leader.shown.need.expected,
        variance: other.shown.need.variance + leader.shown.need.variance)
      return larger < orderingProbability
    }
  }
}

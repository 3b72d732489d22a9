/// How strongly an item measures one ability.
public struct Loading: Hashable, Sendable {
  /// The place of the ability in the prior's order.
  public var point: Int
  /// The slope of the item on it, in 1/logit.
  public var weight: Double

  /// Creates a loading.
  public init(point: Int, weight: Double) {
    self.point = point
    self.weight = weight
  }
}

/// One answered item with what it measures and what was scored.
///
/// An item that was skipped is left out; it has no score.
public struct ScoredResponse: Hashable, Sendable {
  /// What the item measures: η = Σ weight · ability, plus the effect of its testlet.
  public let loadings: [Loading]
  /// The item's response model.
  public let model: PartialCreditItem
  /// A number that is equal for items of one testlet (one scenario); nil for an item by itself.
  public let testlet: Int?
  /// The category scored, 0…`model.maximumScore`.
  public let score: Int

  /// Creates a scored response.
  ///
  /// - Parameters:
  ///   - loadings: at least one, each point at most once.
  ///   - model: the item's response model.
  ///   - testlet: a number for the scenario the item shares with others.
  ///   - score: the category scored.
  /// - Precondition: the score is one of the model's categories. Delivery checks what it reads.
  public init(loadings: [Loading], model: PartialCreditItem, testlet: Int?, score: Int) {
    precondition(!loadings.isEmpty, "an item measures at least one ability")
    precondition((0...model.maximumScore).contains(score), "the score is one of the categories")
    self.loadings = loadings
    self.model = model
    self.testlet = testlet
    self.score = score
  }

  /// The item's slope: the sum of its loadings.
  public var slope: Double { loadings.reduce(0) { $0 + $1.weight } }
}

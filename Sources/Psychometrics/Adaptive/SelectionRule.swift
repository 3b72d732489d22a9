/// How an adaptive test chooses its next item.
public enum SelectionRule: Hashable, Sendable {
  /// The most Fisher information at the estimated ability.
  case maximumInformation
  /// The most information on average over what is believed about the ability.
  ///
  /// Source: van der Linden (1998), *Bayesian item selection criteria for adaptive testing*,
  /// Psychometrika 63(2), 201–216.
  case posteriorWeighted
  /// One of the most informative few, at random.
  ///
  /// Source: Kingsbury & Zara (1989), Applied Measurement in Education 2(4), 359–375.
  case randomesque(Int)
  /// At first at random, towards the end of a test of this length by information.
  ///
  /// Source: Revuelta & Ponsoda (1998), *A comparison of item exposure control methods in
  /// computerized adaptive testing*, Journal of Educational Measurement 35(4), 311–327.
  case progressive(length: Int)
}

/// What keeps items from being given too often; frozen when a bank is published, so that a test
/// replays.
public struct ExposureControl: Hashable, Sendable {
  /// The largest share of tests an item may be in; items above it are not offered (restricted).
  public var maximumRate: Double?
  /// The share of earlier tests each item was in.
  public var rates: [Double]
  /// The probability with which an item that was chosen is also given (Sympson–Hetter); 1 without
  /// control.
  public var admission: [Double]

  /// Creates a control; nothing is controlled by default.
  public init(maximumRate: Double? = nil, rates: [Double] = [], admission: [Double] = []) {
    self.maximumRate = maximumRate
    self.rates = rates
    self.admission = admission
  }

  /// Whether an item may be offered.
  func allows(_ item: Int) -> Bool {
    guard let maximumRate, item < rates.count else { return true }
    return rates[item] < maximumRate
  }
}

/// When an adaptive test ends.
public struct StoppingRule: Hashable, Sendable {
  /// The cuts that divide abilities into classes, in logits, and how sure the class must be.
  public struct Classification: Hashable, Sendable {
    /// The cuts, rising.
    public var cuts: [Double]
    /// The posterior probability of the most probable class that is enough.
    public var certainty: Double

    /// Creates a rule.
    public init(cuts: [Double], certainty: Double) {
      self.cuts = cuts
      self.certainty = certainty
    }
  }

  /// The fewest scored items.
  public var minimumLength: Int
  /// The most scored items.
  public var maximumLength: Int
  /// The standard error that is small enough; nil when it does not matter.
  public var standardError: Double?
  /// The class that is sure enough; nil when it does not matter.
  public var classification: Classification?

  /// Creates a rule; a fixed length by default.
  public init(
    minimumLength: Int = 1, maximumLength: Int, standardError: Double? = nil,
    classification: Classification? = nil
  ) {
    self.minimumLength = minimumLength
    self.maximumLength = maximumLength
    self.standardError = standardError
    self.classification = classification
  }

  /// Whether a test may end.
  ///
  /// - Parameters:
  ///   - length: how many items are scored.
  ///   - standardError: the ability's standard error, in logits.
  ///   - nodes: the nodes of the posterior, in logits, rising.
  ///   - posterior: its probabilities, summing to 1.
  /// - Returns: true at the greatest length, or at a length allowed with one aim reached.
  public func isSatisfied(
    length: Int, standardError: Double, nodes: [Double], posterior: [Double]
  ) -> Bool {
    if length >= maximumLength { return true }
    guard length >= minimumLength else { return false }
    if let aim = self.standardError, standardError <= aim { return true }
    guard let classification else { return false }
    var shares = [Double](repeating: 0, count: classification.cuts.count + 1)
    for (node, probability) in zip(nodes, posterior) {
      shares[classification.cuts.count { $0 <= node }] += probability
    }
    return (shares.max() ?? 0) >= classification.certainty
  }
}

/// The parameters of items estimated from many persons' answers.
public struct Calibration: Hashable, Sendable {
  /// One item's parameters.
  public struct Item: Hashable, Sendable {
    /// The slope; for nominal items the slope of each option but the first stands in ``slopes``.
    public var slope: Double
    /// The slopes of a nominal item's options 1…C; otherwise empty.
    public var slopes: [Double] = []
    /// The intercepts: one for 1PL to 3PL, steps d_1…d_C for partial credit, boundaries for graded.
    public var intercepts: [Double]
    /// The lower asymptote of a 3PL item; otherwise 0.
    public var lowerAsymptote: Double = 0
    /// The standard error of each parameter (slopes, intercepts, asymptote), when asked for and
    /// when the information allows.
    public var standardErrors: [Double]?
    /// Whether the parameters were given, not estimated.
    public var isAnchor = false

    /// Creates an item's parameters.
    public init(
      slope: Double, slopes: [Double] = [], intercepts: [Double], lowerAsymptote: Double = 0
    ) {
      self.slope = slope
      self.slopes = slopes
      self.intercepts = intercepts
      self.lowerAsymptote = lowerAsymptote
    }
  }

  /// A group of persons.
  public struct Population: Hashable, Sendable {
    /// The mean ability, in logits; 0 for the reference group.
    public var mean: Double
    /// The standard deviation of ability; 1 for the reference group.
    public var standardDeviation: Double
  }

  /// Whether the search settled.
  public enum Convergence: Hashable, Sendable {
    /// The next step would have moved no parameter by the tolerance.
    case converged
    /// The limit of iterations was reached, or no step climbs any more.
    case iterationLimit
  }

  /// The family of the items.
  public var model: CalibrationModel
  /// The items, in the matrix's order.
  public var items: [Item]
  /// The groups of persons, the reference first.
  public var populations: [Population]
  /// How many persons answered anything.
  public var persons: Double
  /// The logarithm of the marginal likelihood at the estimates.
  public var logLikelihood: Double
  /// How many steps were taken.
  public var iterations: Int
  /// Whether they were enough.
  public var convergence: Convergence
  /// How far the next step would move the parameter it moves most.
  public var largestChange: Double
  /// The largest derivative of the log-likelihood at the estimates.
  public var largestGradient: Double
}

/// How a calibration is computed.
public struct CalibrationSettings: Sendable {
  /// The number of nodes, equally spaced.
  public var nodes = 61
  /// The nodes lie in [−range, range], in logits.
  public var range = 6.0
  /// Whether standard errors are wanted.
  public var standardErrors = false
  /// How many threads may work; the result does not depend on it.
  public var threads = 1
  /// How many steps may be taken.
  public var iterationLimit = 500
  /// A search has settled when its next step would move no parameter by this much.
  public var tolerance = 1e-9
  /// Items whose parameters are given, by their place; every group of persons is then free.
  public var anchors: [Int: Calibration.Item] = [:]

  /// The settings that stand where nothing else is said.
  public init() {}
}

/// What is told while a calibration runs.
public struct CalibrationProgress: Hashable, Sendable {
  /// The step, from 1.
  public var iteration: Int
  /// The log-likelihood there.
  public var logLikelihood: Double
  /// How far the step moved the parameter it moved most.
  public var largestChange: Double
}

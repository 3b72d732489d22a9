/// What a solver found out about a programme.
public struct SolverOutcome: Hashable, Sendable {
  /// How far it came.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// The least is found, within the gap asked for.
    case optimal
    /// The time ended; there may be values and a bound.
    case stopped
    /// No values keep to the rows: proven.
    case infeasible
  }

  /// How far it came.
  public var status: Status
  /// The best values found, in the order of the variables; nil when there are none.
  public var values: [Double]?
  /// The cost can be no less than this: proven; nil when nothing is.
  public var bound: Double?

  /// Creates an outcome.
  public init(status: Status, values: [Double]? = nil, bound: Double? = nil) {
    self.status = status
    self.values = values
    self.bound = bound
  }
}

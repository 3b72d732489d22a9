/// A linear programme with some variables that are 0 or 1: the least of Σ cᵢxᵢ under linear rows.
public struct MixedIntegerProgram: Hashable, Sendable {
  /// A variable.
  public struct Variable: Hashable, Sendable {
    /// Its name: letters, digits and underscores, beginning with a letter that is not `e`.
    public var name: String
    /// Whether it is 0 or 1 only.
    public var isBinary: Bool
    /// Its least value.
    public var lower: Double
    /// Its greatest value; nil when there is none.
    public var upper: Double?
    /// What one unit of it costs.
    public var cost: Double
  }

  /// How a row compares with its bound.
  public enum Relation: String, Hashable, Sendable, CaseIterable {
    /// At most.
    case atMost = "<="
    /// At least.
    case atLeast = ">="
    /// Exactly.
    case equal = "="
  }

  /// A number times a variable.
  public struct Term: Hashable, Sendable {
    /// The place of the variable.
    public var variable: Int
    /// What it is multiplied with.
    public var coefficient: Double

    /// Creates a term.
    public init(_ variable: Int, _ coefficient: Double) {
      self.variable = variable
      self.coefficient = coefficient
    }
  }

  /// A row: Σ aᵢxᵢ compared with a bound.
  public struct Row: Hashable, Sendable {
    /// The sum.
    public var terms: [Term]
    /// How it compares.
    public var relation: Relation
    /// With what.
    public var bound: Double
  }

  /// The variables.
  public private(set) var variables: [Variable] = []
  /// The rows.
  public private(set) var rows: [Row] = []

  /// Creates a programme without variables.
  public init() {}

  /// Adds a variable that is 0 or 1.
  ///
  /// - Returns: its place.
  public mutating func addBinary(_ name: String, cost: Double = 0) -> Int {
    variables.append(Variable(name: name, isBinary: true, lower: 0, upper: 1, cost: cost))
    return variables.count - 1
  }

  /// Adds a variable of real values.
  ///
  /// - Returns: its place.
  public mutating func addReal(
    _ name: String, from lower: Double = 0, to upper: Double? = nil, cost: Double = 0
  ) -> Int {
    variables.append(
      Variable(name: name, isBinary: false, lower: lower, upper: upper, cost: cost))
    return variables.count - 1
  }

  /// Adds a row; terms of 0 are left out.
  public mutating func addRow(_ terms: [Term], _ relation: Relation, _ bound: Double) {
    rows.append(
      Row(terms: terms.filter { $0.coefficient != 0 }, relation: relation, bound: bound))
  }

  /// Gives a variable another cost.
  public mutating func setCost(_ cost: Double, of variable: Int) {
    variables[variable].cost = cost
  }

  /// Σ cᵢxᵢ.
  public func cost(of values: [Double]) -> Double {
    zip(variables, values).reduce(0) { $0 + $1.0.cost * $1.1 }
  }

  /// Whether values keep to every row, bound and whole number.
  public func allows(_ values: [Double], tolerance: Double = 1e-6) -> Bool {
    guard values.count == variables.count else { return false }
    for (variable, value) in zip(variables, values) {
      guard value >= variable.lower - tolerance, value <= (variable.upper ?? .infinity) + tolerance
      else { return false }
      if variable.isBinary, (value - value.rounded()).magnitude > tolerance { return false }
    }
    return rows.allSatisfy { row in
      let sum = row.terms.reduce(0) { $0 + $1.coefficient * values[$1.variable] }
      return switch row.relation {
      case .atMost: sum <= row.bound + tolerance
      case .atLeast: sum >= row.bound - tolerance
      case .equal: (sum - row.bound).magnitude <= tolerance
      }
    }
  }
}

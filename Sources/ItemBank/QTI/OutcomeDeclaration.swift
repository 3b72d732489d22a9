/// A variable that response processing sets.
public struct OutcomeDeclaration: Hashable, Sendable {
  /// The variable's identifier, such as `SCORE`, `MAXSCORE` or `FEEDBACK`.
  public var identifier: String
  /// How many values it holds.
  public var cardinality: Cardinality
  /// The type of its values; nil for a record.
  public var baseType: BaseType?
  /// The value it starts from, empty when the item gives none.
  public var defaultValue: [BaseValue]
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates a declaration.
  public init(
    identifier: String, cardinality: Cardinality, baseType: BaseType?,
    defaultValue: [BaseValue] = [], line: Int = 0
  ) {
    self.identifier = identifier
    self.cardinality = cardinality
    self.baseType = baseType
    self.defaultValue = defaultValue
    self.line = line
  }

  /// The value before response processing: a single number without a default starts at 0.
  public var initialValue: OutcomeValue {
    if cardinality != .single { return defaultValue.isEmpty ? .null : .container(defaultValue) }
    if let value = defaultValue.first { return .single(value) }
    return switch baseType {
    case .float: .single(.float(0))
    case .integer: .single(.integer(0))
    default: .null
    }
  }
}

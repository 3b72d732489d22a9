/// What a response variable may hold, what is right and what each answer is worth.
public struct ResponseDeclaration: Hashable, Sendable {
  /// The variable's identifier, usually `RESPONSE`.
  public var identifier: String
  /// How many values it holds.
  public var cardinality: Cardinality
  /// The type of its values.
  public var baseType: BaseType
  /// The value it has when the candidate did not touch the interaction; usually none.
  public var defaultValue: [BaseValue]
  /// The right answer, empty when there is none; in order if the cardinality is ordered.
  public var correctResponse: [BaseValue]
  /// What each answer is worth, when the item says so.
  public var mapping: Mapping?
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates a declaration.
  public init(
    identifier: String, cardinality: Cardinality, baseType: BaseType,
    defaultValue: [BaseValue] = [], correctResponse: [BaseValue] = [], mapping: Mapping? = nil,
    line: Int = 0
  ) {
    self.identifier = identifier
    self.cardinality = cardinality
    self.baseType = baseType
    self.defaultValue = defaultValue
    self.correctResponse = correctResponse
    self.mapping = mapping
    self.line = line
  }
}

/// What each answer is worth.
public struct Mapping: Hashable, Sendable {
  /// One answer and its worth.
  public struct Entry: Hashable, Sendable {
    /// The answer.
    public var key: BaseValue
    /// Its worth, finite.
    public var value: Double
    /// Whether a text must agree in letter case; nil when the item does not say.
    ///
    /// Identifiers always must.
    public var isCaseSensitive: Bool?

    /// Creates an entry.
    public init(key: BaseValue, value: Double, isCaseSensitive: Bool? = nil) {
      self.key = key
      self.value = value
      self.isCaseSensitive = isCaseSensitive
    }
  }

  /// The answers that have a worth of their own, in the item's order.
  public var entries: [Entry]
  /// The worth of any other answer.
  public var defaultValue: Double
  /// The least the sum can be.
  public var lowerBound: Double?
  /// The most the sum can be.
  public var upperBound: Double?

  /// Creates a mapping.
  public init(
    entries: [Entry], defaultValue: Double = 0, lowerBound: Double? = nil,
    upperBound: Double? = nil
  ) {
    self.entries = entries
    self.defaultValue = defaultValue
    self.lowerBound = lowerBound
    self.upperBound = upperBound
  }
}

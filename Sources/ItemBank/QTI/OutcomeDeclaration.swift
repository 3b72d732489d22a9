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
  /// The table that `lookupOutcomeValue` reads; nil when there is none.
  public var lookupTable: LookupTable?
  /// The line of the item file it begins on.
  public var line: Int

  /// Creates a declaration.
  public init(
    identifier: String, cardinality: Cardinality, baseType: BaseType?,
    defaultValue: [BaseValue] = [], lookupTable: LookupTable? = nil, line: Int = 0
  ) {
    self.identifier = identifier
    self.cardinality = cardinality
    self.baseType = baseType
    self.defaultValue = defaultValue
    self.lookupTable = lookupTable
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

/// What a number stands for, such as a grade for a score.
public struct LookupTable: Hashable, Sendable {
  /// How a number finds its entry.
  public enum Kind: Hashable, Sendable {
    /// By being equal to it.
    case match
    /// By reaching it: the first entry that is not above the number.
    case interpolation
  }

  /// One line of the table.
  public struct Entry: Hashable, Sendable {
    /// The number.
    public var source: Double
    /// Whether the number itself reaches the entry, in an interpolation table.
    public var includesBoundary: Bool
    /// What it stands for.
    public var target: BaseValue

    /// Creates an entry.
    public init(source: Double, includesBoundary: Bool = true, target: BaseValue) {
      self.source = source
      self.includesBoundary = includesBoundary
      self.target = target
    }
  }

  /// How a number finds its entry.
  public var kind: Kind
  /// The entries, in the order of the file.
  public var entries: [Entry]
  /// What any other number stands for; nil for no value.
  public var defaultValue: BaseValue?

  /// Creates a table.
  public init(kind: Kind, entries: [Entry], defaultValue: BaseValue? = nil) {
    self.kind = kind
    self.entries = entries
    self.defaultValue = defaultValue
  }

  /// What a number stands for.
  ///
  /// - Parameter number: the number, or nil for no value, which no entry is for.
  /// - Returns: the target of the first entry for it, or else the default value.
  public func target(of number: Double?) -> BaseValue? {
    guard let number else { return defaultValue }
    let entry = entries.first { entry in
      switch kind {
      case .match: entry.source == number
      case .interpolation:
        entry.source < number || (entry.includesBoundary && entry.source == number)
      }
    }
    return entry?.target ?? defaultValue
  }
}

/// What a candidate answered to one interaction.
///
/// The shape is that of the PCI JSON form: a list does not say whether its order matters, the
/// response declaration does.
public enum ResponseValue: Hashable, Sendable {
  /// No answer.
  case null
  /// One value.
  case single(BaseValue)
  /// Any number of values of one base type.
  case list(BaseType, [BaseValue])

  /// The answer that chooses one choice.
  public static func choice(_ identifier: SimpleChoice.ID) -> ResponseValue {
    .single(.identifier(identifier.rawValue))
  }

  /// The answer that chooses several choices.
  public static func choices(_ identifiers: [SimpleChoice.ID]) -> ResponseValue {
    .list(.identifier, identifiers.map { .identifier($0.rawValue) })
  }

  /// The values, none for no answer.
  public var values: [BaseValue] {
    switch self {
    case .null: []
    case .single(let value): [value]
    case .list(_, let values): values
    }
  }

  /// The identifiers among the values: the choices taken in a choice interaction.
  public var identifiers: [String] {
    values.compactMap { value in
      if case .identifier(let identifier) = value { identifier } else { nil }
    }
  }
}

/// The value of an outcome variable after response processing.
public enum OutcomeValue: Hashable, Sendable {
  /// No value.
  case null
  /// One value.
  case single(BaseValue)
  /// Any number of values; in the variable's order if its cardinality is ordered.
  case container([BaseValue])

  /// The value as a number, when it is a single one.
  public var number: Double? {
    if case .single(let value) = self { value.number } else { nil }
  }

  /// The values, none for no value.
  public var values: [BaseValue] {
    switch self {
    case .null: []
    case .single(let value): [value]
    case .container(let values): values
    }
  }
}

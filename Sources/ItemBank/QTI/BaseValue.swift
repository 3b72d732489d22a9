/// The base types of QTI, in QTI's spelling.
public enum BaseType: String, Hashable, Sendable, CaseIterable {
  /// True or false.
  case boolean
  /// Two identifiers, the first pointing at the second.
  case directedPair
  /// A length of time in seconds.
  case duration
  /// A file; never accepted as a response.
  case file
  /// A number.
  case float
  /// The identifier of a choice or of an outcome.
  case identifier
  /// A whole number.
  case integer
  /// Two identifiers without order.
  case pair
  /// A position in a picture.
  case point
  /// A text.
  case string
  /// An address.
  case uri
}

/// One value of a base type.
public enum BaseValue: Hashable, Sendable {
  /// True or false.
  case boolean(Bool)
  /// A source and its target.
  case directedPair(String, String)
  /// A length of time in seconds.
  case duration(Double)
  /// A finite number.
  case float(Double)
  /// An identifier, without surrounding white space.
  case identifier(String)
  /// A whole number.
  case integer(Int)
  /// Two identifiers without order: the smaller one comes first.
  case pair(String, String)
  /// A position in a picture, in pixels from its upper left corner.
  case point(Int, Int)
  /// A text, as the candidate wrote it.
  case string(String)
  /// An address.
  case uri(String)

  /// The base type of the value.
  public var baseType: BaseType {
    switch self {
    case .boolean: .boolean
    case .directedPair: .directedPair
    case .duration: .duration
    case .float: .float
    case .identifier: .identifier
    case .integer: .integer
    case .pair: .pair
    case .point: .point
    case .string: .string
    case .uri: .uri
    }
  }

  /// The value as a number, when it is one.
  public var number: Double? {
    switch self {
    case .float(let value), .duration(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// A pair whose two identifiers are put in one order, so that equal pairs are equal values.
  static func unordered(_ first: String, _ second: String) -> BaseValue {
    first <= second ? .pair(first, second) : .pair(second, first)
  }
}

/// How many values a variable holds.
public enum Cardinality: String, Hashable, Sendable, CaseIterable {
  /// One value.
  case single
  /// Any number of values without order.
  case multiple
  /// Any number of values in order.
  case ordered
  /// Named values; not supported in responses.
  case record
}

/// The value of a variable or an expression while outcomes are worked out.
///
/// An empty text and an empty container are no value at all.
enum ProcessingValue: Hashable, Sendable {
  case null
  case single(BaseValue)
  case multiple([BaseValue])
  case ordered([BaseValue])

  /// The most values a container holds; a larger one is no value.
  ///
  /// Rules can double a container over and over.
  static let largestContainer = 500

  /// Makes a value of those a variable holds.
  ///
  /// - Parameters:
  ///   - values: the values, none for no value.
  ///   - cardinality: the variable's; of a single one only the first value counts.
  init(_ values: [BaseValue], _ cardinality: Cardinality) {
    guard let first = values.first, values.count <= Self.largestContainer else {
      self = .null
      return
    }
    switch cardinality {
    case .single: self = first == .string("") ? .null : .single(first)
    case .multiple: self = .multiple(values)
    case .ordered: self = .ordered(values)
    case .record: self = .null
    }
  }

  /// The values, none for no value.
  var values: [BaseValue] {
    switch self {
    case .null: []
    case .single(let value): [value]
    case .multiple(let values), .ordered(let values): values
    }
  }

  /// Whether there is no value.
  var isNull: Bool { self == .null }

  /// The value, when it is a single one.
  var only: BaseValue? {
    if case .single(let value) = self { value } else { nil }
  }

  /// The value as a number, when it is a single one.
  var number: Double? { only?.number }

  /// The value as true or false; nil for no value and for any other.
  var truth: Bool? {
    if case .single(.boolean(let value)) = self { value } else { nil }
  }

  /// The value as a text, when it is a single one that has a text.
  var text: String? {
    switch only {
    case .string(let text), .identifier(let text), .uri(let text): text
    default: nil
    }
  }

  /// A truth, or no value.
  static func truth(_ value: Bool?) -> ProcessingValue {
    value.map { .single(.boolean($0)) } ?? .null
  }

  /// A number, or no value when it is not finite.
  static func number(_ value: Double?) -> ProcessingValue {
    guard let value, value.isFinite else { return .null }
    return .single(.float(value))
  }

  /// A whole number, or no value.
  static func whole(_ value: Int?) -> ProcessingValue {
    value.map { .single(.integer($0)) } ?? .null
  }
}

extension BaseValue {
  /// Whether two values are the same; whole numbers and others are compared as numbers.
  func isSame(as other: BaseValue) -> Bool {
    if let first = number, let second = other.number { return first == second }
    return self == other
  }
}

extension [BaseValue] {
  /// Whether every value of another list is here, each as often as there.
  func includes(_ others: [BaseValue]) -> Bool {
    var left = self
    for value in others {
      guard let place = left.firstIndex(where: { $0.isSame(as: value) }) else { return false }
      left.remove(at: place)
    }
    return true
  }

  /// Whether another list stands here, value by value, without a gap.
  func includesInOrder(_ others: [BaseValue]) -> Bool {
    guard others.count <= count else { return false }
    return (0...(count - others.count)).contains { start in
      zip(self[start...], others).allSatisfy { $0.isSame(as: $1) }
    }
  }
}

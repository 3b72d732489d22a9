/// A statement in the part of SQL that SQLite 3.40 and PostgreSQL 15 share: text and bindings, with
/// the few words in which the two differ left for the engine to write.
///
/// An interpolated value is always a binding, never text, so no value can change a statement.
struct SQL: ExpressibleByStringInterpolation, Sendable {
  /// A word that each engine writes in its own way.
  enum DialectWord: Sendable {
    /// The type of whole numbers of 64 bits.
    case integer
    /// The type of numbers of double precision.
    case real
    /// The type of byte strings.
    case blob
    /// What follows the column list of a table whose types are enforced.
    case strict
  }

  /// A piece of a statement.
  enum Element: Sendable {
    case text(String)
    case value(SQLValue)
    case word(DialectWord)
  }

  var elements: [Element]

  init(stringLiteral value: String) {
    elements = [.text(value)]
  }

  init(stringInterpolation: StringInterpolation) {
    elements = stringInterpolation.elements
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var elements: [Element] = []

    init(literalCapacity: Int, interpolationCount: Int) {
      elements.reserveCapacity(2 * interpolationCount + 1)
    }

    mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { elements.append(.text(literal)) }
    }

    mutating func appendInterpolation(_ value: String?) {
      elements.append(.value(value.map(SQLValue.text) ?? .null))
    }

    mutating func appendInterpolation(_ value: Int?) {
      elements.append(.value(value.map { .integer(Int64($0)) } ?? .null))
    }

    mutating func appendInterpolation(_ value: Int64?) {
      elements.append(.value(value.map(SQLValue.integer) ?? .null))
    }

    mutating func appendInterpolation(_ value: Double?) {
      elements.append(.value(value.map(SQLValue.real) ?? .null))
    }

    mutating func appendInterpolation(_ value: [UInt8]?) {
      elements.append(.value(value.map(SQLValue.blob) ?? .null))
    }

    /// The values of an IN, in parentheses; no value is in the empty list.
    mutating func appendInterpolation(list: [String]) {
      elements.append(.text("("))
      for (place, value) in list.enumerated() {
        if place > 0 { elements.append(.text(", ")) }
        elements.append(.value(.text(value)))
      }
      elements.append(.text(list.isEmpty ? "NULL)" : ")"))
    }

    mutating func appendInterpolation(word: DialectWord) {
      elements.append(.word(word))
    }
  }
}

/// A value that a column holds.
enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

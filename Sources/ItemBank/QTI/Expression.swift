/// An expression of response or outcome processing.
indirect enum Expression: Hashable, Sendable {
  /// A variable, found when the rules were read.
  enum Variable: Hashable, Sendable {
    /// A response variable, by its place among the declarations.
    case response(Int)
    /// An outcome variable, by its place among the declarations.
    case outcome(Int)
    /// The built-in `numAttempts`, which is 1 here.
    case numberOfAttempts
    /// The built-in `completionStatus`, which is `completed` here.
    case completionStatus
    /// An outcome of an item of a test, by the reference's identifier, times a weight.
    case item(reference: String, outcome: String, weight: String?)
  }

  /// A fixed value, or a variable that holds a whole number.
  enum Count: Hashable, Sendable {
    case fixed(Int)
    case variable(Variable)
  }

  case value(BaseValue)
  case null
  case variable(Variable)
  case correct(response: Int)
  case `default`(Variable)
  case mapResponse(response: Int)
  case testVariables(TestVariables)
  case not(Expression)
  case and([Expression])
  case or([Expression])
  case isNull(Expression)
  case match(Expression, Expression)
  case equal(Tolerance, Expression, Expression)
  case equalRounded(Rounding, Expression, Expression)
  case compare(Comparison, Expression, Expression)
  case fold(Fold, [Expression])
  case arithmetic(Arithmetic, Expression, Expression)
  case round(Expression)
  case truncate(Expression)
  case container(Cardinality, [Expression])
  case member(Expression, Expression)
  case contains(Expression, Expression)
  case index(Count, Expression)
  case containerSize(Expression)
  case substring(caseSensitive: Bool, Expression, Expression)
  case stringMatch(caseSensitive: Bool, substring: Bool, Expression, Expression)

  enum Comparison: Hashable, Sendable { case less, lessOrEqual, greater, greaterOrEqual }
  enum Fold: Hashable, Sendable { case sum, product, minimum, maximum }
  enum Arithmetic: Hashable, Sendable { case subtract, divide, integerDivide, modulus, power }

  /// How far apart two equal numbers may be.
  struct Tolerance: Hashable, Sendable {
    enum Mode: String { case exact, absolute, relative }
    var mode = Mode.exact
    /// Below the first number: its unit for absolute, per cent of it for relative.
    var below = 0.0
    /// Above the first number.
    var above = 0.0
    var includesLowerBound = true
    var includesUpperBound = true
  }

  /// How numbers are rounded before they are compared.
  struct Rounding: Hashable, Sendable {
    enum Mode: String { case significantFigures, decimalPlaces }
    var mode: Mode
    var figures: Int
  }

  /// Which outcomes of which items of a test.
  struct TestVariables: Hashable, Sendable {
    var outcome: String
    var section: String?
    var includedCategories: [String]
    var excludedCategories: [String]
    var weight: String?
  }
}

extension Expression {
  /// The expressions it is made of.
  var operands: [Expression] {
    switch self {
    case .value, .null, .variable, .correct, .default, .mapResponse, .testVariables: []
    case .not(let one), .isNull(let one), .round(let one), .truncate(let one),
      .containerSize(let one), .index(_, let one):
      [one]
    case .and(let list), .or(let list), .fold(_, let list), .container(_, let list): list
    case .match(let first, let second), .equal(_, let first, let second),
      .equalRounded(_, let first, let second), .compare(_, let first, let second),
      .arithmetic(_, let first, let second), .member(let first, let second),
      .contains(let first, let second), .substring(_, let first, let second),
      .stringMatch(_, _, let first, let second):
      [first, second]
    }
  }

  /// The expression and all within it.
  var all: [Expression] { [self] + operands.flatMap(\.all) }
}

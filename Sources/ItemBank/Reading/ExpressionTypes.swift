import Diagnostics

/// What is known of an expression's value before anything is scored.
private struct ExpressionType {
  /// How many values; nil when it is not known.
  var cardinality: Cardinality?
  /// Their type; nil when it is not known.
  var baseType: BaseType?

  /// Whether two values could be the same.
  func agrees(with other: ExpressionType) -> Bool {
    if let cardinality, let others = other.cardinality, cardinality != others { return false }
    return agreesInBaseType(with: other)
  }

  func agreesInBaseType(with other: ExpressionType) -> Bool {
    guard let baseType, let others = other.baseType, baseType != others else { return true }
    let numbers: Set<BaseType> = [.float, .integer, .duration]
    return numbers.contains(baseType) && numbers.contains(others)
  }
}

extension RuleReader {
  /// Warns of a comparison that can never be true, for the types of its operands.
  mutating func warnOfTypes(_ element: XMLElement, _ first: Expression, _ second: Expression) {
    let (one, other) = (type(of: first), type(of: second))
    let fits =
      element.name == "qti-member" ? one.agreesInBaseType(with: other) : one.agrees(with: other)
    if fits { return }
    note {
      $0.warning(
        "expression-type", line: element.line,
        Text(
          "\(element.name) 比较的两个值类型不同，永远不相等。",
          "The two values \(element.name) compares are of different types and never equal."),
        remedy: Text(
          "请统一两边的 base-type 与 cardinality。", "Make base-type and cardinality of both the same."))
    }
  }

  private func type(of expression: Expression) -> ExpressionType {
    switch expression {
    case .value(let value): ExpressionType(cardinality: .single, baseType: value.baseType)
    case .variable(.response(let place)), .correct(let place), .default(.response(let place)):
      ExpressionType(
        cardinality: responses[place].cardinality, baseType: responses[place].baseType)
    case .variable(.outcome(let place)), .default(.outcome(let place)):
      ExpressionType(
        cardinality: outcomes[place].cardinality, baseType: outcomes[place].baseType)
    case .container(let cardinality, let members):
      ExpressionType(
        cardinality: cardinality, baseType: members.first.flatMap { type(of: $0).baseType })
    case .mapResponse: ExpressionType(cardinality: .single, baseType: .float)
    default: ExpressionType()
    }
  }
}

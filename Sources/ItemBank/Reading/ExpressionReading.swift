import Diagnostics

extension RuleReader {
  /// Reads an expression.
  ///
  /// - Returns: the expression, or nil when it cannot be used, which is noted.
  mutating func expression(_ element: XMLElement, depth: Int) -> Expression? {
    guard take(element, depth: depth) else { return nil }
    switch element.name {
    case "qti-base-value": return baseValue(element)
    case "qti-null": return .null
    case "qti-variable": return variable(element).map { .variable($0) }
    case "qti-default": return variable(element).map { .default($0) }
    case "qti-correct": return response(element).map { .correct(response: $0) }
    case "qti-map-response": return response(element).map { .mapResponse(response: $0) }
    case "qti-test-variables" where references != nil: return testVariables(element)
    default:
      return unary(element, depth: depth) ?? binary(element, depth: depth)
        ?? list(element, depth: depth)
    }
  }

  /// Reads what an expression is made of.
  ///
  /// - Returns: the operands, or nil when they are too few, too many or faulty, which is noted.
  mutating func operands(
    of element: XMLElement, count: ClosedRange<Int>, depth: Int
  ) -> [Expression]? {
    let children = element.elements
    guard count.contains(children.count) else {
      noteOperands(element)
      return nil
    }
    var operands: [Expression] = []
    for child in children {
      guard let operand = expression(child, depth: depth + 1) else { return nil }
      operands.append(operand)
    }
    return operands
  }

  private mutating func unary(_ element: XMLElement, depth: Int) -> Expression? {
    guard Self.unaryNames.contains(element.name),
      let one = operands(of: element, count: 1...1, depth: depth)?.first
    else { return nil }
    switch element.name {
    case "qti-not": return .not(one)
    case "qti-is-null": return .isNull(one)
    case "qti-round": return .round(one)
    case "qti-truncate": return .truncate(one)
    case "qti-container-size": return .containerSize(one)
    default: return place(element).map { .index($0, one) }
    }
  }

  private mutating func binary(_ element: XMLElement, depth: Int) -> Expression? {
    guard Self.binaryNames.contains(element.name),
      let both = operands(of: element, count: 2...2, depth: depth)
    else { return nil }
    let (first, second) = (both[0], both[1])
    switch element.name {
    case "qti-match":
      warnOfFloats(element, both)
      warnOfTypes(element, first, second)
      return .match(first, second)
    case "qti-member":
      warnOfTypes(element, first, second)
      return .member(first, second)
    case "qti-contains":
      warnOfTypes(element, first, second)
      return .contains(first, second)
    case "qti-equal": return tolerance(element).map { .equal($0, first, second) }
    case "qti-equal-rounded": return rounding(element).map { .equalRounded($0, first, second) }
    case "qti-lt": return .compare(.less, first, second)
    case "qti-lte": return .compare(.lessOrEqual, first, second)
    case "qti-gt": return .compare(.greater, first, second)
    case "qti-gte": return .compare(.greaterOrEqual, first, second)
    case "qti-subtract": return .arithmetic(.subtract, first, second)
    case "qti-divide": return .arithmetic(.divide, first, second)
    case "qti-integer-divide": return .arithmetic(.integerDivide, first, second)
    case "qti-integer-modulus": return .arithmetic(.modulus, first, second)
    case "qti-power": return .arithmetic(.power, first, second)
    case "qti-substring":
      return .substring(caseSensitive: flag("case-sensitive", element, true), first, second)
    default:
      return .stringMatch(
        caseSensitive: flag("case-sensitive", element, true),
        substring: flag("substring", element, false), first, second)
    }
  }

  private static let binaryNames: Set<String> = [
    "qti-match", "qti-member", "qti-contains", "qti-equal", "qti-equal-rounded", "qti-lt",
    "qti-lte", "qti-gt", "qti-gte", "qti-subtract", "qti-divide", "qti-integer-divide",
    "qti-integer-modulus", "qti-power", "qti-substring", "qti-string-match",
  ]

  private static let unaryNames: Set<String> = [
    "qti-not", "qti-is-null", "qti-round", "qti-truncate", "qti-container-size", "qti-index",
  ]

  private mutating func list(_ element: XMLElement, depth: Int) -> Expression? {
    // Faults of these have been noted.
    if Self.binaryNames.contains(element.name) || Self.unaryNames.contains(element.name) {
      return nil
    }
    let isContainer = element.name == "qti-multiple" || element.name == "qti-ordered"
    let make: ([Expression]) -> Expression
    switch element.name {
    case "qti-and": make = Expression.and
    case "qti-or": make = Expression.or
    case "qti-sum": make = { .fold(.sum, $0) }
    case "qti-product": make = { .fold(.product, $0) }
    case "qti-min": make = { .fold(.minimum, $0) }
    case "qti-max": make = { .fold(.maximum, $0) }
    case "qti-multiple": make = { .container(.multiple, $0) }
    case "qti-ordered": make = { .container(.ordered, $0) }
    default:
      noteUnknown(element)
      return nil
    }
    return operands(of: element, count: (isContainer ? 0 : 1)...Int.max, depth: depth).map(make)
  }

  private mutating func flag(_ name: String, _ element: XMLElement, _ value: Bool) -> Bool {
    read { $0.flag(name, of: element, default: value) }
  }

  /// Numbers with decimals are seldom equal to the last digit.
  private mutating func warnOfFloats(_ element: XMLElement, _ operands: [Expression]) {
    let isFloat = operands.contains { operand in
      switch operand {
      case .value(.float): true
      case .variable(.response(let place)), .correct(let place):
        responses[place].baseType == .float
      default: false
      }
    }
    guard isFloat else { return }
    note {
      $0.warning(
        "float-match", line: element.line,
        Text("用 qti-match 比较小数，要求完全相等。", "qti-match compares decimal numbers exactly."),
        remedy: Text("请改用 qti-equal 并写明容差。", "Use qti-equal with a tolerance."))
    }
  }
}

import Foundation

extension ProcessingScope {
  /// Works out an expression of numbers; any other has no value.
  func number(of expression: Expression) -> ProcessingValue {
    switch expression {
    case .equal(let tolerance, let first, let second):
      .truth(compare(first, second) { tolerance.accepts($1, for: $0) })
    case .equalRounded(let rounding, let first, let second):
      .truth(compare(first, second) { rounding.rounded($0) == rounding.rounded($1) })
    case .compare(let comparison, let first, let second):
      .truth(compare(first, second) { comparison.holds($0, $1) })
    case .fold(let fold, let list): folded(fold, list.map { value(of: $0) })
    case .arithmetic(let operation, let first, let second):
      operation.result(value(of: first), value(of: second))
    case .round(let one): .whole(value(of: one).number.flatMap { Int(exactly: $0.roundedHalfUp) })
    case .truncate(let one):
      .whole(value(of: one).number.flatMap { Int(exactly: $0.rounded(.towardZero)) })
    default: .null
    }
  }

  private func compare(
    _ first: Expression, _ second: Expression, by holds: (Double, Double) -> Bool
  ) -> Bool? {
    guard let first = value(of: first).number, let second = value(of: second).number else {
      return nil
    }
    return holds(first, second)
  }

  private func folded(
    _ fold: Expression.Fold, _ operands: [ProcessingValue]
  ) -> ProcessingValue {
    let values = operands.flatMap(\.values)
    let numbers = values.compactMap(\.number)
    guard !operands.contains(.null), numbers.count == values.count else { return .null }
    let wholes = values.compactMap { value in
      if case .integer(let whole) = value { whole } else { nil }
    }
    return wholes.count == values.count
      ? .whole(fold.result(wholes)) : .number(fold.result(numbers))
  }
}

extension Expression.Fold {
  fileprivate func result(_ numbers: [Double]) -> Double? {
    switch self {
    case .sum: numbers.reduce(0, +)
    case .product: numbers.reduce(1, *)
    case .minimum: numbers.min()
    case .maximum: numbers.max()
    }
  }

  /// The result in whole numbers; nil when it is too large for one.
  fileprivate func result(_ numbers: [Int]) -> Int? {
    switch self {
    case .sum: numbers.reduce(0) { $0?.adding($1) }
    case .product: numbers.reduce(1) { $0?.multiplied($1) }
    case .minimum: numbers.min()
    case .maximum: numbers.max()
    }
  }
}

extension Int {
  fileprivate func adding(_ other: Int) -> Int? {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? nil : sum
  }

  fileprivate func multiplied(_ other: Int) -> Int? {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? nil : product
  }
}

extension Expression.Comparison {
  fileprivate func holds(_ first: Double, _ second: Double) -> Bool {
    switch self {
    case .less: first < second
    case .lessOrEqual: first <= second
    case .greater: first > second
    case .greaterOrEqual: first >= second
    }
  }
}

extension Expression.Arithmetic {
  fileprivate func result(
    _ first: ProcessingValue, _ second: ProcessingValue
  ) -> ProcessingValue {
    guard let one = first.number, let other = second.number else { return .null }
    switch self {
    case .subtract:
      if case .single(.integer(let one)) = first, case .single(.integer(let other)) = second {
        let (difference, overflow) = one.subtractingReportingOverflow(other)
        return .whole(overflow ? nil : difference)
      }
      return .number(one - other)
    case .divide: return .number(other == 0 ? nil : one / other)
    case .power: return .number(pow(one, other))
    case .integerDivide:
      return .whole(other == 0 ? nil : Int(exactly: (one / other).rounded(.down)))
    case .modulus:
      return .whole(
        other == 0 ? nil : Int(exactly: one - other * (one / other).rounded(.down)))
    }
  }
}

extension Expression.Tolerance {
  /// Whether a number is near enough to another.
  ///
  /// Bounds are decimal numbers in the item: what their binary sum is off by does not count.
  func accepts(_ number: Double, for target: Double) -> Bool {
    var (lower, upper) = (target, target)
    switch mode {
    case .exact: return number == target
    case .absolute: (lower, upper) = (target - below, target + above)
    case .relative:
      // Of a number below 0 the two ends change places.
      let ends = (target * (1 - below / 100), target * (1 + above / 100))
      (lower, upper) = (min(ends.0, ends.1), max(ends.0, ends.1))
    }
    let slack = 8 * max(number.magnitude, target.magnitude, below, above).ulp
    let isAbove = includesLowerBound ? number >= lower - slack : number > lower + slack
    let isBelow = includesUpperBound ? number <= upper + slack : number < upper - slack
    return isAbove && isBelow
  }
}

extension Expression.Rounding {
  /// A number rounded, a half upwards.
  func rounded(_ number: Double) -> Double {
    var places = figures
    if mode == .significantFigures {
      guard number != 0 else { return 0 }
      places = figures - 1 - Int(log10(number.magnitude).rounded(.down))
    }
    let scale = pow(10, Double(places.magnitude))
    let scaled = places >= 0 ? number * scale : number / scale
    guard scaled.isFinite else { return number }
    // 3.175 is a little less in binary, yet it is meant as a half.
    let result = (scaled + 4 * scaled.ulp).roundedHalfUp
    return places >= 0 ? result / scale : result * scale
  }
}

extension Double {
  /// The nearest whole number; of two the greater.
  fileprivate var roundedHalfUp: Double {
    let floor = rounded(.down)
    return self - floor >= 0.5 ? floor + 1 : floor
  }
}

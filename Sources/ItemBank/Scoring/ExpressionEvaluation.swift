extension ProcessingScope {
  /// Works out an expression.
  ///
  /// Nothing here fails: what has no value by QTI's rules, such as a quotient by 0 or a sum with a
  /// missing number, is no value.
  func value(of expression: Expression) -> ProcessingValue {
    switch expression {
    case .value(let value): ProcessingValue([value], .single)
    case .null: .null
    case .variable(let variable): value(of: variable)
    case .correct(let place): correctResponse(place)
    case .default(let variable): initialValue(of: variable)
    case .mapResponse(let place): worth(ofResponse: place)
    case .testVariables(let wanted): values(of: wanted)
    case .not(let one): .truth(value(of: one).truth.map { !$0 })
    case .and(let list): .truth(all(list))
    case .or(let list): .truth(any(list))
    case .isNull(let one): .truth(value(of: one).isNull)
    case .match(let first, let second): .truth(isMatch(value(of: first), value(of: second)))
    case .member(let first, let second): .truth(isMember(value(of: first), value(of: second)))
    case .contains(let first, let second): .truth(contains(value(of: first), value(of: second)))
    case .substring(let caseSensitive, let first, let second):
      .truth(isText(value(of: first), in: value(of: second), caseSensitive))
    case .stringMatch(let caseSensitive, let substring, let first, let second):
      substring
        ? .truth(isText(value(of: second), in: value(of: first), caseSensitive))
        : .truth(isText(value(of: first), equalTo: value(of: second), caseSensitive))
    case .container(let cardinality, let list):
      ProcessingValue(list.flatMap { value(of: $0).values }, cardinality)
    case .containerSize(let one): .whole(value(of: one).values.count)
    case .index(let count, let one): element(count, of: value(of: one))
    case .equal, .equalRounded, .compare, .fold, .arithmetic, .round, .truncate:
      number(of: expression)
    }
  }

  /// Whether all are true; nil when one has no value and the others are true.
  private func all(_ list: [Expression]) -> Bool? {
    var isUnknown = false
    for expression in list {
      guard let truth = value(of: expression).truth else {
        isUnknown = true
        continue
      }
      if !truth { return false }
    }
    return isUnknown ? nil : true
  }

  /// Whether one is true; nil when one has no value and the others are false.
  private func any(_ list: [Expression]) -> Bool? {
    var isUnknown = false
    for expression in list {
      guard let truth = value(of: expression).truth else {
        isUnknown = true
        continue
      }
      if truth { return true }
    }
    return isUnknown ? nil : false
  }

  private func isMatch(_ first: ProcessingValue, _ second: ProcessingValue) -> Bool? {
    switch (first, second) {
    case (.null, _), (_, .null): nil
    case (.single(let one), .single(let other)): one.isSame(as: other)
    case (.ordered(let one), .ordered(let other)):
      one.count == other.count && zip(one, other).allSatisfy { $0.isSame(as: $1) }
    case (.multiple(let one), .multiple(let other)):
      one.count == other.count && one.includes(other)
    default: false
    }
  }

  private func isMember(_ first: ProcessingValue, _ second: ProcessingValue) -> Bool? {
    if first.isNull || second.isNull { return nil }
    guard let value = first.only else { return false }
    return second.values.contains { $0.isSame(as: value) }
  }

  private func contains(_ first: ProcessingValue, _ second: ProcessingValue) -> Bool? {
    if first.isNull || second.isNull { return nil }
    if case .ordered(let whole) = first { return whole.includesInOrder(second.values) }
    return first.values.includes(second.values)
  }

  private func isText(
    _ part: ProcessingValue, in whole: ProcessingValue, _ caseSensitive: Bool
  ) -> Bool? {
    guard let part = part.text, let whole = whole.text else { return nil }
    let (needle, hay) =
      caseSensitive ? (part, whole) : (part.lowercased(), whole.lowercased())
    return hay.contains(needle)
  }

  private func isText(
    _ first: ProcessingValue, equalTo second: ProcessingValue, _ caseSensitive: Bool
  ) -> Bool? {
    guard let first = first.text, let second = second.text else { return nil }
    return caseSensitive ? first == second : first.lowercased() == second.lowercased()
  }

  private func element(
    _ count: Expression.Count, of container: ProcessingValue
  ) -> ProcessingValue {
    guard case .ordered(let values) = container, let place = number(of: count),
      values.indices.contains(place - 1)
    else { return .null }
    return .single(values[place - 1])
  }

  /// A count from 1 on; nil when its variable holds none.
  private func number(of count: Expression.Count) -> Int? {
    switch count {
    case .fixed(let number): number
    case .variable(let variable):
      value(of: variable).number.flatMap(Int.init(exactly:)).flatMap { $0 > 0 ? $0 : nil }
    }
  }
}

extension ProcessingScope {
  /// Does rules one after the other.
  ///
  /// - Parameter rules: the rules of an item or a test.
  mutating func process(_ rules: ProcessingRules) {
    _ = process(rules.rules)
  }

  /// Does rules one after the other.
  ///
  /// - Returns: whether to go on: false after an exit.
  private mutating func process(_ rules: [ProcessingRules.Rule]) -> Bool {
    for rule in rules {
      switch rule {
      case .set(let outcome, let expression):
        set(outcome, to: value(of: expression))
      case .lookUp(let outcome, let expression):
        guard outcomeDeclarations.indices.contains(outcome) else { continue }
        let target = outcomeDeclarations[outcome].lookupTable?.target(
          of: value(of: expression).number)
        set(outcome, to: target.map { .single($0) } ?? .null)
      case .condition(let branches, let otherwise):
        // No value is not true.
        let branch = branches.first { value(of: $0.condition).truth == true }
        guard process(branch?.rules ?? otherwise) else { return false }
      case .exit:
        return false
      }
    }
    return true
  }

  private mutating func set(_ place: Int, to value: ProcessingValue) {
    guard outcomes.indices.contains(place) else { return }
    outcomes[place] = outcomeDeclarations[place].accepted(value)
  }
}

extension OutcomeDeclaration {
  /// A value as the variable holds it; none when it cannot.
  func accepted(_ value: ProcessingValue) -> ProcessingValue {
    let values = value.values.compactMap(accepted)
    guard values.count == value.values.count else { return .null }
    // Several values do not fit where one is declared; which one to keep is not for us to guess.
    if cardinality == .single, values.count > 1 { return .null }
    return ProcessingValue(values, cardinality)
  }

  private func accepted(_ value: BaseValue) -> BaseValue? {
    guard let baseType, value.baseType != baseType else { return value }
    switch (baseType, value) {
    case (.float, .integer(let number)): return .float(Double(number))
    case (.integer, .float(let number)):
      // A score that is no whole number is not rounded away.
      return Int(exactly: number).map { .integer($0) } ?? value
    case (.string, .identifier(let text)), (.string, .uri(let text)): return .string(text)
    case (.identifier, .string(let text)): return .identifier(text.collapsed)
    default: return nil
    }
  }
}

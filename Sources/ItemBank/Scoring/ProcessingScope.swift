/// The variables of one item, or of one test, while its outcomes are worked out.
struct ProcessingScope {
  let responseDeclarations: [ResponseDeclaration]
  let outcomeDeclarations: [OutcomeDeclaration]
  /// The response variables, in the order of their declarations.
  var responses: [ProcessingValue]
  /// The outcome variables, in the order of their declarations.
  var outcomes: [ProcessingValue]
  /// Whether texts of a mapping must agree in letter case where the item does not say.
  var isCaseSensitive = false
  /// The items of a test, none while an item is scored.
  var items: [ScoredItem] = []

  /// An item of a test with its outcomes.
  struct ScoredItem {
    var reference: AssessmentItemReference
    /// The sections it stands in, the outermost first.
    var sections: [String]
    var outcomes: [String: OutcomeValue]
  }

  /// A scope with responses, and with every outcome at its initial value.
  init(
    responseDeclarations: [ResponseDeclaration], outcomeDeclarations: [OutcomeDeclaration],
    responses: [String: ResponseValue]
  ) {
    self.responseDeclarations = responseDeclarations
    self.outcomeDeclarations = outcomeDeclarations
    self.responses = responseDeclarations.map { declaration in
      ProcessingValue(
        responses[declaration.identifier]?.values ?? declaration.defaultValue,
        declaration.cardinality)
    }
    outcomes = outcomeDeclarations.map {
      ProcessingValue($0.initialValue.values, $0.cardinality)
    }
  }

  /// The value of a variable; none for a place that does not exist.
  func value(of variable: Expression.Variable) -> ProcessingValue {
    switch variable {
    case .response(let place): responses.indices.contains(place) ? responses[place] : .null
    case .outcome(let place): outcomes.indices.contains(place) ? outcomes[place] : .null
    case .numberOfAttempts: .single(.integer(1))
    case .completionStatus: .single(.identifier("completed"))
    case .item(let reference, let outcome, let weight):
      value(of: outcome, of: reference, weight: weight)
    }
  }

  /// The value a variable starts from.
  func initialValue(of variable: Expression.Variable) -> ProcessingValue {
    switch variable {
    case .response(let place):
      declaration(place).map { ProcessingValue($0.defaultValue, $0.cardinality) } ?? .null
    case .outcome(let place) where outcomeDeclarations.indices.contains(place):
      ProcessingValue(
        outcomeDeclarations[place].defaultValue, outcomeDeclarations[place].cardinality)
    case .outcome, .numberOfAttempts, .completionStatus, .item: .null
    }
  }

  /// The right answer to a response variable.
  func correctResponse(_ place: Int) -> ProcessingValue {
    declaration(place).map { ProcessingValue($0.correctResponse, $0.cardinality) } ?? .null
  }

  /// What the value of a response variable is worth; 0 without a value, whatever the bounds.
  func worth(ofResponse place: Int) -> ProcessingValue {
    let response = value(of: .response(place))
    guard let mapping = declaration(place)?.mapping, !response.isNull else { return .number(0) }
    return .number(mapping.sum(response.values, isCaseSensitive: isCaseSensitive))
  }

  private func declaration(_ place: Int) -> ResponseDeclaration? {
    responseDeclarations.indices.contains(place) ? responseDeclarations[place] : nil
  }

  private func value(
    of outcome: String, of reference: String, weight: String?
  ) -> ProcessingValue {
    guard let item = items.first(where: { $0.reference.identifier == reference }),
      let value = item.outcomes[outcome]
    else { return .null }
    guard let weight, let number = value.number else { return ProcessingValue(value) }
    return .number(number * (item.reference.weights[weight] ?? 1))
  }

  /// The outcomes of the items that are asked for; items without a value are left out.
  func values(of wanted: Expression.TestVariables) -> ProcessingValue {
    let chosen = items.filter { item in
      let categories = item.reference.categories
      return (wanted.section.map(item.sections.contains) ?? true)
        && (wanted.includedCategories.isEmpty
          || categories.contains(where: wanted.includedCategories.contains))
        && !categories.contains(where: wanted.excludedCategories.contains)
    }
    let values = chosen.flatMap { item in
      value(of: wanted.outcome, of: item.reference.identifier, weight: wanted.weight).values
    }
    return ProcessingValue(values, .multiple)
  }
}

extension ProcessingValue {
  /// The value of an outcome, the order of a container set aside.
  init(_ outcome: OutcomeValue) {
    switch outcome {
    case .null: self = .null
    case .single(let value): self = .single(value)
    case .container(let values): self.init(values, .multiple)
    }
  }

  /// The value as an outcome.
  var outcome: OutcomeValue {
    switch self {
    case .null: .null
    case .single(let value): .single(value)
    case .multiple(let values), .ordered(let values): .container(values)
    }
  }
}

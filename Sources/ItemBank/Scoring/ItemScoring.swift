extension AssessmentItem {
  /// Scores responses by the item's response processing.
  ///
  /// A pure function of the item and the responses. Variables without a response have their default
  /// value, usually none.
  ///
  /// - Parameter responses: the responses by response variable.
  /// - Returns: the value of every declared outcome variable, and of `SCORE`.
  /// - Throws: ``ResponseError`` if a response does not fit its declaration.
  public func score(
    _ responses: [String: ResponseValue]
  ) throws(ResponseError) -> [String: OutcomeValue] {
    for (identifier, response) in responses.sorted(by: { $0.key < $1.key }) {
      guard let declaration = responseDeclaration(identifier) else {
        throw .unknownVariable(identifier)
      }
      try check(response, against: declaration)
    }
    return outcomes(of: responses)
  }

  /// What responses that are known to fit their declarations score; nil when that is no number.
  func score(ofFitting responses: [String: ResponseValue]) -> Double? {
    guard case .rules(let rules) = responseProcessing else {
      return outcomes(of: responses)["SCORE"]?.number
    }
    let place = outcomeDeclarations.firstIndex { $0.identifier == "SCORE" }
    return place.flatMap { processed(by: rules, responses).outcomes[$0].outcome.number }
  }

  private func outcomes(of responses: [String: ResponseValue]) -> [String: OutcomeValue] {
    if case .rules(let rules) = responseProcessing { return outcomes(of: rules, for: responses) }
    var outcomes: [String: OutcomeValue] = [:]
    for declaration in outcomeDeclarations {
      outcomes[declaration.identifier] = declaration.initialValue
    }
    process(responses, into: &outcomes)
    return outcomes
  }

  private func outcomes(
    of rules: ProcessingRules, for responses: [String: ResponseValue]
  ) -> [String: OutcomeValue] {
    let scope = processed(by: rules, responses)
    return [String: OutcomeValue](
      zip(outcomeDeclarations, scope.outcomes).map { ($0.identifier, $1.outcome) },
      uniquingKeysWith: { first, _ in first })
  }

  private func processed(
    by rules: ProcessingRules, _ responses: [String: ResponseValue]
  ) -> ProcessingScope {
    var scope = ProcessingScope(
      responseDeclarations: responseDeclarations, outcomeDeclarations: outcomeDeclarations,
      responses: responses)
    scope.isCaseSensitive = mapsCaseSensitively
    scope.process(rules)
    return scope
  }

  /// Whether the texts of a mapping must agree in letter case where the item does not say: 2.1 has
  /// no default, and its engines took it as true.
  private var mapsCaseSensitively: Bool { version == .v2p1 }

  /// The score of one choice of the only question, when a candidate takes nothing else.
  ///
  /// - Parameter choice: one of the choices.
  /// - Returns: the score; nil when the item has no such choice or sets no score.
  public func score(ofChoice choice: SimpleChoice.ID) -> Double? {
    let interactions = choiceInteractions
    let variable = interactions.count == 1 ? interactions[0].responseIdentifier : "RESPONSE"
    guard let declaration = responseDeclaration(variable) else { return nil }
    let response: ResponseValue =
      declaration.cardinality == .single ? .choice(choice) : .choices([choice])
    do throws(ResponseError) {
      return try score([variable: response])["SCORE"]?.number
    } catch {
      return nil
    }
  }

  private func process(
    _ responses: [String: ResponseValue], into outcomes: inout [String: OutcomeValue]
  ) {
    guard let declaration = responseDeclaration("RESPONSE"),
      case .template(let template) = responseProcessing
    else { return }
    var values = responses["RESPONSE"]?.values ?? declaration.defaultValue
    // An empty text is no answer.
    if declaration.cardinality == .single, values == [.string("")] { values = [] }
    let isCorrect = declaration.isCorrect(values)
    // The mapping templates test for no answer before they map: a lower bound above 0 does not
    // apply to it.
    let worth =
      values.isEmpty
      ? 0 : declaration.mapping?.sum(values, isCaseSensitive: mapsCaseSensitively) ?? 0
    switch template {
    case .matchCorrect:
      outcomes["SCORE"] = scoreValue(isCorrect ? 1 : 0)
    case .mapResponse:
      outcomes["SCORE"] = scoreValue(worth)
    case .cartridgeMatch:
      if isCorrect { outcomes["SCORE"] = outcomes["MAXSCORE"] }
      if outcomes["FEEDBACK"] != nil {
        outcomes["FEEDBACK"] = outcomeValue(values, of: declaration)
      }
    case .cartridgeMatchBasic:
      if isCorrect { outcomes["SCORE"] = outcomes["MAXSCORE"] }
      set("FEEDBACKBASIC", to: isCorrect, in: &outcomes)
    case .cartridgeMapResponse:
      outcomes["SCORE"] = scoreValue(worth)
      set("FEEDBACK", to: outcomes["MAXSCORE"]?.number == worth, in: &outcomes)
    }
  }

  /// Sets a declared feedback variable to `correct` or `incorrect`.
  private func set(
    _ identifier: String, to isCorrect: Bool, in outcomes: inout [String: OutcomeValue]
  ) {
    guard outcomes[identifier] != nil else { return }
    outcomes[identifier] = .single(.identifier(isCorrect ? "correct" : "incorrect"))
  }

  private func outcomeValue(
    _ values: [BaseValue], of declaration: ResponseDeclaration
  ) -> OutcomeValue {
    guard let first = values.first else { return .null }
    return declaration.cardinality == .single ? .single(first) : .container(values)
  }

  /// A score in the type `SCORE` is declared with; a float when it cannot be held in that.
  private func scoreValue(_ score: Double) -> OutcomeValue {
    if outcomeDeclaration("SCORE")?.baseType == .integer, let whole = Int(exactly: score) {
      return .single(.integer(whole))
    }
    return .single(.float(score))
  }
}

extension ResponseDeclaration {
  /// Whether values are the right answer.
  ///
  /// No answer never is, and nothing is when there is no right answer.
  func isCorrect(_ values: [BaseValue]) -> Bool {
    guard !values.isEmpty, values.count == correctResponse.count else { return false }
    if cardinality == .ordered { return values == correctResponse }
    var left = correctResponse
    for value in values {
      guard let place = left.firstIndex(of: value) else { return false }
      left.remove(at: place)
    }
    return true
  }
}

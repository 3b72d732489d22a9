extension AssessmentItem {
  /// Checks that a response is one the interaction could have given.
  ///
  /// A pair the wrong way round is let pass: it is worth what the item says of it, usually nothing.
  ///
  /// - Throws: the first fault found.
  func check(
    _ response: ResponseValue, against declaration: ResponseDeclaration
  ) throws(ResponseError) {
    let identifier = declaration.identifier
    switch response {
    case .null:
      return
    case .single(let value):
      guard declaration.cardinality == .single else {
        throw .wrongCardinality(variable: identifier, expected: declaration.cardinality)
      }
      try check(value.baseType, against: declaration)
    case .list(let baseType, let values):
      guard declaration.cardinality == .multiple || declaration.cardinality == .ordered else {
        throw .wrongCardinality(variable: identifier, expected: declaration.cardinality)
      }
      try check(baseType, against: declaration)
      for value in values { try check(value.baseType, against: declaration) }
      let most = ProcessingValue.largestContainer
      if values.count > most { throw .tooManyChoices(variable: identifier, maximum: most) }
    }
    guard let interaction = interactions.first(where: { $0.responseIdentifier == identifier })
    else { return }
    try interaction.check(response.values)
  }

  private func check(
    _ baseType: BaseType, against declaration: ResponseDeclaration
  ) throws(ResponseError) {
    if baseType != declaration.baseType {
      throw .wrongBaseType(
        variable: declaration.identifier, expected: declaration.baseType, found: baseType)
    }
  }
}

extension Interaction {
  /// Checks that values are among the choices and not too many.
  fileprivate func check(_ values: [BaseValue]) throws(ResponseError) {
    if case .textEntry = self { return }
    let known = Set(choices.map(\.id.rawValue) + gaps.map(\.rawValue))
    for identifier in values.flatMap(\.identifiers) where !known.contains(identifier) {
      throw .unknownChoice(variable: responseIdentifier, choice: identifier)
    }
    if largestResponse > 0, Set(values).count > largestResponse {
      throw .tooManyChoices(variable: responseIdentifier, maximum: largestResponse)
    }
    var uses: [String: Int] = [:]
    for identifier in Set(values).flatMap(\.identifiers) { uses[identifier, default: 0] += 1 }
    for choice in associables where choice.matchMax > 0 {
      if uses[choice.id.rawValue, default: 0] > choice.matchMax {
        throw .tooManyChoices(variable: responseIdentifier, maximum: choice.matchMax)
      }
    }
  }

  /// The gaps that words go into, in the order of the text.
  public var gaps: [SimpleChoice.ID] {
    if case .gapMatch(let interaction) = self { interaction.content.gaps } else { [] }
  }

  /// The choices that stand in pairs.
  var associables: [AssociableChoice] {
    switch self {
    case .match(let interaction): interaction.sources + interaction.targets
    case .associate(let interaction): interaction.choices
    case .gapMatch(let interaction): interaction.words
    case .choice, .order, .hottext, .inlineChoice, .textEntry: []
    }
  }

  /// The most different values a response may hold; 0 when there is no limit.
  var largestResponse: Int {
    switch self {
    case .choice(let interaction): interaction.maxChoices
    case .order(let interaction): interaction.maxChoices
    case .match(let interaction): interaction.maxAssociations
    case .associate(let interaction): interaction.maxAssociations
    case .gapMatch(let interaction): interaction.maxAssociations
    case .hottext(let interaction): interaction.maxChoices
    case .inlineChoice: 1
    case .textEntry: 0
    }
  }
}

extension BaseValue {
  /// The identifiers in the value: one, or the two of a pair.
  var identifiers: [String] {
    switch self {
    case .identifier(let identifier): [identifier]
    case .pair(let first, let second), .directedPair(let first, let second): [first, second]
    default: []
    }
  }
}

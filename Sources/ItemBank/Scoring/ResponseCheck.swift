extension AssessmentItem {
  /// Checks that a response is one the interaction could have given.
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
    }
    guard
      let interaction = choiceInteractions.first(where: { $0.responseIdentifier == identifier })
    else { return }
    try check(response.identifiers, against: interaction)
  }

  private func check(
    _ baseType: BaseType, against declaration: ResponseDeclaration
  ) throws(ResponseError) {
    if baseType != declaration.baseType {
      throw .wrongBaseType(
        variable: declaration.identifier, expected: declaration.baseType, found: baseType)
    }
  }

  private func check(
    _ choices: [String], against interaction: ChoiceInteraction
  ) throws(ResponseError) {
    let known = Set(interaction.choices.map(\.id.rawValue))
    for choice in choices where !known.contains(choice) {
      throw .unknownChoice(variable: interaction.responseIdentifier, choice: choice)
    }
    if interaction.maxChoices > 0, Set(choices).count > interaction.maxChoices {
      throw .tooManyChoices(
        variable: interaction.responseIdentifier, maximum: interaction.maxChoices)
    }
  }
}

import Diagnostics

/// The variable of an interaction is declared with a type and cardinality the interaction can set.
struct InteractionFitsDeclaration: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    item.interactions.flatMap { interaction -> [Diagnostic] in
      guard let declaration = item.responseDeclaration(interaction.responseIdentifier) else {
        return []
      }
      return check(interaction, declaration, in: item)
    }
  }

  private func check(
    _ interaction: Interaction, _ declaration: ResponseDeclaration, in item: AssessmentItem
  ) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let types = interaction.baseTypes
    if !types.contains(declaration.baseType) {
      let list = types.map(\.rawValue).joined(separator: "/")
      diagnostics.append(
        .error(
          "base-type", item, line: declaration.line,
          Text(
            "该题型的作答变量应为 \(list) 类型，而不是 \(declaration.baseType.rawValue)。",
            "The interaction sets \(list), but the variable is of type"
              + " \(declaration.baseType.rawValue)."),
          remedy: Text("请改正 base-type。", "Correct the base-type.")))
    }
    let cardinalities = interaction.cardinalities
    if !cardinalities.contains(declaration.cardinality) {
      let list = cardinalities.map(\.rawValue).joined(separator: "/")
      diagnostics.append(
        .error(
          "cardinality", item, line: declaration.line,
          Text(
            "该题型的作答变量应为 \(list)，而不是 \(declaration.cardinality.rawValue)。",
            "The interaction needs cardinality \(list), not"
              + " \(declaration.cardinality.rawValue)."),
          remedy: Text("请改正 cardinality。", "Correct the cardinality.")))
    }
    if case .choice(let choice) = interaction, declaration.cardinality == .single,
      choice.maxChoices != 1
    {
      diagnostics.append(
        .warning(
          "max-choices", item, line: interaction.line,
          Text(
            "作答变量只容一个值，max-choices 却是 \(choice.maxChoices)。",
            "The variable holds one value, but max-choices is \(choice.maxChoices)."),
          remedy: Text("请写 max-choices=\"1\"，或改为 multiple。", "Write 1, or declare multiple.")))
    }
    return diagnostics
  }
}

extension Interaction {
  /// The types its variable may have.
  fileprivate var baseTypes: [BaseType] {
    switch self {
    case .choice, .order, .hottext, .inlineChoice: [.identifier]
    case .match, .gapMatch: [.directedPair]
    case .associate: [.pair]
    case .textEntry: [.string, .float, .integer]
    }
  }

  /// The cardinalities its variable may have.
  fileprivate var cardinalities: [Cardinality] {
    switch self {
    case .choice, .match, .gapMatch, .associate, .hottext: [.single, .multiple]
    case .order: [.ordered]
    case .inlineChoice, .textEntry: [.single]
    }
  }
}

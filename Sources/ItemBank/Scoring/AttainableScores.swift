/// The scores that answers to an item can give.
struct AttainableScores {
  /// The scores that were found, no answer included.
  var scores: Set<Double> = []
  /// Whether every answer was tried, so that these are all.
  var isComplete = true

  /// The most answers that are tried: an item must not hold up its check.
  fileprivate static let mostResponses = 4_096
  /// The same for items with rules of their own, in expressions to work out.
  fileprivate static let mostExpressions = 20_000
}

extension AssessmentItem {
  /// Every score an answer can give, no answer included.
  ///
  /// Nil when that cannot be told: something can be written that rules look at, or there are so
  /// many answers that trying all would take long.
  var attainableScores: Set<Double>? {
    guard !interactions.isEmpty else { return nil }
    let found = foundScores
    return found.isComplete && !found.scores.isEmpty ? found.scores : nil
  }

  /// The scores of all answers, or of as many as are tried in a moment.
  ///
  /// The right answer is always tried.
  var foundScores: AttainableScores {
    var found = AttainableScores()
    let limit = mostResponses
    var lists: [(variable: String, responses: [ResponseValue])] = []
    for interaction in interactions {
      guard let declaration = responseDeclaration(interaction.responseIdentifier) else { continue }
      let possible = PossibleResponses(
        to: interaction, declaration: declaration, key: key(of: declaration), limit: limit)
      let isOpen = interaction.isWritten && responseProcessing.template == nil
      found.isComplete = found.isComplete && possible.isComplete && !isOpen
      lists.append((declaration.identifier, possible.responses))
    }
    note(lists.map { ($0.variable, $0.responses.dropFirst().first ?? .null) }, in: &found)
    // Every answer to each question with every answer to the others, as a counter runs.
    var places = lists.map { _ in 0 }
    for _ in 0..<limit {
      note(zip(lists, places).map { ($0.variable, $0.responses[$1]) }, in: &found)
      guard let next = places.indices.first(where: { places[$0] + 1 < lists[$0].responses.count })
      else { return found }
      for place in 0..<next { places[place] = 0 }
      places[next] += 1
    }
    found.isComplete = false
    return found
  }

  /// The choice that scores highest when taken alone; nil when there is not exactly one, or the
  /// item has several questions or takes several answers.
  var bestChoice: SimpleChoice? {
    guard interactions.count == 1, let interaction = choiceInteractions.first,
      responseDeclaration(interaction.responseIdentifier)?.cardinality == .single
    else { return nil }
    let scores = interaction.choices.map { score(ofChoice: $0.id) ?? 0 }
    guard let highest = scores.max(), scores.count(where: { $0 == highest }) == 1 else {
      return nil
    }
    return scores.firstIndex(of: highest).map { interaction.choices[$0] }
  }

  private var mostResponses: Int {
    guard case .rules(let rules) = responseProcessing else { return AttainableScores.mostResponses }
    return max(2, AttainableScores.mostExpressions / max(10, rules.expressions.count))
  }

  private func note(_ responses: [(String, ResponseValue)], in found: inout AttainableScores) {
    let responses = [String: ResponseValue](responses, uniquingKeysWith: { first, _ in first })
    if let score = score(ofFitting: responses) { found.scores.insert(score) }
  }

  /// The right answer, when the interaction lets a candidate give it.
  private func key(of declaration: ResponseDeclaration) -> ResponseValue? {
    let values = declaration.correctResponse
    guard let first = values.first else { return nil }
    let key: ResponseValue =
      declaration.cardinality == .single ? .single(first) : .list(declaration.baseType, values)
    do throws(ResponseError) {
      try check(key, against: declaration)
      return key
    } catch {
      return nil
    }
  }
}

extension Interaction {
  /// Whether it is answered by writing.
  fileprivate var isWritten: Bool {
    if case .textEntry = self { true } else { false }
  }
}

extension SimpleChoice {
  /// How long it is to read, in characters without white space.
  var length: Int { content.text.count { !$0.isWhitespace } }
}

extension AssessmentItem {
  /// The most choices of a multiple response whose combinations are all tried.
  private static let largestEnumeration = 12
  /// The same for rules of an item's own, and the most expressions they may have: an item must not
  /// hold up its check.
  private static let largestRuledEnumeration = 6
  private static let mostExpressions = 200

  /// Every score an answer to the only question can give, no answer included.
  ///
  /// Nil when the item has several questions, or so many choices that trying every combination
  /// would take long.
  var attainableScores: Set<Double>? {
    guard interactions.count == 1, let interaction = choiceInteractions.first,
      let declaration = responseDeclaration(interaction.responseIdentifier)
    else { return nil }
    guard isQuicklyScored else { return nil }
    let choices = interaction.choices.map(\.id)
    if declaration.cardinality == .single {
      return scores([.null] + choices.map { .choice($0) }, of: declaration.identifier)
    }
    let largest =
      responseProcessing.template == nil ? Self.largestRuledEnumeration : Self.largestEnumeration
    guard choices.count <= largest else { return nil }
    let responses = (0..<(1 << choices.count)).map { set -> ResponseValue in
      .choices(choices.indices.filter { set & (1 << $0) != 0 }.map { choices[$0] })
    }
    let most = interaction.maxChoices == 0 ? choices.count : interaction.maxChoices
    return scores(responses.filter { $0.values.count <= most }, of: declaration.identifier)
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

  /// Whether scoring it some hundred times takes no time.
  private var isQuicklyScored: Bool {
    guard case .rules(let rules) = responseProcessing else { return true }
    return rules.expressions.count <= Self.mostExpressions
  }

  private func scores(_ responses: [ResponseValue], of variable: String) -> Set<Double> {
    var scores: Set<Double> = []
    for response in responses {
      do throws(ResponseError) {
        if let score = try score([variable: response])["SCORE"]?.number { scores.insert(score) }
      } catch {
        // A response the item would refuse gives no score.
        continue
      }
    }
    return scores
  }
}

extension SimpleChoice {
  /// How long it is to read, in characters without white space.
  var length: Int { content.text.count { !$0.isWhitespace } }
}

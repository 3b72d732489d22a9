public import Delivery
public import ItemBank
import Psychometrics

/// For each item, responses that are scored in each category: what a simulated teacher answers with.
public struct ResponsesByCategory: Sendable {
  private typealias Responses = [String: ResponseValue]

  private var byItem: [AssessmentItem.ID: [Int: [Responses]]] = [:]

  /// How many responses are tried for an item whose responses cannot all be listed.
  private static let tries = 120

  /// Finds responses to all items of a bank.
  public init(_ bank: Bank) {
    var generator = SeededGenerator(seed: 1, purpose: "responses by category")
    for item in bank.items {
      var found: [Int: [Responses]] = [:]
      for responses in Self.candidates(item.item, using: &generator) {
        do throws(ResponseError) {
          guard let score = try item.item.score(responses)["SCORE"]?.number,
            let category = Int(exactly: score)
          else { continue }
          found[category, default: []].append(responses)
        } catch {
          // What the item does not take is no response of anybody's.
          continue
        }
      }
      byItem[item.id] = found
    }
  }

  /// One response for each category of an item that has any.
  public func firstByCategory(of item: AssessmentItem.ID) -> [Int: [String: ResponseValue]] {
    (byItem[item] ?? [:]).compactMapValues(\.first)
  }

  /// A response in a category, or in the nearest one that has a response.
  public func answer(
    to item: BankItem, category: Int, using dice: inout NormalDice
  ) -> TestSession.Answer {
    let found = byItem[item.id] ?? [:]
    guard let nearest = found.keys.min(by: { (abs($0 - category), $0) < (abs($1 - category), $1) }),
      let responses = found[nearest]
    else { return .unsure }
    return .response(responses[dice.number(below: responses.count)])
  }

  private static func candidates(
    _ item: AssessmentItem, using generator: inout SeededGenerator
  ) -> [Responses] {
    let interactions = item.interactions
    if interactions.count == 1, case .choice(let choice) = interactions[0], choice.maxChoices == 1 {
      return choice.choices.map { [choice.responseIdentifier: .choice($0.id)] }
    }
    var right: Responses = [:]
    for declaration in item.responseDeclarations {
      right[declaration.identifier] = correctResponse(declaration)
    }
    var candidates = [right]
    for _ in 0..<tries {
      var responses: Responses = [:]
      for interaction in interactions {
        responses[interaction.responseIdentifier] = random(
          interaction, in: item, using: &generator)
      }
      candidates.append(responses)
    }
    return candidates
  }

  private static func random(
    _ interaction: Interaction, in item: AssessmentItem, using generator: inout SeededGenerator
  ) -> ResponseValue {
    let choices = interaction.choices.map(\.id)
    switch interaction {
    case .choice(let choice):
      if choice.maxChoices == 1 { return .choice(choices[generator.number(below: choices.count)]) }
      return subset(of: choices, atMost: choice.maxChoices, using: &generator)
    case .hottext(let hottext):
      if hottext.maxChoices == 1 { return .choice(choices[generator.number(below: choices.count)]) }
      return subset(of: choices, atMost: hottext.maxChoices, using: &generator)
    case .order: return .choices(generator.shuffled(choices))
    case .inlineChoice: return .choice(choices[generator.number(below: choices.count)])
    case .match(let match):
      return .list(
        .directedPair,
        match.sources.map { source in
          let target = match.targets[generator.number(below: match.targets.count)]
          return .directedPair(source.id.rawValue, target.id.rawValue)
        })
    case .gapMatch, .associate, .textEntry:
      // The right response only: chance hardly ever writes a word or finds a pair.
      return item.responseDeclaration(interaction.responseIdentifier).map(correctResponse) ?? .null
    }
  }

  private static func correctResponse(_ declaration: ResponseDeclaration) -> ResponseValue {
    guard let first = declaration.correctResponse.first else { return .null }
    return declaration.cardinality == .single
      ? .single(first) : .list(declaration.baseType, declaration.correctResponse)
  }

  private static func subset(
    of choices: [SimpleChoice.ID], atMost limit: Int, using generator: inout SeededGenerator
  ) -> ResponseValue {
    let size = 1 + generator.number(below: limit == 0 ? choices.count : limit)
    return .choices(Array(generator.shuffled(choices).prefix(size)))
  }
}

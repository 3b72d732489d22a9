public import Delivery
public import ItemBank

/// Scores raw answers with one bank; what a choice is worth is looked up, not worked out again.
public struct AnswerScoring: Sendable {
  /// An answer as the bank scores it.
  public struct Scored: Hashable, Sendable {
    /// The category, from 0.
    public var category: Int
    /// The place of the choice taken, in the order of the item; nil for 我不确定 and for items that do
    /// not ask for one choice.
    public var option: Int?
    /// Whether it was 我不确定.
    public var isUnsure: Bool
  }

  /// What is known beforehand of an item that asks for one choice.
  private struct OneChoice: Sendable {
    var variable: String
    /// The place of a choice, and its category if it has one.
    var choices: [String: (place: Int, category: Int?)]
  }

  private let bank: Bank
  private let oneChoice: [AssessmentItem.ID: OneChoice]

  /// Prepares the scoring of a bank.
  public init(bank: Bank) {
    self.bank = bank
    var known: [AssessmentItem.ID: OneChoice] = [:]
    for item in bank.items where item.item.asksForOneChoice {
      guard let interaction = item.item.choiceInteractions.first else { continue }
      var choices: [String: (place: Int, category: Int?)] = [:]
      for (place, choice) in interaction.choices.enumerated() {
        let category = item.item.score(ofChoice: choice.id).flatMap { Int(exactly: $0) }
        choices[choice.id.rawValue] = (place, category)
      }
      known[item.id] = OneChoice(
        variable: interaction.responseIdentifier, choices: choices)
    }
    oneChoice = known
  }

  /// Scores an answer.
  ///
  /// - Parameters:
  ///   - answer: the answer.
  ///   - item: the item.
  ///   - highest: the highest category; nil for that of the item's parameters.
  /// - Returns: nil if the bank has no such item or nothing says what its highest category is, or the
  ///   answer does not fit the item any more.
  public func scored(
    _ answer: TestSession.Answer, to item: AssessmentItem.ID, highest: Int? = nil
  ) -> Scored? {
    guard let known = bank.item(item),
      let highest = highest ?? known.parameters?.stepLocations.count
    else { return nil }
    switch answer {
    case .unsure: return Scored(category: 0, option: nil, isUnsure: true)
    case .response(let responses):
      if let one = oneChoice[item] {
        guard let taken = responses[one.variable]?.identifiers.first,
          let choice = one.choices[taken], let category = choice.category
        else { return nil }
        return Scored(
          category: min(max(category, 0), highest), option: choice.place, isUnsure: false)
      }
      // An answer to an earlier form of the item says nothing about this one.
      return known.category(of: answer, highest: highest).map {
        Scored(category: $0, option: nil, isUnsure: false)
      }
    }
  }
}

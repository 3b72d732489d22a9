public import ItemBank
import Psychometrics

extension TestSession {
  /// What is shown of an item in this session: its choices, targets and words in the order drawn.
  ///
  /// - Parameter item: an item of the bank the session is pinned to.
  /// - Returns: the content, without anything that says what is right.
  public func content(of item: AssessmentItem) -> CandidateContent {
    item.candidateContent(
      arrangements: [String: [SimpleChoice.ID]](
        item.interactions.map { interaction in
          (interaction.responseIdentifier, presentedChoices(of: interaction, in: item.id).map(\.id))
        }, uniquingKeysWith: { first, _ in first }))
  }

  /// The choices of an interaction in the order in which they are shown in this session; of a match
  /// first the sources, then the targets.
  ///
  /// What an author has not released for shuffling stays in the order of the file.
  public func presentedChoices(
    of interaction: Interaction, in item: AssessmentItem.ID
  ) -> [SimpleChoice] {
    let variable = interaction.responseIdentifier
    // Most items have one variable of this name; it adds nothing to tell them apart.
    let purpose =
      "choices of \(item.rawValue)" + (variable == "RESPONSE" ? "" : " \(variable)")
    switch interaction {
    case .choice(let choice): return shuffled(choice.choices, choice.shuffle, purpose)
    case .order(let order): return shuffled(order.choices, order.shuffle, purpose)
    case .inlineChoice(let inline): return shuffled(inline.choices, inline.shuffle, purpose)
    case .associate(let associate):
      return shuffled(associate.choices.map(\.choice), associate.shuffle, purpose)
    case .gapMatch(let gapMatch):
      return shuffled(gapMatch.words.map(\.choice), gapMatch.shuffle, purpose)
    case .match(let match):
      return shuffled(match.sources.map(\.choice), match.shuffle, "\(purpose) sources")
        + shuffled(match.targets.map(\.choice), match.shuffle, "\(purpose) targets")
    case .hottext, .textEntry: return interaction.choices
    }
  }

  private func shuffled(
    _ choices: [SimpleChoice], _ isShuffled: Bool, _ purpose: String
  ) -> [SimpleChoice] {
    guard isShuffled else { return choices }
    var generator = SeededGenerator(seed: start.seed, purpose: purpose)
    var movable = generator.shuffled(choices.filter { !$0.isFixed })[...]
    return choices.map { $0.isFixed ? $0 : movable.popFirst() ?? $0 }
  }
}

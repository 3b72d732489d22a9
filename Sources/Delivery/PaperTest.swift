public import ItemBank

/// What stands on a sheet of paper beside an item.
public enum PaperAnswer: Hashable, Sendable {
  /// The place of the letter of a choice, from 0 for A.
  case letter(Int)
  /// 我不确定.
  case unsure
  /// Nothing.
  case blank
}

extension TestSession {
  /// The letters of choices, in the order they are printed.
  public static let letters = Array("ABCDEFGH")

  /// Draws a form for paper: of items that are answered with one letter, all stages at once.
  ///
  /// - Parameters:
  ///   - start: what a session from it is started with.
  ///   - bank: the bank of the version named there.
  /// - Throws: ``BlueprintError`` if the bank has too few such items.
  public init(onPaper start: Start, bank: Bank) throws(BlueprintError) {
    let pool = try FormPool(
      bank: bank, test: start.test, environment: start.environment,
      schoolStage: start.schoolStage, seen: [], onPaper: true)
    self.init(start: start, stages: try StageSelection(pool: pool).draw(seed: start.seed))
  }

  /// The choices of an item as they stand beside the letters; none when it is not answered so.
  public func letteredChoices(of item: AssessmentItem) -> [SimpleChoice] {
    guard item.asksForOneChoice, let interaction = item.interactions.first else { return [] }
    return presentedChoices(of: interaction, in: item.id)
  }

  /// What stands on a sheet as an answer.
  ///
  /// - Returns: nil for an empty place, and for a letter that stands beside no choice.
  public func answer(_ answer: PaperAnswer, to item: AssessmentItem) -> Answer? {
    switch answer {
    case .blank: return nil
    case .unsure: return .unsure
    case .letter(let place):
      let choices = letteredChoices(of: item)
      guard choices.indices.contains(place), let interaction = item.interactions.first else {
        return nil
      }
      return .response([interaction.responseIdentifier: .choice(choices[place].id)])
    }
  }
}

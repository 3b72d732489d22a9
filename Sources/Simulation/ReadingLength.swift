public import Delivery
public import ItemBank

/// How much there is to read in the items of a bank.
public struct ReadingLength: Sendable {
  private let ofItem: [AssessmentItem.ID: Int]
  private let ofStimulus: [AssessmentStimulus.ID: Int]

  /// Counts the characters of a bank.
  public init(_ bank: Bank) {
    ofItem = [AssessmentItem.ID: Int](
      bank.items.map { ($0.id, $0.item.readCharacters) }, uniquingKeysWith: { first, _ in first })
    ofStimulus = [AssessmentStimulus.ID: Int](
      bank.stimuli.map { ($0.id, $0.content.text.count { !$0.isWhitespace }) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The characters of a form; a scenario that items share is read once.
  public func characters(of stages: [Stage]) -> Int {
    stages.flatMap(\.groups).reduce(0) { sum, group in
      sum + (group.stimulus.flatMap { ofStimulus[$0] } ?? 0)
        + group.items.reduce(0) { $0 + ofItem[$1, default: 0] }
    }
  }

  /// How long teachers take, until times have been measured: 300 characters a minute, deciding
  /// included; sixteen items of about 420 characters then take the 20 to 25 minutes that the landing
  /// page speaks of.
  public static func minutes(characters: Int) -> Double { Double(characters) / 300 }
}

extension AssessmentItem {
  /// The characters a teacher reads, spaces left out.
  fileprivate var readCharacters: Int {
    let texts = body.flatMap { part -> [String] in
      switch part {
      case .markup(let markup): [markup.text]
      case .choiceInteraction(let interaction): Self.texts(of: .choice(interaction))
      case .interaction(let interaction): Self.texts(of: interaction)
      case .flow(let flow): [flow.text] + flow.interactions.flatMap(Self.texts)
      }
    }
    return texts.reduce(0) { $0 + $1.count { !$0.isWhitespace } }
  }

  private static func texts(of interaction: Interaction) -> [String] {
    (interaction.prompt.map { [$0.text] } ?? []) + interaction.choices.map(\.content.text)
  }
}

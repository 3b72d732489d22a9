import ItemBank

/// The name under which a choice, a target or a gap of an item is sent to a browser.
///
/// Different for each version of an item and without any order, so that neither the author's letter
/// nor the place of the choice in the file leaves the server. It hides nothing from somebody who
/// has the bank; whoever has not learns nothing from it.
enum ChoiceToken {
  /// The value that stands for 我不确定 on every item.
  static let unsure = "unsure"

  /// The token of a choice, a target or a gap.
  static func token(of choice: SimpleChoice.ID, in item: AssessmentItem) -> String {
    String(Digest(of: [UInt8]("\(item.contentHash) \(choice.rawValue)".utf8)).hex.prefix(12))
  }

  /// The choice, target or gap that a token stands for; nil when the interaction has none such.
  static func choice(
    _ token: String, in interaction: Interaction, of item: AssessmentItem
  ) -> SimpleChoice.ID? {
    (interaction.choices.map(\.id) + interaction.gaps).first {
      self.token(of: $0, in: item) == token
    }
  }
}

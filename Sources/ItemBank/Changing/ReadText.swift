extension AssessmentItem {
  /// Whether a teacher reads the same in two versions of an item: the same text and the same choices.
  ///
  /// What is worth how much may differ.
  public func reads(like other: AssessmentItem) -> Bool {
    readText == other.readText
  }

  private var readText: [String] {
    body.flatMap { part -> [String] in
      switch part {
      case .markup(let markup): [markup.html]
      case .flow(let flow): [flow.text] + flow.interactions.flatMap { Self.readText($0) }
      case .choiceInteraction(let interaction): Self.readText(.choice(interaction))
      case .interaction(let interaction): Self.readText(interaction)
      }
    }
  }

  private static func readText(_ interaction: Interaction) -> [String] {
    [interaction.responseIdentifier, interaction.prompt?.html ?? ""]
      + interaction.choices.flatMap { [$0.id.rawValue, $0.content.html] }
  }
}

extension Bank {
  /// The items of another bank that a teacher reads otherwise in this one, or not at all.
  public func itemsRewritten(since former: Bank) -> Set<AssessmentItem.ID> {
    Set(
      former.items.filter { former in
        item(former.id).map { !$0.item.reads(like: former.item) } ?? true
      }.map(\.id))
  }
}

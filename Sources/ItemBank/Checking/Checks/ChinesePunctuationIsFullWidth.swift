import Diagnostics

/// Chinese text has full-width punctuation.
struct ChinesePunctuationIsFullWidth: ItemRule {
  private static let halfWidth: Set<Character> = [",", ";", ":", "?", "!", "(", ")", "\""]

  func check(_ item: AssessmentItem) -> [Diagnostic] {
    texts(of: item).compactMap { text, line in
      faultyPassage(in: text).map { passage in
        .warning(
          "half-width-punctuation", item, line: line,
          Text("中文中有半角标点：“\(passage)”", "Half-width punctuation in Chinese text: “\(passage)”"),
          remedy: Text("请改用全角标点。", "Use full-width punctuation."))
      }
    }
  }

  private func texts(of item: AssessmentItem) -> [(String, Int)] {
    let body = item.body.flatMap { part -> [(String, Int)] in
      switch part {
      case .markup(let markup): [(markup.text, 0)]
      case .choiceInteraction(let interaction):
        [(interaction.prompt?.text ?? "", interaction.line)]
          + interaction.choices.map { ($0.content.text, $0.line) }
      case .interaction(let interaction):
        [(interaction.prompt?.text ?? "", interaction.line)]
          + interaction.choices.map { ($0.content.text, $0.line) }
      case .flow(let flow):
        [(flow.text, 0)]
          + flow.interactions.flatMap { interaction in
            interaction.choices.map { ($0.content.text, $0.line) }
          }
      }
    }
    return body + item.modalFeedback.map { ($0.content.text, $0.line) }
  }

  /// The first half-width mark that touches a Chinese character, with what stands around it.
  private func faultyPassage(in text: String) -> String? {
    let characters = Array(text)
    for (index, character) in characters.enumerated() where Self.halfWidth.contains(character) {
      let before = index > 0 && characters[index - 1].isHan
      let after = index + 1 < characters.count && characters[index + 1].isHan
      if before || after {
        return String(characters[max(0, index - 4)...min(characters.count - 1, index + 4)])
      }
    }
    return nil
  }
}

extension Character {
  fileprivate var isHan: Bool {
    unicodeScalars.contains { $0.properties.isIdeographic }
  }
}

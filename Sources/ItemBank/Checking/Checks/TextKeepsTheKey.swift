import Diagnostics

/// Nothing that a candidate reads says which answer is right.
struct TextKeepsTheKey: ItemRule {
  /// Without one of these nothing can match.
  private static let signs = WordSearch(["答案", "正确", "最佳", "answer"])

  func check(_ item: AssessmentItem) -> [Diagnostic] {
    let doubtful = item.readTexts.filter { Self.signs.finds(in: $0.text) }
    guard !doubtful.isEmpty else { return [] }
    let leak =
      #/答案(?:是|为|：|:)|[（(](?:正确|最佳|答案)[）)]|(?i:(?:correct|right) answer(?: is|:))/#
    return doubtful.compactMap { text, line -> Diagnostic? in
      text.firstMatch(of: leak).map { match in
        .warning(
          "answer-leak", item, line: line,
          Text(
            "作答者会读到像是答案的文字：“\(match.0.prefix(40))”",
            "What a candidate reads looks like the key: “\(match.0.prefix(40))”"),
          remedy: Text(
            "请把答案写在计分和 qti-rubric-block 里。",
            "Put it into the scoring and a qti-rubric-block."))
      }
    }
  }
}

extension AssessmentItem {
  /// Every text that a candidate reads before the end, with the line it begins on.
  var readTexts: [(text: String, line: Int)] {
    body.flatMap { part -> [(String, Int)] in
      switch part {
      case .markup(let markup): [(markup.text, 0)]
      case .choiceInteraction(let interaction): Interaction.choice(interaction).readTexts
      case .interaction(let interaction): interaction.readTexts
      case .flow(let flow): [(flow.text, 0)] + flow.interactions.flatMap(\.readTexts)
      }
    }
  }

  /// The story before the questions, without its white space.
  var storyLength: Int {
    body.reduce(0) { sum, part in
      guard case .markup(let markup) = part else { return sum }
      return sum + markup.text.count { !$0.isWhitespace }
    }
  }

  /// Whether it is written in Chinese: rules about lengths and words are for Chinese only.
  var isChinese: Bool {
    readTexts.contains { $0.text.unicodeScalars.contains { $0.properties.isIdeographic } }
  }
}

extension Interaction {
  fileprivate var readTexts: [(text: String, line: Int)] {
    [(prompt?.text ?? "", line)] + choices.map { ($0.content.text, $0.line) }
  }
}

import Diagnostics

/// A message after the test says the next step, never "wrong".
struct FeedbackDoesNotJudge: ItemRule {
  /// Without one of these nothing can match.
  private static let signs = WordSearch(["错", "不对", "wrong", "incorrect"])

  func check(_ item: AssessmentItem) -> [Diagnostic] {
    let doubtful = item.modalFeedback.filter { Self.signs.finds(in: $0.content.text) }
    guard !doubtful.isEmpty else { return [] }
    let words = #/你(?:错了|答错|选错)|回答错误|选择错误|^(?:错误|不对|错)[。，！,.!]|(?i:^(?:wrong|incorrect)\b)/#
    return doubtful.compactMap { feedback -> Diagnostic? in
      feedback.content.text.firstMatch(of: words).map { _ in
        .warning(
          "feedback-judges", item, line: feedback.line,
          Text("反馈只是判对错。", "The feedback only judges."),
          remedy: Text("请写下一步可以怎样做。", "Say what could be done next."))
      }
    }
  }
}

import Diagnostics

/// A choice has at most 60 characters: five of them fit a phone.
struct ChoicesAreShort: ItemRule {
  private static let most = 60

  func check(_ item: AssessmentItem) -> [Diagnostic] {
    guard item.isChinese else { return [] }
    return item.choiceInteractions.flatMap(\.choices).filter { $0.length > Self.most }.map {
      choice in
      .warning(
        "choice-too-long", item, line: choice.line,
        Text(
          "选项 \(choice.id.rawValue) 有 \(choice.length) 字，不宜超过 \(Self.most) 字。",
          "Choice \(choice.id.rawValue) has \(choice.length) characters; \(Self.most) are enough."),
        remedy: Text("请只写做什么，理由写进反馈。", "Say what is done; reasons go into the feedback."))
    }
  }
}

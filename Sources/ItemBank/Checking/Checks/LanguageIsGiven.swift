import Diagnostics

/// An item says which language it is in, so that it is read aloud and broken into lines rightly.
struct LanguageIsGiven: ItemRule {
  func check(_ item: AssessmentItem) -> [Diagnostic] {
    guard item.language == nil else { return [] }
    return [
      .warning(
        "missing-language", item, line: 0,
        Text("题目没有写明语言，读屏软件可能读错。", "The item does not say its language."),
        remedy: Text("请在根元素写 xml:lang=\"zh-CN\"。", "Write xml:lang on the root element."))
    ]
  }
}

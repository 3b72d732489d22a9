import Diagnostics

/// A picture says in words what it shows: whoever cannot see it answers the same question.
struct PicturesHaveWords: DocumentRule {
  func check(_ body: XMLElement, file: String) -> [Diagnostic] {
    body.descendants { element in
      element.name.lowercased() == "img" && element.attribute("alt") == nil
        || element.name.lowercased() == "object" && !element.isStimulusObject
          && element.text.trimmed.isEmpty
    }.map { element in
      Diagnostic(
        "missing-alternative", .warning, file: file, line: element.line,
        message: Text("图片没有替代文字。", "A picture has no alternative text."),
        remedy: Text(
          "请在 alt 中写出图片的内容；只作装饰时写 alt=\"\"。",
          "Say in alt what it shows; write alt=\"\" when it is decoration."))
    }
  }
}

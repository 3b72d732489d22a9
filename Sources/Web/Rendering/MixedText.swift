import ItemBank

extension HTML {
  /// Text of a page with words in it that may be in the other language, such as names and quotations:
  /// on an English page what is written in Chinese is marked as such.
  init(_ text: String, in language: Language) {
    guard language == .english else {
      self.init(escaping: text)
      return
    }
    let chinese = #/[\u3000-\u303F\u3400-\u9FFF\uFF01-\uFF5E]+/#
    var markup = ""
    var rest = text[...]
    while let match = rest.firstMatch(of: chinese) {
      markup += HTML(escaping: String(rest[..<match.range.lowerBound])).markup
      markup += HTML(chinese: String(match.0)).markup
      rest = rest[match.range.upperBound...]
    }
    self.init(markup: markup + HTML(escaping: String(rest)).markup)
  }
}

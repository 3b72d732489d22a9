import ItemBank

/// Text made safe to stand in HTML, as content or in a quoted attribute.
struct HTML: Hashable, Sendable {
  /// The markup.
  let markup: String

  /// Marks text that stays Chinese whatever the page's language, such as the words of a document.
  init(chinese text: String) {
    markup = "<span lang=\"zh-CN\">\(HTML(escaping: text).markup)</span>"
  }

  /// Takes markup that was put together of escaped text.
  init(markup: String) { self.markup = markup }

  /// Escapes text.
  init(escaping text: String) {
    markup = SafeMarkup(text: text).html
  }
}

import Diagnostics

/// Rewrites an author's markup into ``SafeMarkup``.
///
/// What is on the list is kept, all else loses its tags and keeps its text; what could reveal an
/// answer or run in a browser goes with its text. Nothing is dropped in silence but `class`, `id`
/// and `style`, which only mean something to the author's own style sheet.
struct MarkupSanitiser {
  private static let blocks: Set<String> = [
    "p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot",
    "tr", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6",
  ]
  private static let inlines: Set<String> = [
    "span", "strong", "b", "em", "i", "u", "sub", "sup", "small", "code", "q", "cite", "abbr",
    "ruby", "rb", "rt", "rp", "th", "td", "colgroup",
  ]
  private static let empties: Set<String> = ["br", "hr", "col"]
  /// Elements without meaning of their own whose content counts.
  private static let transparent: Set<String> = ["qti-content-body", "qti-prompt"]
  /// Elements that go with everything in them.
  private static let removed: Set<String> = [
    "script", "style", "template", "noscript", "iframe", "qti-stylesheet", "qti-feedback-inline",
    "qti-feedback-block", "qti-template-inline", "qti-template-block", "qti-printed-variable",
  ]
  /// Presentational MathML; nothing in it loads, runs or holds markup of another kind.
  private static let mathematics: Set<String> = [
    "math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub",
    "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle",
    "mpadded", "mphantom", "menclose", "mmultiscripts", "mprescripts", "semantics",
  ]
  private static let mathematicsNamespace = "http://www.w3.org/1998/Math/MathML"
  private static let silentAttributes: Set<String> = ["class", "id", "style", "dir"]

  private(set) var findings: Findings
  private var html = ""
  private var text = ""
  private var parts: [Flow.Part] = []

  private init(findings: Findings) { self.findings = findings }

  /// Rewrites nodes.
  ///
  /// - Parameters:
  ///   - nodes: the author's markup, in the names of QTI 3.0.
  ///   - findings: where removed markup is noted.
  /// - Returns: what may be shown.
  static func markup(of nodes: [XMLElement.Node], findings: inout Findings) -> SafeMarkup {
    var sanitiser = MarkupSanitiser(findings: findings)
    for node in nodes { sanitiser.append(node) }
    findings = sanitiser.findings
    return SafeMarkup(
      sanitisedHTML: sanitiser.html.trimmed, text: Self.tidied(sanitiser.text))
  }

  /// Rewrites nodes in which something can be answered.
  ///
  /// - Parameters:
  ///   - nodes: the author's markup, in the names of QTI 3.0.
  ///   - findings: where removed markup is noted.
  ///   - control: makes the part of an element that is answered; nil for any other element.
  /// - Returns: the text with what is answered in it.
  static func flow(
    of nodes: [XMLElement.Node], findings: inout Findings,
    control: (XMLElement, inout Findings) -> Flow.Part?
  ) -> Flow {
    withoutActuallyEscaping(control) { control in
      var sanitiser = MarkupSanitiser(findings: findings)
      for node in nodes { sanitiser.append(node, control) }
      sanitiser.flush()
      findings = sanitiser.findings
      return Flow(parts: sanitiser.parts)
    }
  }

  /// Puts what has been written so far into a part.
  private mutating func flush() {
    if !html.isEmpty {
      parts.append(.markup(SafeMarkup(sanitisedHTML: html, text: Self.tidied(text))))
    }
    (html, text) = ("", "")
  }

  /// Whether an element goes with everything in it.
  static func isHidden(_ element: XMLElement) -> Bool {
    element.name == "qti-rubric-block" || removed.contains(element.name.lowercased())
  }

  private typealias Control = (XMLElement, inout Findings) -> Flow.Part?

  private mutating func append(_ node: XMLElement.Node, _ control: Control? = nil) {
    switch node {
    case .text(let content):
      html += SafeMarkup.escaped(content)
      text += content.replacingLineBreaks
    case .element(let element):
      append(element, control)
    }
  }

  private mutating func append(_ element: XMLElement, _ control: Control?) {
    if let control, let part = control(element, &findings) {
      flush()
      parts.append(part)
      return
    }
    let name = element.name.lowercased()
    if name == "qti-rubric-block" { return }
    if Self.removed.contains(name) {
      warn(element, Text("连同其中的文字", "with the text in it"))
    } else if Self.transparent.contains(name) {
      for child in element.children { append(child, control) }
    } else if Self.empties.contains(name) {
      html += "<\(name)\(attributes(of: element))>"
      if name != "col" { text += "\n" }
    } else if element.namespace == Self.mathematicsNamespace, name.hasPrefix("annotation") {
      warn(element, Text("连同其中的文字", "with the text in it"))
    } else if Self.blocks.contains(name) || Self.inlines.contains(name)
      || element.namespace == Self.mathematicsNamespace && Self.mathematics.contains(name)
    {
      appendKept(element, name: name, control)
    } else {
      warn(element, Text("保留其中的文字", "keeping the text in it"))
      // A picture's words are all that is left of it.
      if let alternative = element.attribute("alt") { append(.text(alternative)) }
      for child in element.children { append(child, control) }
    }
  }

  private mutating func appendKept(_ element: XMLElement, name: String, _ control: Control?) {
    let isBlock = Self.blocks.contains(name)
    if isBlock { text += "\n" }
    html += "<\(name)\(attributes(of: element))>"
    for child in element.children { append(child, control) }
    html += "</\(name)>"
    if isBlock { text += "\n" }
    if name == "td" || name == "th" { text += " " }
  }

  /// The attributes that are kept, each with a space before it.
  private mutating func attributes(of element: XMLElement) -> String {
    var kept = ""
    for attribute in element.attributes {
      let value = attribute.value.trimmed
      switch attribute.name {
      case "lang" where Self.isLanguage(value):
        // `lang` and `xml:lang` may both be there and say the same.
        if !kept.contains(" lang=") { kept += " lang=\"\(value)\"" }
      case "colspan" where Self.isSpan(value), "rowspan" where Self.isSpan(value):
        kept += " \(attribute.name)=\"\(value)\""
      case "display" where element.name == "math" && ["block", "inline"].contains(value):
        kept += " display=\"\(value)\""
      case let name where Self.silentAttributes.contains(name) || name.hasPrefix("data-"):
        continue
      default:
        warn(attribute, of: element)
      }
    }
    return kept
  }

  private static func isSpan(_ text: String) -> Bool {
    text.utf8.count <= 2 && text.utf8.allSatisfy { (48...57).contains($0) } && Int(text) ?? 0 > 0
  }

  private static func isLanguage(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 35
      && text.utf8.allSatisfy { byte in
        // Letters, digits and the hyphen.
        (97...122).contains(byte | 32) || (48...57).contains(byte) || byte == 45
      }
  }

  private mutating func warn(_ element: XMLElement, _ what: Text) {
    findings.warning(
      "removed-markup", line: element.line,
      Text(
        "去掉了不支持的元素 \(element.name.prefix(80))，\(what.chinese)。",
        "The element \(element.name.prefix(80)) was removed, \(what.english)."),
      remedy: Text("请只用段落、列表、表格和强调。", "Use paragraphs, lists, tables and emphasis only."))
  }

  private mutating func warn(_ attribute: XMLElement.Attribute, of element: XMLElement) {
    findings.warning(
      "removed-markup", line: element.line,
      Text(
        "去掉了 \(element.name.prefix(80)) 的属性 \(attribute.name.prefix(80))。",
        "Attribute \(attribute.name.prefix(80)) of \(element.name.prefix(80)) was removed."),
      remedy: Text("请删去这个属性。", "Delete the attribute."))
  }

  /// Plain text with one line break between blocks and single spaces within.
  private static func tidied(_ text: String) -> String {
    text.utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)).collapsed }
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

extension String {
  /// The text with its line breaks made spaces: in markup they mean no more.
  fileprivate var replacingLineBreaks: String {
    String(
      decoding: utf8.map { $0 == 10 || $0 == 13 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
  }
}

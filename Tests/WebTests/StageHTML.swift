import Foundation

/// One item of a stage page, read from its HTML: the controls with the names a person goes by.
struct ItemHTML {
  /// A control with what labels it.
  struct Control {
    var tag: String
    var type: String
    var name: String
    var value: String
    var label: String
    /// The options of a select box: the text and the value.
    var options: [(text: String, value: String)]
    var isChecked: Bool
  }

  let id: String
  let html: String
  let controls: [Control]

  /// Every item of a page, in order.
  static func all(on page: String) -> [ItemHTML] {
    page.components(separatedBy: "<fieldset class=\"item").dropFirst().compactMap { text in
      let html = text.components(separatedBy: "</fieldset>")[0]
      return attribute("data-item", of: html).map {
        ItemHTML(id: $0, html: html, controls: controls(in: html))
      }
    }
  }

  private static func controls(in html: String) -> [Control] {
    html.matches(of: #/<input[^>]*>|<select[^>]*>.*?<\/select>/#.dotMatchesNewlines()).map {
      let text = String($0.0)
      let id = attribute("id", of: text) ?? ""
      let options = text.matches(of: #/<option value="([^"]*)"[^>]*>([^<]*)</#).map {
        (text: String($0.2), value: String($0.1))
      }
      let selected = text.firstMatch(of: #/<option value="([^"]*)"[^>]* selected>/#)
      return Control(
        tag: text.hasPrefix("<select") ? "select" : "input",
        type: attribute("type", of: text) ?? "", name: attribute("name", of: text) ?? "",
        value: selected.map { String($0.1) } ?? attribute("value", of: text) ?? "",
        label: attribute("aria-label", of: text) ?? label(of: id, in: html), options: options,
        isChecked: text.contains(" checked"))
    }
  }

  private static func label(of id: String, in html: String) -> String {
    guard let found = html.components(separatedBy: "<label for=\"\(id)\"").dropFirst().first,
      let start = found.firstIndex(of: ">"), let end = found.range(of: "</label>")
    else { return "" }
    return String(found[found.index(after: start)..<end.lowerBound])
      .replacing(#/<[^>]*>/#, with: "")
  }

  private static func attribute(_ name: String, of html: String) -> String? {
    let parts = html.components(separatedBy: " \(name)=\"")
    return parts.count > 1 ? parts[1].components(separatedBy: "\"")[0] : nil
  }

  /// The control with a label; the one after a source when that is given.
  func control(_ label: String, under source: String? = nil) -> Control? {
    var start = html.startIndex
    if let source, let found = html.range(of: ">\(source)<") { start = found.upperBound }
    // Labels stand behind their boxes: what follows the source is read by itself.
    return Self.controls(in: String(html[start...])).first { $0.label == label }
  }

  /// Whether it is one set of radio buttons.
  var takesOne: Bool { controls.allSatisfy { $0.type == "radio" } }

  /// An answer that can be taken: the first choice, the lines in the order shown, a number.
  var someAnswer: [(String, String)] {
    var fields: [(String, String)] = []
    let boxes = controls.filter { ["radio", "checkbox"].contains($0.type) && $0.value != "unsure" }
    if let first = boxes.first { fields.append((first.name, first.value)) }
    for (index, select) in controls.filter({ $0.tag == "select" }).enumerated() {
      let options = select.options.dropFirst()
      fields.append((select.name, options[1 + index % options.count].value))
    }
    for field in controls where field.type == "text" { fields.append((field.name, "1")) }
    return fields
  }
}

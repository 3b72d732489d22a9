import Diagnostics

extension Findings {
  /// Reads what the candidate of an item sees.
  ///
  /// Each fault is noted.
  ///
  /// - Parameter root: the item.
  /// - Returns: the parts of the body, in order.
  mutating func body(of root: XMLElement) -> [AssessmentItem.BodyPart] {
    guard let body = root.first("qti-item-body") else {
      error(
        "missing-item-body", line: root.line,
        Text("题目没有 qti-item-body。", "The item has no qti-item-body."),
        remedy: Text("请补上题干与选项。", "Add the question and its choices."))
      return []
    }
    let unsupported = body.descendants {
      $0.isInteraction && $0.name != "qti-choice-interaction"
    }
    for element in unsupported { noteInteraction(element) }
    let parts = parts(of: body) ?? []
    if parts.isEmpty, unsupported.isEmpty {
      error(
        "no-interaction", line: body.line,
        Text("题目没有可作答的交互。", "The item has nothing to answer."),
        remedy: Text("请加入一个 qti-choice-interaction。", "Add a qti-choice-interaction."))
    }
    return parts
  }

  /// Reads the authors' notes of an item.
  ///
  /// - Parameter root: the item.
  /// - Returns: the notes, in order. They are never shown to candidates, whatever they ask for.
  mutating func rubricBlocks(of root: XMLElement) -> [RubricBlock] {
    root.descendants { $0.name == "qti-rubric-block" }.map { element in
      let views = (element.attribute("view") ?? "").split(separator: " ").map(String.init)
      if views.contains("candidate") {
        warning(
          "hidden-rubric", line: element.line,
          Text("qti-rubric-block 不会显示给作答者。", "A qti-rubric-block is not shown to candidates."),
          remedy: Text("要让作答者看到，请写进题干。", "Put what they must read into the body."))
      }
      // What is dropped from notes nobody sees is not worth a line.
      var ignored = Findings(file: file)
      let text = MarkupSanitiser.markup(of: element.children, findings: &ignored).text
      return RubricBlock(use: element.attribute("use"), views: views, text: text)
    }
  }

  private mutating func noteInteraction(_ element: XMLElement) {
    error(
      "unsupported-interaction", line: element.line,
      Text(
        "还不支持交互类型 \(element.name)。", "The interaction \(element.name) is not supported yet."),
      remedy: Text("请改用单选或多选（qti-choice-interaction）。", "Use a qti-choice-interaction."))
  }

  /// The parts of an element's content, nil when there is no interaction in it.
  ///
  /// An element around an interaction gives up its tags. One walk over the tree: a file may be
  /// nested deeply on purpose.
  private mutating func parts(of element: XMLElement) -> [AssessmentItem.BodyPart]? {
    var parts: [AssessmentItem.BodyPart] = []
    var hasInteraction = false
    var pending: [XMLElement.Node] = []
    for node in element.children {
      guard case .element(let child) = node, let inner = innerParts(of: child) else {
        pending.append(node)
        continue
      }
      hasInteraction = true
      parts += flush(&pending)
      parts += inner
    }
    return hasInteraction ? parts + flush(&pending) : nil
  }

  private mutating func innerParts(of child: XMLElement) -> [AssessmentItem.BodyPart]? {
    if child.name == "qti-choice-interaction" {
      return [.choiceInteraction(choiceInteraction(child))]
    }
    // Another interaction has been refused already, and what is hidden from candidates stays so.
    if child.isInteraction { return [] }
    return MarkupSanitiser.isHidden(child) ? nil : parts(of: child)
  }

  private mutating func flush(_ nodes: inout [XMLElement.Node]) -> [AssessmentItem.BodyPart] {
    let markup = MarkupSanitiser.markup(of: nodes, findings: &self)
    nodes = []
    return markup.isEmpty ? [] : [.markup(markup)]
  }
}

extension Findings {
  fileprivate mutating func choiceInteraction(_ element: XMLElement) -> ChoiceInteraction {
    let prompt = element.first("qti-prompt").map {
      MarkupSanitiser.markup(of: $0.children, findings: &self)
    }
    var choices: [SimpleChoice] = []
    for child in element.elements("qti-simple-choice") {
      guard let identifier = identifier(of: child) else { continue }
      choices.append(
        SimpleChoice(
          id: SimpleChoice.ID(rawValue: identifier),
          content: MarkupSanitiser.markup(of: child.children, findings: &self),
          isFixed: flag("fixed", of: child, default: false), line: child.line))
    }
    return ChoiceInteraction(
      responseIdentifier: identifier("response-identifier", of: element) ?? "",
      shuffle: flag("shuffle", of: element, default: false),
      maxChoices: count("max-choices", of: element, default: 1),
      minChoices: count("min-choices", of: element, default: 0),
      prompt: prompt, choices: choices, line: element.line)
  }
}

extension XMLElement {
  fileprivate var isInteraction: Bool {
    name.hasPrefix("qti-") && name.hasSuffix("-interaction")
  }
}

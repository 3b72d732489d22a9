import Diagnostics

extension Findings {
  private static let mostInteractions = 200

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
    let interactions = body.descendants { $0.isInteraction }
    guard interactions.count <= Self.mostInteractions else {
      error(
        "too-many-interactions", line: body.line,
        Text(
          "题目有 \(interactions.count) 个交互，上限是 \(Self.mostInteractions)。",
          "There are \(interactions.count) interactions; the limit is \(Self.mostInteractions)."),
        remedy: Text("请拆成几道题。", "Make several items of it."))
      return []
    }
    for element in interactions {
      if !element.isBlockInteraction, !element.isInlineInteraction { noteUnsupported(element) }
      if let inner = element.descendants(where: { $0.isInteraction }).first { noteNested(inner) }
    }
    let parts = parts(of: body) ?? flush(body.children)
    if interactions.isEmpty {
      error(
        "no-interaction", line: body.line,
        Text("题目没有可作答的交互。", "The item has nothing to answer."),
        remedy: Text("请加入一个 qti-choice-interaction。", "Add a qti-choice-interaction."))
    }
    return parts
  }

  private mutating func noteNested(_ element: XMLElement) {
    error(
      "nested-interaction", line: element.line,
      Text("交互 \(element.name) 放在另一个交互里。", "The interaction \(element.name) is inside another."),
      remedy: Text("请把它移出来，或另写一道题。", "Move it out, or make it an item of its own."))
  }

  /// The parts of an element's content, nil when no interaction that stands by itself is in it.
  ///
  /// An element around such an interaction gives up its tags. One walk over the tree: a file may be
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
      parts += flush(pending)
      pending = []
      parts += inner
    }
    return hasInteraction ? parts + flush(pending) : nil
  }

  private mutating func innerParts(of child: XMLElement) -> [AssessmentItem.BodyPart]? {
    if child.isBlockInteraction { return interaction(child).map { [$0] } ?? [] }
    // Another interaction has been refused already, and what is hidden from candidates stays so.
    if child.isInteraction, !child.isInlineInteraction { return [] }
    return MarkupSanitiser.isHidden(child) || child.isInteraction ? nil : parts(of: child)
  }

  /// Makes markup of nodes, and texts with questions of those that have some.
  private mutating func flush(_ nodes: [XMLElement.Node]) -> [AssessmentItem.BodyPart] {
    var parts: [AssessmentItem.BodyPart] = []
    var rest = nodes[...]
    while let first = rest.first {
      let asks = first.hasInlineInteraction
      let run = rest.prefix { $0.hasInlineInteraction == asks }
      rest = rest.dropFirst(run.count)
      if asks {
        let flow = MarkupSanitiser.flow(of: Array(run), findings: &self) { element, findings in
          findings.inlineInteraction(element)
        }
        parts.append(.flow(flow))
      } else {
        let markup = MarkupSanitiser.markup(of: Array(run), findings: &self)
        if !markup.isEmpty { parts.append(.markup(markup)) }
      }
    }
    return parts
  }
}

extension XMLElement.Node {
  fileprivate var hasInlineInteraction: Bool {
    guard case .element(let element) = self else { return false }
    if element.isInlineInteraction { return true }
    return element.children.contains { $0.hasInlineInteraction }
  }
}

extension XMLElement {
  /// Whether a candidate answers something in it.
  var isInteraction: Bool {
    name.hasPrefix("qti-") && name.hasSuffix("-interaction")
  }

  /// Whether it is a question that stands by itself, of a kind we read.
  var isBlockInteraction: Bool {
    switch name {
    case "qti-choice-interaction", "qti-order-interaction", "qti-match-interaction",
      "qti-associate-interaction", "qti-gap-match-interaction", "qti-hottext-interaction":
      true
    default: false
    }
  }

  /// Whether it is a question that stands in a sentence, of a kind we read.
  var isInlineInteraction: Bool {
    name == "qti-inline-choice-interaction" || name == "qti-text-entry-interaction"
  }
}

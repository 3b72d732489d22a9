import Diagnostics

extension Findings {
  /// Reads an interaction that stands by itself.
  ///
  /// - Returns: the interaction, or nil when it is of a kind we do not read.
  mutating func interaction(_ element: XMLElement) -> AssessmentItem.BodyPart? {
    switch element.name {
    case "qti-choice-interaction": .choiceInteraction(choiceInteraction(element))
    case "qti-order-interaction": .interaction(.order(orderInteraction(element)))
    case "qti-match-interaction": .interaction(.match(matchInteraction(element)))
    case "qti-associate-interaction": .interaction(.associate(associateInteraction(element)))
    case "qti-gap-match-interaction": .interaction(.gapMatch(gapMatchInteraction(element)))
    case "qti-hottext-interaction": .interaction(.hottext(hottextInteraction(element)))
    default: nil
    }
  }

  /// Reads an interaction that stands in a sentence.
  ///
  /// - Returns: the interaction, or nil when the element is none.
  mutating func inlineInteraction(_ element: XMLElement) -> Flow.Part? {
    switch element.name {
    case "qti-inline-choice-interaction":
      .inlineChoice(
        InlineChoiceInteraction(
          responseIdentifier: variable(of: element), shuffle: shuffles(element),
          choices: simpleChoices(of: element, named: "qti-inline-choice"), line: element.line))
    case "qti-text-entry-interaction":
      .textEntry(
        TextEntryInteraction(
          responseIdentifier: variable(of: element),
          expectedLength: element.attribute("expected-length") == nil
            ? nil : count("expected-length", of: element, default: 0),
          line: element.line))
    default: nil
    }
  }

  private mutating func variable(of element: XMLElement) -> String {
    identifier("response-identifier", of: element) ?? ""
  }

  private mutating func shuffles(_ element: XMLElement) -> Bool {
    flag("shuffle", of: element, default: false)
  }

  private mutating func prompt(of element: XMLElement) -> SafeMarkup? {
    element.first("qti-prompt").map { MarkupSanitiser.markup(of: $0.children, findings: &self) }
  }

  private mutating func choiceInteraction(_ element: XMLElement) -> ChoiceInteraction {
    ChoiceInteraction(
      responseIdentifier: variable(of: element), shuffle: shuffles(element),
      maxChoices: count("max-choices", of: element, default: 1),
      minChoices: count("min-choices", of: element, default: 0),
      prompt: prompt(of: element), choices: simpleChoices(of: element, named: "qti-simple-choice"),
      line: element.line)
  }

  private mutating func orderInteraction(_ element: XMLElement) -> OrderInteraction {
    OrderInteraction(
      responseIdentifier: variable(of: element), shuffle: shuffles(element),
      maxChoices: count("max-choices", of: element, default: 0),
      minChoices: count("min-choices", of: element, default: 0),
      prompt: prompt(of: element), choices: simpleChoices(of: element, named: "qti-simple-choice"),
      line: element.line)
  }

  private mutating func matchInteraction(_ element: XMLElement) -> MatchInteraction {
    let sets = element.elements("qti-simple-match-set")
    if sets.count != 2 {
      error(
        "match-sets", line: element.line,
        Text("配对题应有两组选项，现有 \(sets.count) 组。", "There are \(sets.count) match sets, not 2."),
        remedy: Text("请写两个 qti-simple-match-set。", "Write two qti-simple-match-set."))
    }
    return MatchInteraction(
      responseIdentifier: variable(of: element), shuffle: shuffles(element),
      maxAssociations: count("max-associations", of: element, default: 0),
      prompt: prompt(of: element), sources: sets.first.map { associableChoices(of: $0) } ?? [],
      targets: sets.dropFirst().first.map { associableChoices(of: $0) } ?? [], line: element.line)
  }

  private mutating func associateInteraction(_ element: XMLElement) -> AssociateInteraction {
    AssociateInteraction(
      responseIdentifier: variable(of: element), shuffle: shuffles(element),
      maxAssociations: count("max-associations", of: element, default: 0),
      prompt: prompt(of: element), choices: associableChoices(of: element), line: element.line)
  }

  private mutating func gapMatchInteraction(_ element: XMLElement) -> GapMatchInteraction {
    let pictures = element.elements("qti-gap-img")
    for picture in pictures { notePictureInGap(picture) }
    let outer = ["qti-prompt", "qti-gap-text", "qti-gap-img"]
    return GapMatchInteraction(
      responseIdentifier: variable(of: element), shuffle: shuffles(element),
      maxAssociations: count("max-associations", of: element, default: 0),
      prompt: prompt(of: element),
      words: associableChoices(of: element, named: "qti-gap-text"),
      content: flow(of: element, without: outer) { element, findings in
        guard element.name == "qti-gap" else { return nil }
        return findings.identifier(of: element).map { .gap(SimpleChoice.ID(rawValue: $0)) }
      }, line: element.line)
  }

  private mutating func hottextInteraction(_ element: XMLElement) -> HottextInteraction {
    HottextInteraction(
      responseIdentifier: variable(of: element),
      maxChoices: count("max-choices", of: element, default: 1), prompt: prompt(of: element),
      content: flow(of: element, without: ["qti-prompt"]) { element, findings in
        guard element.name == "qti-hottext" else { return nil }
        return findings.simpleChoice(element).map { .passage($0) }
      }, line: element.line)
  }

  private mutating func flow(
    of element: XMLElement, without outer: [String],
    control: (XMLElement, inout Findings) -> Flow.Part?
  ) -> Flow {
    let nodes = element.children.filter { node in
      if case .element(let child) = node { !outer.contains(child.name) } else { true }
    }
    return MarkupSanitiser.flow(of: nodes, findings: &self, control: control)
  }

  private mutating func simpleChoices(
    of element: XMLElement, named name: String
  ) -> [SimpleChoice] {
    element.elements(name).compactMap { simpleChoice($0) }
  }

  private mutating func associableChoices(
    of element: XMLElement, named name: String = "qti-simple-associable-choice"
  ) -> [AssociableChoice] {
    element.elements(name).compactMap { child in
      guard let choice = simpleChoice(child) else { return nil }
      return AssociableChoice(
        choice: choice, matchMax: count("match-max", of: child, default: 1))
    }
  }

  private mutating func simpleChoice(_ element: XMLElement) -> SimpleChoice? {
    guard let identifier = identifier(of: element) else { return nil }
    return SimpleChoice(
      id: SimpleChoice.ID(rawValue: identifier),
      content: MarkupSanitiser.markup(of: element.children, findings: &self),
      isFixed: flag("fixed", of: element, default: false), line: element.line)
  }
}

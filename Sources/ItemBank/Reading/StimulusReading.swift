public import Diagnostics

extension AssessmentStimulus {
  /// Reads one shared scenario.
  ///
  /// Never throws for content.
  ///
  /// - Parameters:
  ///   - bytes: the bytes of the stimulus file, at most 2 MB, in any encoding it declares.
  ///   - file: the name to use in diagnostics.
  /// - Returns: the scenario, nil when a diagnostic is an error; and what is wrong with it.
  public static func read(
    bytes: [UInt8], file: String
  ) -> (stimulus: AssessmentStimulus?, diagnostics: [Diagnostic]) {
    var findings = Findings(file: file)
    guard let root = findings.document(bytes, .stimulus)?.root else {
      return (nil, findings.diagnostics)
    }
    let identifier = findings.identifier(of: root)
    guard let body = root.first("qti-stimulus-body") else {
      findings.error(
        "missing-stimulus-body", line: root.line,
        Text("情境没有 qti-stimulus-body。", "The stimulus has no qti-stimulus-body."),
        remedy: Text("请补上情境的文字。", "Add the text of the scenario."))
      return (nil, findings.diagnostics)
    }
    findings.checkMarkup(of: body)
    let content = MarkupSanitiser.markup(of: body.children, findings: &findings)
    guard let identifier, !findings.hasErrors else { return (nil, findings.diagnostics) }
    let stimulus = AssessmentStimulus(
      id: ID(rawValue: identifier), title: root.attribute("title") ?? "",
      language: root.language, content: content, file: file)
    return (stimulus, findings.diagnostics)
  }
}

extension AssessmentStimulus {
  /// Reads a scenario of QTI 2, which is a page of HTML that items show as an object.
  ///
  /// - Parameters:
  ///   - bytes: the page, well formed as XML, at most 2 MB.
  ///   - id: the identifier it is to have: a page has none.
  ///   - file: the name to use in diagnostics.
  /// - Returns: the scenario, nil when a diagnostic is an error; and what is wrong with it.
  public static func read(
    htmlBytes bytes: [UInt8], id: ID, file: String
  ) -> (stimulus: AssessmentStimulus?, diagnostics: [Diagnostic]) {
    var findings = Findings(file: file)
    guard let root = XMLElement.parse(bytes, findings: &findings) else {
      return (nil, findings.diagnostics)
    }
    let body = root.name.lowercased() == "html" ? root.first("body") : root
    let nodes = body.map { $0.name == "body" ? $0.children : [.element($0)] } ?? []
    let content = MarkupSanitiser.markup(of: nodes, findings: &findings)
    let title = root.first(at: ["head", "title"])?.text.collapsed ?? ""
    let stimulus = AssessmentStimulus(
      id: id, title: title, language: root.language, content: content, file: file)
    return (findings.hasErrors ? nil : stimulus, findings.diagnostics)
  }
}

extension Findings {
  /// Reads where an item finds its scenarios.
  ///
  /// QTI 2 has no element for it: there a scenario is a page shown as an object.
  mutating func stimulusReferences(
    of root: XMLElement, version: AssessmentItem.Version
  ) -> [AssessmentItem.StimulusReference] {
    var references: [AssessmentItem.StimulusReference] = []
    for element in root.elements("qti-assessment-stimulus-ref") {
      let identifier = identifier(of: element)
      guard let identifier, let href = required("href", of: element) else { continue }
      references.append(
        AssessmentItem.StimulusReference(
          identifier: identifier, href: href, line: element.line))
    }
    guard version != .v3p0 else { return references }
    let pages = root.first("qti-item-body")?.descendants { $0.isStimulusObject } ?? []
    for (number, page) in pages.enumerated() {
      guard let href = required("data", of: page) else { continue }
      references.append(
        AssessmentItem.StimulusReference(
          identifier: "OBJECT\(number + 1)", href: href, line: page.line))
    }
    return references
  }
}

extension XMLElement {
  /// Whether it shows a page of HTML.
  var isStimulusObject: Bool {
    let type = attribute("type")?.lowercased()
    return name.lowercased() == "object" && (type == "text/html" || type == "application/xhtml+xml")
  }

  /// The element without the objects that show a page of HTML, at any depth.
  var withoutStimulusObjects: XMLElement {
    var result = self
    result.children = children.compactMap { node in
      guard case .element(let child) = node else { return node }
      return child.isStimulusObject ? nil : .element(child.withoutStimulusObjects)
    }
    return result
  }
}

public import Diagnostics

extension AssessmentItem {
  /// Reads one item.
  ///
  /// Never throws for content.
  ///
  /// QTI 3.0, 2.2 and 2.1 are read. Supported are the interactions of ``Interaction``, the standard
  /// response processing templates and rules of an item's own; everything else is named in the
  /// diagnostics.
  ///
  /// - Parameters:
  ///   - bytes: the bytes of the item file, at most 2 MB, in any encoding it declares.
  ///   - file: the name to use in diagnostics.
  /// - Returns: the item, nil when a diagnostic is an error; and what is wrong with it.
  public static func read(
    bytes: [UInt8], file: String
  ) -> (item: AssessmentItem?, diagnostics: [Diagnostic]) {
    read(bytes: bytes, file: file, contentHash: ContentHash.hexadecimal([bytes]))
  }

  /// Reads one item whose bytes have been hashed; ``read(bytes:file:)`` says more.
  static func read(
    bytes: [UInt8], file: String, contentHash: String
  ) -> (item: AssessmentItem?, diagnostics: [Diagnostic]) {
    var findings = Findings(file: file)
    guard let (root, version) = findings.document(bytes, .item) else {
      return (nil, findings.diagnostics)
    }
    findings.refuseUnsupported(root)
    findings.checkMarkup(of: root.first("qti-item-body"))
    let item = findings.item(root, version: version, contentHash: contentHash)
    guard let item, !findings.hasErrors else { return (nil, findings.diagnostics) }
    findings.append(ItemRules.structure.flatMap { $0.check(item) })
    return (findings.hasErrors ? nil : item, findings.diagnostics)
  }
}

extension Findings {
  /// Applies the rules about markup.
  mutating func checkMarkup(of body: XMLElement?) {
    guard let body else { return }
    append(ItemRules.document.flatMap { $0.check(body, file: file) })
  }

  fileprivate mutating func item(
    _ root: XMLElement, version: AssessmentItem.Version, contentHash: String
  ) -> AssessmentItem? {
    let identifier = identifier(of: root)
    let responses = responseDeclarations(of: root)
    let outcomes = outcomeDeclarations(of: root)
    warnOfLetterCase(in: responses, version: version)
    // In QTI 2 a scenario is an object in the body, and is read as one.
    let body = body(of: version == .v3p0 ? root : root.withoutStimulusObjects)
    let rubric = rubricBlocks(of: root)
    let feedback = modalFeedback(of: root)
    let references = stimulusReferences(of: root, version: version)
    let responseProcessing = responseProcessing(
      of: root, responses: responses, outcomes: outcomes)
    guard let identifier, let responseProcessing else { return nil }
    return AssessmentItem(
      id: AssessmentItem.ID(rawValue: identifier), title: root.attribute("title") ?? "",
      language: root.language, version: version, stimulusReferences: references, body: body,
      responseDeclarations: responses, outcomeDeclarations: outcomes,
      responseProcessing: responseProcessing, modalFeedback: feedback, rubricBlocks: rubric,
      contentHash: contentHash, file: file)
  }

  fileprivate mutating func refuseUnsupported(_ root: XMLElement) {
    if flag("adaptive", of: root, default: false) {
      error(
        "unsupported-adaptive", line: root.line,
        Text("不支持自适应题目。", "Adaptive items are not supported."),
        remedy: Text("请改为 adaptive=\"false\" 的题目。", "Make it an item with adaptive=\"false\"."))
    }
    let templates = ["qti-template-declaration", "qti-template-processing"]
    if let template = root.elements.first(where: { templates.contains($0.name) }) {
      error(
        "unsupported-template", line: template.line,
        Text("不支持带模板变量的题目。", "Items with template variables are not supported."),
        remedy: Text("请为每个变式写一道固定的题目。", "Write one fixed item for each variant."))
    }
  }

  private mutating func modalFeedback(of root: XMLElement) -> [ModalFeedback] {
    root.elements("qti-modal-feedback").compactMap { element in
      let outcome = identifier("outcome-identifier", of: element)
      guard let outcome, let value = identifier(of: element) else { return nil }
      return ModalFeedback(
        outcomeIdentifier: outcome, identifier: value,
        showsWhenMatched: element.attribute("show-hide") != "hide",
        content: MarkupSanitiser.markup(of: element.children, findings: &self),
        line: element.line)
    }
  }
}

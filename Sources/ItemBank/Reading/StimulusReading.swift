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
    let content = MarkupSanitiser.markup(of: body.children, findings: &findings)
    guard let identifier, !findings.hasErrors else { return (nil, findings.diagnostics) }
    let stimulus = AssessmentStimulus(
      id: ID(rawValue: identifier), title: root.attribute("title") ?? "",
      language: root.language, content: content, file: file)
    return (stimulus, findings.diagnostics)
  }
}

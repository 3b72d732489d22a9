import Diagnostics

extension Findings {
  /// Reads how an item's responses become outcomes.
  ///
  /// - Returns: the template or the rules; nil when there are none we can use, which is noted.
  mutating func responseProcessing(
    of root: XMLElement, responses: [ResponseDeclaration], outcomes: [OutcomeDeclaration]
  ) -> ResponseProcessing? {
    let element = root.first("qti-response-processing")
    let template = element?.attribute("template")
    guard let element, template != nil || !element.elements.isEmpty else {
      noteMissingProcessing(line: root.line)
      return nil
    }
    if let known = template.flatMap({ ResponseProcessingTemplate(template: $0) }) {
      return .template(known)
    }
    if !element.elements.isEmpty {
      let rules = RuleReader.rules(
        of: element, responses: responses, outcomes: outcomes, findings: &self)
      return .rules(rules)
    }
    error(
      "unsupported-response-processing", line: element.line,
      Text(
        "不认识的计分模板：\(template?.prefix(200) ?? "")",
        "This response processing template is not known: \(template?.prefix(200) ?? "")"),
      remedy: Text(
        "请改用 match_correct 或 map_response 模板，或写出规则。",
        "Use the template match_correct or map_response, or write the rules out."))
    return nil
  }

  private mutating func noteMissingProcessing(line: Int) {
    // An interaction we do not read explains it; one message is enough.
    let unsupported = ["interaction", "extended-text", "upload", "pci", "graphic"]
    if unsupported.contains(where: { hasErrors(code: "unsupported-" + $0) }) { return }
    error(
      "missing-response-processing", line: line,
      Text("题目没有写明怎样计分。", "The item does not say how it is scored."),
      remedy: Text(
        "请加入 match_correct 或 map_response 模板。", "Add the template match_correct or map_response."))
  }
}

public import Diagnostics

extension AssessmentTest {
  /// Reads one test.
  ///
  /// Never throws for content.
  ///
  /// - Parameters:
  ///   - bytes: the bytes of the test file, at most 2 MB, in any encoding it declares.
  ///   - file: the name to use in diagnostics.
  /// - Returns: the test, nil when a diagnostic is an error; and what is wrong with it. Its
  ///   references do not know their items yet.
  public static func read(
    bytes: [UInt8], file: String
  ) -> (test: AssessmentTest?, diagnostics: [Diagnostic]) {
    var findings = Findings(file: file)
    guard let root = findings.document(bytes, .test)?.root else {
      return (nil, findings.diagnostics)
    }
    let identifier = findings.identifier(of: root)
    let parts = root.elements("qti-test-part").map { findings.testPart($0) }
    var test = AssessmentTest(
      id: ID(rawValue: identifier ?? ""), title: root.attribute("title") ?? "", parts: parts,
      outcomeDeclarations: findings.outcomeDeclarations(of: root), file: file)
    if let processing = root.first("qti-outcome-processing") {
      test.outcomeProcessing = RuleReader.rules(
        of: processing, for: test, findings: &findings)
    }
    var identifiers: Set<String> = []
    for reference in test.itemReferences where !identifiers.insert(reference.identifier).inserted {
      findings.noteDuplicate(reference.identifier, line: reference.line)
    }
    return (findings.hasErrors ? nil : test, findings.diagnostics)
  }
}

extension Findings {
  fileprivate mutating func testPart(_ element: XMLElement) -> TestPart {
    TestPart(
      identifier: identifier(of: element) ?? "",
      navigationMode: required("navigation-mode", of: element) ?? "",
      submissionMode: required("submission-mode", of: element) ?? "",
      sections: element.elements("qti-assessment-section").map { section($0) })
  }

  private mutating func section(_ element: XMLElement) -> AssessmentSection {
    var children: [AssessmentSection.Child] = []
    for child in element.elements {
      switch child.name {
      case "qti-assessment-section":
        children.append(.section(section(child)))
      case "qti-assessment-item-ref":
        if let reference = itemReference(child) { children.append(.item(reference)) }
      case "qti-assessment-section-ref":
        noteSectionReference(child)
      default:
        continue
      }
    }
    let selection = element.first("qti-selection").map { count("select", of: $0, default: 0) }
    let shuffle = element.first("qti-ordering").map { flag("shuffle", of: $0, default: false) }
    return AssessmentSection(
      identifier: identifier(of: element) ?? "", title: element.attribute("title") ?? "",
      isVisible: flag("visible", of: element, default: true), selection: selection,
      shuffle: shuffle ?? false, children: children)
  }

  private mutating func itemReference(_ element: XMLElement) -> AssessmentItemReference? {
    let identifier = identifier(of: element)
    guard let identifier, let href = required("href", of: element) else { return nil }
    let categories = (element.attribute("category") ?? "").collapsed.split(separator: " ")
    return AssessmentItemReference(
      identifier: identifier, href: href, categories: categories.map(String.init),
      weights: weights(of: element), line: element.line)
  }

  private mutating func weights(of element: XMLElement) -> [String: Double] {
    var weights: [String: Double] = [:]
    for child in element.elements("qti-weight") {
      guard let identifier = self.identifier(of: child), let text = required("value", of: child),
        let value = number(text, of: "value", line: child.line)
      else { continue }
      weights[identifier] = value
    }
    return weights
  }

  private mutating func noteSectionReference(_ element: XMLElement) {
    error(
      "unsupported-section-ref", line: element.line,
      Text("还不支持引用另一个文件中的部分。", "Sections in other files are not supported yet."),
      remedy: Text("请把该部分写进测验文件。", "Put the section into the test file."))
  }
}

import Diagnostics

/// Reads the rules of response and outcome processing into typed trees.
struct RuleReader {
  private(set) var findings: Findings
  let responses: [ResponseDeclaration]
  let outcomes: [OutcomeDeclaration]
  /// The identifiers of a test's item references; nil for the rules of an item.
  let references: Set<String>?
  /// How many rules and expressions have been read.
  private var count = 0
  /// How many are read of one file, and how deep.
  private static let largestCount = 5_000
  private static let largestDepth = 100

  private init(
    findings: Findings, responses: [ResponseDeclaration], outcomes: [OutcomeDeclaration],
    references: Set<String>?
  ) {
    self.findings = findings
    self.responses = responses
    self.outcomes = outcomes
    self.references = references
  }

  /// Reads the rules of an item.
  static func rules(
    of element: XMLElement, responses: [ResponseDeclaration], outcomes: [OutcomeDeclaration],
    findings: inout Findings
  ) -> ProcessingRules {
    var reader = RuleReader(
      findings: findings, responses: responses, outcomes: outcomes, references: nil)
    let rules = reader.rules(element.elements, depth: 0)
    findings = reader.findings
    return ProcessingRules(rules: rules)
  }

  /// Reads the rules of a test.
  static func rules(
    of element: XMLElement, for test: AssessmentTest, findings: inout Findings
  ) -> ProcessingRules {
    var reader = RuleReader(
      findings: findings, responses: [], outcomes: test.outcomeDeclarations,
      references: Set(test.itemReferences.map(\.identifier)))
    let rules = reader.rules(element.elements, depth: 0)
    findings = reader.findings
    return ProcessingRules(rules: rules)
  }

  private mutating func rules(
    _ elements: some Sequence<XMLElement>, depth: Int
  ) -> [ProcessingRules.Rule] {
    var rules: [ProcessingRules.Rule] = []
    for element in elements {
      guard take(element, depth: depth) else { return rules }
      switch element.name {
      case "qti-set-outcome-value": rules += assignment(element, depth: depth, isLookup: false)
      case "qti-lookup-outcome-value": rules += assignment(element, depth: depth, isLookup: true)
      case "qti-response-condition", "qti-outcome-condition":
        rules += condition(element, depth: depth)
      case "qti-exit-response", "qti-exit-test": rules.append(.exit)
      case "qti-response-processing-fragment", "qti-outcome-processing-fragment":
        rules += self.rules(element.elements, depth: depth + 1)
      default: noteUnknown(element)
      }
    }
    return rules
  }

  private mutating func assignment(
    _ element: XMLElement, depth: Int, isLookup: Bool
  ) -> [ProcessingRules.Rule] {
    guard let identifier = findings.identifier(of: element),
      let operand = operands(of: element, count: 1...1, depth: depth)?.first
    else { return [] }
    guard let place = outcomes.firstIndex(where: { $0.identifier == identifier }) else {
      // Every item has it without saying so, and nothing here depends on it.
      if identifier != "completionStatus" { noteUndeclared(identifier, element) }
      return []
    }
    if !isLookup { return [.set(outcome: place, operand)] }
    if outcomes[place].lookupTable == nil {
      findings.error(
        "missing-lookup-table", line: element.line,
        Text("结果变量 \(identifier) 没有查找表。", "The outcome \(identifier) has no lookup table."),
        remedy: Text(
          "请在其声明中加入 qti-match-table 或 qti-interpolation-table。",
          "Add a qti-match-table or qti-interpolation-table to its declaration."))
    }
    return [.lookUp(outcome: place, operand)]
  }

  private mutating func condition(
    _ element: XMLElement, depth: Int
  ) -> [ProcessingRules.Rule] {
    var branches: [ProcessingRules.Branch] = []
    var otherwise: [ProcessingRules.Rule] = []
    for (place, child) in element.elements.enumerated() {
      guard take(child, depth: depth + 1) else { break }
      switch child.name {
      case "qti-response-if" where place == 0, "qti-response-else-if" where place > 0,
        "qti-outcome-if" where place == 0, "qti-outcome-else-if" where place > 0:
        guard let first = child.elements.first,
          let condition = expression(first, depth: depth + 2)
        else {
          if child.elements.isEmpty { noteOperands(child) }
          continue
        }
        branches.append(
          ProcessingRules.Branch(
            condition: condition,
            rules: rules(child.elements.dropFirst(), depth: depth + 2)))
      case "qti-response-else" where place > 0, "qti-outcome-else" where place > 0:
        otherwise = rules(child.elements, depth: depth + 2)
      default: noteUnknown(child)
      }
    }
    return branches.isEmpty ? [] : [.condition(branches, otherwise: otherwise)]
  }

  /// Counts an element.
  ///
  /// - Returns: false when there are too many, or it stands too deep, which is noted.
  mutating func take(_ element: XMLElement, depth: Int) -> Bool {
    count += 1
    if count <= Self.largestCount, depth <= Self.largestDepth { return true }
    if findings.hasErrors(code: "processing-too-large") { return false }
    findings.error(
      "processing-too-large", line: element.line,
      Text(
        "计分规则太多或嵌套太深：上限 \(Self.largestCount) 条、\(Self.largestDepth) 层。",
        "The processing has too many rules or is nested too deeply: the limits are"
          + " \(Self.largestCount) and \(Self.largestDepth)."),
      remedy: Text("请简化规则，例如改用 qti-mapping。", "Simplify it, for example with a qti-mapping."))
    return false
  }
}

extension RuleReader {
  /// Notes an element that is no rule or expression we know.
  mutating func noteUnknown(_ element: XMLElement) {
    findings.error(
      "unsupported-expression", line: element.line,
      Text(
        "不支持计分规则中的 \(element.name.prefix(80))。",
        "\(element.name.prefix(80)) is not supported in processing rules."),
      remedy: Text("请改用已支持的表达式，或拆成几道题。", "Use a supported expression, or several items."))
  }

  /// Notes a variable that is not declared.
  mutating func noteUndeclared(_ identifier: String, _ element: XMLElement) {
    findings.error(
      "undeclared-variable", line: element.line,
      Text(
        "规则用到的变量 \(identifier.prefix(80)) 没有声明。",
        "The rules use the variable \(identifier.prefix(80)), which is not declared."),
      remedy: Text("请声明它，或改正标识符。", "Declare it, or correct the identifier."))
  }

  /// Notes that an expression has too few or too many operands.
  mutating func noteOperands(_ element: XMLElement) {
    findings.error(
      "operands", line: element.line,
      Text("\(element.name) 的参数个数不对。", "\(element.name) has a wrong number of operands."),
      remedy: Text("请按 QTI 规范改正。", "Correct it by the QTI specification."))
  }

  /// Notes a fault.
  mutating func note(_ body: (inout Findings) -> Void) { body(&findings) }

  /// Asks the reader of values.
  mutating func read<Value>(_ body: (inout Findings) -> Value) -> Value { body(&findings) }
}

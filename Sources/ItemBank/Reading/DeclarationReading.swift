import Diagnostics

extension Findings {
  private static let mostVariables = 500

  /// Reads the response variables of an item.
  ///
  /// Each fault is noted; what can be read is returned.
  mutating func responseDeclarations(of root: XMLElement) -> [ResponseDeclaration] {
    var declarations: [ResponseDeclaration] = []
    var identifiers: Set<String> = []
    for element in limitedElements(of: root, named: "qti-response-declaration") {
      guard let declaration = responseDeclaration(element) else { continue }
      if identifiers.insert(declaration.identifier).inserted {
        declarations.append(declaration)
      } else {
        noteDuplicate(declaration.identifier, line: element.line)
      }
    }
    return declarations
  }

  /// Reads the outcome variables of an item.
  ///
  /// Each fault is noted; what can be read is returned.
  mutating func outcomeDeclarations(of root: XMLElement) -> [OutcomeDeclaration] {
    var declarations: [OutcomeDeclaration] = []
    var identifiers: Set<String> = []
    for element in limitedElements(of: root, named: "qti-outcome-declaration") {
      guard let declaration = outcomeDeclaration(element) else { continue }
      if identifiers.insert(declaration.identifier).inserted {
        declarations.append(declaration)
      } else {
        noteDuplicate(declaration.identifier, line: element.line)
      }
    }
    return declarations
  }

  /// Reads the table of an outcome variable, when it has one.
  private mutating func lookupTable(
    of element: XMLElement, as baseType: BaseType
  ) -> LookupTable? {
    let match = element.first("qti-match-table")
    guard let table = match ?? element.first("qti-interpolation-table") else { return nil }
    let entries = table.elements.filter {
      $0.name == "qti-match-table-entry" || $0.name == "qti-interpolation-table-entry"
    }
    let initial = attributeValue("default-value", of: table, as: baseType)
    return LookupTable(
      kind: match == nil ? .interpolation : .match,
      entries: entries.compactMap { entry in
        guard let text = required("source-value", of: entry),
          let source = number(text, of: "source-value", line: entry.line),
          let target = attributeValue("target-value", of: entry, as: baseType, isRequired: true)
        else { return nil }
        return LookupTable.Entry(
          source: source,
          includesBoundary: flag("include-boundary", of: entry, default: true), target: target)
      }, defaultValue: initial)
  }

  private mutating func attributeValue(
    _ name: String, of element: XMLElement, as baseType: BaseType, isRequired: Bool = false
  ) -> BaseValue? {
    let text = isRequired ? required(name, of: element) : element.attribute(name)
    return text.flatMap { value($0, as: baseType, of: name, line: element.line) }
  }

  /// The declarations of one kind, none when there are more than anyone needs, which is noted.
  private mutating func limitedElements(of root: XMLElement, named name: String) -> [XMLElement] {
    let elements = root.elements(name)
    if elements.count <= Self.mostVariables { return elements }
    error(
      "too-many-variables", line: root.line,
      Text(
        "声明了 \(elements.count) 个变量，上限是 \(Self.mostVariables)。",
        "There are \(elements.count) variables; the limit is \(Self.mostVariables)."),
      remedy: Text("请拆成几道题。", "Make several items of it."))
    return []
  }

  /// Notes that an identifier is used a second time.
  mutating func noteDuplicate(_ identifier: String, line: Int) {
    error(
      "duplicate-identifier", line: line,
      Text("标识符 \(identifier) 用了两次。", "The identifier \(identifier) is used twice."),
      remedy: Text("请改掉其中一个。", "Change one of them."))
  }

  private mutating func responseDeclaration(_ element: XMLElement) -> ResponseDeclaration? {
    guard let identifier = identifier(of: element), let cardinality = cardinality(of: element),
      let baseType = baseType(of: element)
    else { return nil }
    let correct = element.first("qti-correct-response")
    let initial = element.first("qti-default-value")
    return ResponseDeclaration(
      identifier: identifier, cardinality: cardinality, baseType: baseType,
      defaultValue: values(of: initial, as: baseType, cardinality),
      correctResponse: values(of: correct, as: baseType, cardinality),
      mapping: element.first("qti-mapping").map { mapping($0, as: baseType) },
      line: element.line)
  }

  private mutating func outcomeDeclaration(_ element: XMLElement) -> OutcomeDeclaration? {
    guard let identifier = identifier(of: element), let cardinality = cardinality(of: element)
    else { return nil }
    guard let baseType = baseType(of: element) else { return nil }
    return OutcomeDeclaration(
      identifier: identifier, cardinality: cardinality, baseType: baseType,
      defaultValue: values(of: element.first("qti-default-value"), as: baseType, cardinality),
      lookupTable: lookupTable(of: element, as: baseType), line: element.line)
  }

  private mutating func cardinality(of element: XMLElement) -> Cardinality? {
    guard let text = required("cardinality", of: element) else { return nil }
    if text == Cardinality.record.rawValue {
      error(
        "unsupported-record", line: element.line,
        Text("不支持 record 类型的变量。", "Variables that are records are not supported."),
        remedy: Text("请为每个字段声明一个变量。", "Declare a variable for each field."))
      return nil
    }
    if let cardinality = Cardinality(rawValue: text) { return cardinality }
    error(
      "cardinality", line: element.line,
      Text("基数 \(text.prefix(80)) 不存在。", "There is no cardinality \(text.prefix(80))."),
      remedy: Text("请写 single、multiple 或 ordered。", "Write single, multiple or ordered."))
    return nil
  }

  private mutating func baseType(of element: XMLElement) -> BaseType? {
    guard let text = required("base-type", of: element) else { return nil }
    if let baseType = BaseType(rawValue: text) { return baseType }
    error(
      "base-type", line: element.line,
      Text("基本类型 \(text.prefix(80)) 不存在。", "There is no base type \(text.prefix(80))."),
      remedy: Text(
        "请写 identifier、float 等 QTI 基本类型。", "Write a base type of QTI, such as identifier."))
    return nil
  }

  private mutating func values(
    of element: XMLElement?, as baseType: BaseType, _ cardinality: Cardinality
  ) -> [BaseValue] {
    guard let element else { return [] }
    let children = element.elements("qti-value")
    if cardinality == .single, children.count > 1 {
      error(
        "cardinality", line: element.line,
        Text(
          "基数为 single，却给了 \(children.count) 个值。",
          "The cardinality is single, but there are \(children.count) values."),
        remedy: Text("请只留一个值，或把基数改为 multiple。", "Keep one value, or make the cardinality multiple.")
      )
    }
    var values: [BaseValue] = []
    for child in children {
      let value = value(child.text, as: baseType, of: child.name, line: child.line)
      if let value { values.append(value) }
    }
    return values
  }
}

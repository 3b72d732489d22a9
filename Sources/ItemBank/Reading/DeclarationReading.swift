import Diagnostics

extension Findings {
  /// Reads the response variables of an item.
  ///
  /// Each fault is noted; what can be read is returned.
  mutating func responseDeclarations(of root: XMLElement) -> [ResponseDeclaration] {
    var declarations: [ResponseDeclaration] = []
    var identifiers: Set<String> = []
    for element in root.elements("qti-response-declaration") {
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
    for element in root.elements("qti-outcome-declaration") {
      guard let declaration = outcomeDeclaration(element) else { continue }
      if identifiers.insert(declaration.identifier).inserted {
        declarations.append(declaration)
      } else {
        noteDuplicate(declaration.identifier, line: element.line)
      }
    }
    return declarations
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
    let baseType = cardinality == .record ? nil : baseType(of: element)
    guard let baseType else {
      guard cardinality == .record else { return nil }
      return OutcomeDeclaration(
        identifier: identifier, cardinality: .record, baseType: nil, line: element.line)
    }
    return OutcomeDeclaration(
      identifier: identifier, cardinality: cardinality, baseType: baseType,
      defaultValue: values(of: element.first("qti-default-value"), as: baseType, cardinality),
      line: element.line)
  }

  private mutating func cardinality(of element: XMLElement) -> Cardinality? {
    guard let text = required("cardinality", of: element) else { return nil }
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

extension Findings {
  fileprivate mutating func mapping(_ element: XMLElement, as baseType: BaseType) -> Mapping {
    var entries: [Mapping.Entry] = []
    var keys: Set<BaseValue> = []
    for child in element.elements("qti-map-entry") {
      guard let entry = mapEntry(child, as: baseType) else { continue }
      if keys.insert(entry.key).inserted {
        entries.append(entry)
      } else {
        noteDuplicate(entry.key.label, line: child.line)
      }
    }
    let mapping = Mapping(
      entries: entries, defaultValue: number("default-value", of: element) ?? 0,
      lowerBound: number("lower-bound", of: element),
      upperBound: number("upper-bound", of: element))
    if let lower = mapping.lowerBound, let upper = mapping.upperBound, lower > upper {
      error(
        "bounds", line: element.line,
        Text("下限 \(lower) 大于上限 \(upper)。", "The lower bound \(lower) is above the upper \(upper)."),
        remedy: Text("请对调 lower-bound 与 upper-bound。", "Exchange lower-bound and upper-bound."))
    }
    return mapping
  }

  private mutating func mapEntry(_ element: XMLElement, as baseType: BaseType) -> Mapping.Entry? {
    // A text key may be empty or padded on purpose, so it is taken as it stands.
    let raw = element.attributes.first { $0.name == "map-key" && $0.namespace.isEmpty }?.value
    guard let raw else {
      _ = required("map-key", of: element)
      return nil
    }
    let key = value(raw, as: baseType, of: "map-key", line: element.line)
    guard let worth = required("mapped-value", of: element) else { return nil }
    let value = number(worth, of: "mapped-value", line: element.line)
    let caseSensitive =
      element.attribute("case-sensitive") == nil
      ? nil : flag("case-sensitive", of: element, default: true)
    if caseSensitive == nil, baseType == .string { warnOfLetterCase(line: element.line) }
    guard let key, let value else { return nil }
    return Mapping.Entry(key: key, value: value, isCaseSensitive: caseSensitive)
  }

  private mutating func number(_ name: String, of element: XMLElement) -> Double? {
    element.attribute(name).flatMap { number($0, of: name, line: element.line) }
  }

  private mutating func warnOfLetterCase(line: Int) {
    warning(
      "case-sensitive", line: line,
      Text(
        "没有写 case-sensitive，各版本的默认值不同；此处按区分大小写处理。",
        "case-sensitive is absent, and its default differs between versions; taken as true."),
      remedy: Text("请写明 case-sensitive。", "Write case-sensitive."))
  }
}

import Diagnostics

extension Findings {
  /// Reads what the answers to a response variable are worth.
  mutating func mapping(_ element: XMLElement, as baseType: BaseType) -> Mapping {
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
    guard let key, let value else { return nil }
    return Mapping.Entry(key: key, value: value, isCaseSensitive: caseSensitive)
  }

  private mutating func number(_ name: String, of element: XMLElement) -> Double? {
    element.attribute(name).flatMap { number($0, of: name, line: element.line) }
  }

  /// Warns once for each variable whose texts do not say whether letter case counts.
  ///
  /// Some version is wrong for every engine; the default of the item's version is taken.
  mutating func warnOfLetterCase(
    in declarations: [ResponseDeclaration], version: AssessmentItem.Version
  ) {
    let counts = version == .v2p1
    for declaration in declarations where declaration.baseType == .string {
      let entries = declaration.mapping?.entries ?? []
      guard entries.contains(where: { $0.isCaseSensitive == nil }) else { continue }
      warning(
        "case-sensitive", line: declaration.line,
        Text(
          "没有写 case-sensitive，各版本的默认值不同；此处按\(counts ? "" : "不")区分大小写处理。",
          "case-sensitive is absent, and its default differs between versions; taken as \(counts)."),
        remedy: Text("请写明 case-sensitive。", "Write case-sensitive."))
    }
  }
}

import Diagnostics

extension RuleReader {
  /// Reads a fixed value.
  mutating func baseValue(_ element: XMLElement) -> Expression? {
    guard let name = read({ $0.required("base-type", of: element) }) else { return nil }
    guard let baseType = BaseType(rawValue: name) else {
      note {
        $0.error(
          "base-type", line: element.line,
          Text("基本类型 \(name.prefix(80)) 不存在。", "There is no base type \(name.prefix(80))."),
          remedy: Text("请写 identifier、float 等 QTI 基本类型。", "Write a base type of QTI."))
      }
      return nil
    }
    let value = read {
      $0.value(element.text, as: baseType, of: element.name, line: element.line)
    }
    return value.map { .value($0) }
  }

  /// Finds the variable that an element names.
  mutating func variable(_ element: XMLElement) -> Expression.Variable? {
    guard let name = read({ $0.required("identifier", of: element) }) else { return nil }
    if let found = variable(named: name, weight: element.attribute("weight-identifier")) {
      return found
    }
    noteUndeclared(name, element)
    return nil
  }

  private func variable(named name: String, weight: String?) -> Expression.Variable? {
    if let place = responses.firstIndex(where: { $0.identifier == name }) {
      return .response(place)
    }
    if let place = outcomes.firstIndex(where: { $0.identifier == name }) { return .outcome(place) }
    if let references {
      // An item's outcome is named by both; either may have dots of its own.
      for dot in name.indices where name[dot] == "." {
        let reference = String(name[..<dot])
        let outcome = String(name[name.index(after: dot)...])
        if references.contains(reference) {
          return .item(reference: reference, outcome: outcome, weight: weight)
        }
      }
      return nil
    }
    switch name {
    case "numAttempts": return .numberOfAttempts
    case "completionStatus": return .completionStatus
    default: return nil
    }
  }

  /// Finds the response variable that an element names.
  mutating func response(_ element: XMLElement) -> Int? {
    guard let name = read({ $0.required("identifier", of: element) }) else { return nil }
    if let place = responses.firstIndex(where: { $0.identifier == name }) { return place }
    noteUndeclared(name, element)
    return nil
  }

  /// Reads which outcomes of which items are asked for.
  mutating func testVariables(_ element: XMLElement) -> Expression? {
    guard let outcome = read({ $0.required("variable-identifier", of: element) }) else {
      return nil
    }
    let words = { (name: String) in
      (element.attribute(name) ?? "").collapsed.split(separator: " ").map(String.init)
    }
    return .testVariables(
      Expression.TestVariables(
        outcome: outcome, section: element.attribute("section-identifier"),
        includedCategories: words("include-category"),
        excludedCategories: words("exclude-category"),
        weight: element.attribute("weight-identifier")))
  }

  /// Reads the place that `index` takes a value from, from 1.
  mutating func place(_ element: XMLElement) -> Expression.Count? {
    guard let text = read({ $0.required("n", of: element) }) else { return nil }
    if let number = Int(text), number > 0 { return .fixed(number) }
    if let variable = variable(named: text, weight: nil) { return .variable(variable) }
    note { $0.noteNumber(text, of: "n", line: element.line) }
    return nil
  }

  /// Reads how near two numbers must be.
  mutating func tolerance(_ element: XMLElement) -> Expression.Tolerance? {
    var tolerance = Expression.Tolerance()
    let name = element.attribute("tolerance-mode") ?? "exact"
    guard let mode = Expression.Tolerance.Mode(rawValue: name) else {
      noteMode(name, element)
      return nil
    }
    tolerance.mode = mode
    tolerance.includesLowerBound = read {
      $0.flag("include-lower-bound", of: element, default: true)
    }
    tolerance.includesUpperBound = read {
      $0.flag("include-upper-bound", of: element, default: true)
    }
    guard mode != .exact else { return tolerance }
    guard let text = read({ $0.required("tolerance", of: element) }) else { return nil }
    let numbers = text.collapsed.split(separator: " ").map { Double(decimal: String($0)) }
    guard (1...2).contains(numbers.count), let below = numbers[0], below >= 0,
      let above = numbers[numbers.count - 1], above >= 0
    else {
      note { $0.noteNumber(text, of: "tolerance", line: element.line) }
      return nil
    }
    (tolerance.below, tolerance.above) = (below, above)
    return tolerance
  }

  /// Reads how numbers are rounded before they are compared.
  mutating func rounding(_ element: XMLElement) -> Expression.Rounding? {
    let name = element.attribute("rounding-mode") ?? "significantFigures"
    guard let mode = Expression.Rounding.Mode(rawValue: name) else {
      noteMode(name, element)
      return nil
    }
    guard let text = read({ $0.required("figures", of: element) }) else { return nil }
    // A Double has no more digits.
    let least = mode == .significantFigures ? 1 : 0
    guard let figures = Int(text), (least...300).contains(figures) else {
      note { $0.noteNumber(text, of: "figures", line: element.line) }
      return nil
    }
    return Expression.Rounding(mode: mode, figures: figures)
  }

  private mutating func noteMode(_ name: String, _ element: XMLElement) {
    note {
      $0.error(
        "value", line: element.line,
        Text(
          "\(element.name) 没有方式 \(name.prefix(80))。",
          "\(element.name) has no mode \(name.prefix(80))."),
        remedy: Text("请按 QTI 规范改正。", "Correct it by the QTI specification."))
    }
  }
}

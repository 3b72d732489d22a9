/// The element names of QTI 3.0 and their spelling in 2.1 and 2.2.
///
/// The versions share one model. 2.x writes `simpleChoice` and `maxChoices` where 3.0 writes
/// `qti-simple-choice` and `max-choices`, so 2.x documents are renamed once and then read as 3.0.
/// HTML elements share the namespace of 2.x and keep their names, hence this table.
enum QTINames {
  /// The elements of QTI 3.0 that 2.x has too, without `qti-`.
  private static let elements = [
    "and", "anyN", "areaMapEntry", "areaMapping", "assessmentItem", "assessmentItemRef",
    "assessmentSection", "assessmentSectionRef", "assessmentStimulus", "assessmentTest",
    "associateInteraction", "baseValue", "branchRule", "choiceInteraction", "containerSize",
    "contains", "correct", "correctResponse", "customInteraction", "customOperator", "default",
    "defaultValue", "delete", "divide", "drawingInteraction", "durationGTE", "durationLT",
    "endAttemptInteraction", "equal", "equalRounded", "exitResponse", "exitTest",
    "extendedTextInteraction", "feedbackBlock", "feedbackInline", "fieldValue", "gap", "gapImg",
    "gapMatchInteraction", "gapText", "gcd", "graphicAssociateInteraction",
    "graphicGapMatchInteraction", "graphicOrderInteraction", "gt", "gte", "hotspotInteraction",
    "hottext", "hottextInteraction", "include", "index", "infoControl", "inlineChoice",
    "inlineChoiceInteraction", "inside", "integerDivide", "integerModulus", "integerToFloat",
    "interpolationTable", "interpolationTableEntry", "isNull", "itemBody", "itemSessionControl",
    "lcm", "lookupOutcomeValue", "lt", "lte", "mapEntry", "mapping", "mapResponse",
    "mapResponsePoint", "match", "matchInteraction", "matchTable", "matchTableEntry",
    "mathConstant", "mathOperator", "max", "mediaInteraction", "member", "min", "modalFeedback",
    "multiple", "not", "null", "numberCorrect", "numberIncorrect", "numberPresented",
    "numberResponded", "numberSelected", "or", "ordered", "ordering", "orderInteraction",
    "outcomeCondition", "outcomeDeclaration", "outcomeElse", "outcomeElseIf", "outcomeIf",
    "outcomeMaximum", "outcomeMinimum", "outcomeProcessing", "outcomeProcessingFragment",
    "patternMatch", "portableCustomInteraction", "positionObjectInteraction", "positionObjectStage",
    "power", "preCondition", "printedVariable", "product", "prompt", "random", "randomFloat",
    "randomInteger", "repeat", "responseCondition", "responseDeclaration", "responseElse",
    "responseElseIf", "responseIf", "responseProcessing", "responseProcessingFragment", "round",
    "roundTo", "rubricBlock", "sectionPart", "selection", "selectPointInteraction",
    "setOutcomeValue", "simpleAssociableChoice", "simpleChoice", "simpleMatchSet",
    "sliderInteraction", "statsOperator", "stringMatch", "stylesheet", "substring", "subtract",
    "sum", "templateBlock", "templateDeclaration", "templateDefault", "templateInline",
    "templateProcessing", "testFeedback", "testPart", "testVariables", "textEntryInteraction",
    "timeLimits", "truncate", "uploadInteraction", "value", "variable", "weight",
  ]

  private static let threeByTwo = [String: String](
    uniqueKeysWithValues: elements.map { ($0, "qti-" + kebab($0)) })

  private static let twoByThree = [String: String](
    uniqueKeysWithValues: elements.map { ("qti-" + kebab($0), $0) })

  /// The name that an element of 3.0 has in 2.x; one that 2.x does not have is spelt as it would be.
  static func older(_ name: String) -> String {
    twoByThree[name] ?? camel(name.hasPrefix("qti-") ? String(name.dropFirst(4)) : name)
  }

  /// The spelling of 2.x for a name of 3.0: `max-choices` is `maxChoices`.
  static func camel(_ name: String) -> String {
    let parts = name.split(separator: "-")
    return parts.prefix(1).joined()
      + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// The version that a namespace stands for; nil for one not supported.
  ///
  /// - Parameter namespace: the namespace of the root element. Only its last segment counts: some
  ///   profiles put the same names elsewhere.
  /// - Returns: the version, or nil.
  static func version(ofNamespace namespace: String) -> AssessmentItem.Version? {
    switch namespace.split(separator: "/").last {
    case "imsqti_v2p1": .v2p1
    case "imsqti_v2p2": .v2p2
    case "imsqtiasi_v3p0": .v3p0
    default: nil
    }
  }

  /// The same element, and all below it, in the names of 3.0.
  static func renamed(_ element: XMLElement, from version: AssessmentItem.Version) -> XMLElement {
    version == .v3p0 ? element : renamed(element, namespace: element.namespace)
  }

  private static func renamed(_ element: XMLElement, namespace: String) -> XMLElement {
    var result = element
    if element.namespace == namespace, let name = threeByTwo[element.name] {
      result.name = name
      for index in result.attributes.indices where result.attributes[index].namespace.isEmpty {
        result.attributes[index].name = kebab(result.attributes[index].name)
      }
    }
    for index in result.children.indices {
      if case .element(let child) = result.children[index] {
        result.children[index] = .element(renamed(child, namespace: namespace))
      }
    }
    return result
  }

  private static func kebab(_ name: String) -> String {
    name.reduce(into: "") { result, character in
      if character.isUppercase { result.append("-") }
      result.append(character.lowercased())
    }
  }

  /// Whether a text may stand as an identifier: a letter or `_`, then letters, digits, `.`, `-`, `_`.
  static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, isLetter(first) else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      isLetter(scalar) || isDigit(scalar) || scalar == "." || scalar == "-"
    }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .decimalNumber, .nonspacingMark, .spacingMark: true
    default: false
    }
  }
}

import Competency

/// A package written from the rows of a sheet.
struct WrittenPackage {
  private static let qti = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
  private static let csm = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscsmd_v1p1"
  private static let lom = "http://ltsc.ieee.org/xsd/LOM"

  let items: [WrittenItem]
  let scenarios: [String: (text: String, line: Int)]

  /// The bytes by path.
  var contents: [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for item in items {
      contents[path(of: item)] = XMLWriting.document(document(of: item), isIndented: true)
    }
    for (number, scenario) in scenarios where usedScenarios.contains(number) {
      contents["stimuli/\(number).xml"] = XMLWriting.document(
        Self.stimulus(number, scenario.text), isIndented: true)
    }
    contents["usage/judged.xml"] = XMLWriting.document(statistics, isIndented: true)
    contents[Manifest.file] = XMLWriting.document(manifest, isIndented: true)
    return contents
  }

  private var usedScenarios: [String] { Set(items.compactMap(\.scenario)).sorted() }

  private func path(of item: WrittenItem) -> String { "items/\(item.identifier).xml" }

  // MARK: Items

  private func document(of item: WrittenItem) -> XMLElement {
    let processing = XMLElement(
      "qti-response-processing", Self.qti,
      [("template", "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml")])
    let scenario = item.scenario.map {
      XMLElement(
        "qti-assessment-stimulus-ref", Self.qti,
        [("identifier", $0), ("href", "../stimuli/\($0).xml")])
    }
    let outcomes = [
      Self.outcome("SCORE", "float", "0"),
      Self.outcome("MAXSCORE", "float", String(item.maximum)),
      Self.outcome("FEEDBACK", "identifier", nil),
    ]
    var children = [Self.response(item)] + outcomes
    if let scenario { children.append(scenario) }
    children += [Self.body(item), processing]
    children += item.choices.compactMap(Self.feedback)
    var root = XMLElement(
      "qti-assessment-item", Self.qti,
      [
        ("identifier", item.identifier), ("title", item.title), ("adaptive", "false"),
        ("time-dependent", "false"),
      ], children)
    root.attributes.append(
      XMLElement.Attribute(name: "lang", namespace: XMLElement.xmlNamespace, value: "zh-CN"))
    return root
  }

  private static func response(_ item: WrittenItem) -> XMLElement {
    let best = item.choices.first { $0.score == item.maximum }?.letter ?? ""
    let entries = item.choices.map { choice in
      XMLElement(
        "qti-map-entry", qti,
        [
          ("map-key", choice.letter), ("mapped-value", String(choice.score)),
          ("case-sensitive", "true"),
        ])
    }
    return XMLElement(
      "qti-response-declaration", qti,
      [("identifier", "RESPONSE"), ("cardinality", "single"), ("base-type", "identifier")],
      [
        XMLElement("qti-correct-response", qti, [], [XMLElement("qti-value", qti, text: best)]),
        XMLElement(
          "qti-mapping", qti,
          [
            ("lower-bound", "0"), ("upper-bound", String(item.maximum)), ("default-value", "0"),
          ], entries),
      ])
  }

  private static func outcome(_ name: String, _ type: String, _ value: String?) -> XMLElement {
    let initial = value.map {
      XMLElement("qti-default-value", qti, [], [XMLElement("qti-value", qti, text: $0)])
    }
    return XMLElement(
      "qti-outcome-declaration", qti,
      [("identifier", name), ("cardinality", "single"), ("base-type", type)],
      [initial].compactMap(\.self))
  }

  private static func body(_ item: WrittenItem) -> XMLElement {
    let reasons = item.choices.filter { !$0.reason.isEmpty }.map {
      XMLElement("li", qti, text: "\($0.letter) \($0.score) 分：\($0.reason)")
    }
    let rubric = XMLElement(
      "qti-rubric-block", qti, [("use", "scoring"), ("view", "author scorer")],
      [XMLElement("qti-content-body", qti, [], [XMLElement("ul", qti, [], reasons)])])
    let choices = item.choices.map {
      XMLElement("qti-simple-choice", qti, [("identifier", $0.letter)], text: $0.text)
    }
    let interaction = XMLElement(
      "qti-choice-interaction", qti,
      [("response-identifier", "RESPONSE"), ("max-choices", "1"), ("shuffle", "true")],
      [XMLElement("qti-prompt", qti, text: item.stem)] + choices)
    var parts = reasons.isEmpty ? [] : [rubric]
    parts += paragraphs(item.story)
    parts.append(interaction)
    return XMLElement("qti-item-body", qti, [], parts)
  }

  private static func feedback(_ choice: WrittenItem.Choice) -> XMLElement? {
    guard !choice.feedback.isEmpty else { return nil }
    return XMLElement(
      "qti-modal-feedback", qti,
      [("outcome-identifier", "FEEDBACK"), ("identifier", choice.letter), ("show-hide", "show")],
      [XMLElement("qti-content-body", qti, [], paragraphs(choice.feedback))])
  }

  private static func stimulus(_ number: String, _ text: String) -> XMLElement {
    var root = XMLElement(
      "qti-assessment-stimulus", qti, [("identifier", number), ("title", number)],
      [XMLElement("qti-stimulus-body", qti, [], paragraphs(text))])
    root.attributes.append(
      XMLElement.Attribute(name: "lang", namespace: XMLElement.xmlNamespace, value: "zh-CN"))
    return root
  }

  private static func paragraphs(_ text: String) -> [XMLElement] {
    text.split(whereSeparator: \.isNewline).map { XMLElement("p", qti, text: String($0).trimmed) }
  }

  // MARK: Package

  private var statistics: XMLElement {
    XMLElement(
      "usageData", XMLElement.usageNamespace,
      [("glossary", "https://bianque.example/psychometrics/glossary")],
      items.flatMap(Self.statistics))
  }

  private static func statistics(of item: WrittenItem) -> [XMLElement] {
    XMLElement.statistics(
      .judged(item.difficulty, maximum: item.maximum, points: [item.point.id]),
      of: AssessmentItem.ID(rawValue: item.identifier))
  }

  private var manifest: XMLElement {
    let schema = XMLElement(
      "metadata", Manifest.namespace, [],
      [
        XMLElement("schema", Manifest.namespace, text: "QTI Item Bank"),
        XMLElement("schemaversion", Manifest.namespace, text: "3.0.0"),
      ])
    let stimuli = usedScenarios.map {
      Self.resource("R-stimulus-\($0)", "imsqti_stimulus_xmlv3p0", "stimuli/\($0).xml")
    }
    let list = XMLElement(
      "resources", Manifest.namespace, [],
      items.map { resource(of: $0) } + stimuli
        + [Self.resource("R-usage", "qtiusagedata/xml", "usage/judged.xml")])
    return XMLElement(
      "manifest", Manifest.namespace, [("identifier", "sheet")],
      [schema, XMLElement("organizations", Manifest.namespace, []), list])
  }

  private static func resource(
    _ identifier: String, _ type: String, _ path: String, _ metadata: XMLElement? = nil,
    dependencies: [String] = []
  ) -> XMLElement {
    XMLElement(
      "resource", Manifest.namespace, [("identifier", identifier), ("type", type), ("href", path)],
      [metadata].compactMap(\.self) + [XMLElement("file", Manifest.namespace, [("href", path)])]
        + dependencies.map {
          XMLElement("dependency", Manifest.namespace, [("identifierref", $0)])
        })
  }

  private func resource(of item: WrittenItem) -> XMLElement {
    var keywords = ["environment:\(item.environment.rawValue)"]
    if !item.schoolStage.isEmpty { keywords.append("stage:\(item.schoolStage)") }
    if !item.subject.isEmpty { keywords.append("subject:\(item.subject)") }
    keywords.append("instruction:\(item.instruction.rawValue)")
    for choice in item.choices where !choice.misconception.isEmpty {
      keywords.append("tag:\(choice.letter):\(choice.misconception)")
    }
    let metadata = XMLElement(
      "metadata", Manifest.namespace, [],
      [Self.alignment(of: item), Self.description(of: item, keywords: keywords)])
    return Self.resource(
      "R-\(item.identifier)", "imsqti_item_xmlv3p0", path(of: item), metadata,
      dependencies: (item.scenario.map { ["R-stimulus-\($0)"] } ?? []) + ["R-usage"])
  }

  private static func alignment(of item: WrittenItem) -> XMLElement {
    let guid = XMLElement(
      "labelledGUID", csm, [],
      [
        XMLElement(
          "label", csm, text: "\(item.point.id.rawValue) \(item.point.name.chinese)"),
        XMLElement("GUID", csm, text: item.point.caseIdentifier),
      ])
    let set = XMLElement(
      "setOfGUIDs", csm, [("region", "CN"), ("version", item.framework.id.rawValue)], [guid])
    return XMLElement(
      "curriculumStandardsMetadataSet", csm, [],
      [XMLElement("curriculumStandardsMetadata", csm, [], [set])])
  }

  private static func description(of item: WrittenItem, keywords: [String]) -> XMLElement {
    let string = { (text: String) in
      XMLElement("string", lom, [("language", "zh-CN")], text: text)
    }
    let title = XMLElement("title", lom, [], [string(item.title)])
    let words = keywords.map { XMLElement("keyword", lom, [], [string($0)]) }
    let status = XMLElement(
      "status", lom, [],
      [
        XMLElement("source", lom, text: "LOMv1.0"), XMLElement("value", lom, text: "draft"),
      ])
    let difficulty = XMLElement(
      "difficulty", lom, [],
      [
        XMLElement("source", lom, text: "LOMv1.0"),
        XMLElement("value", lom, text: item.difficulty.word),
      ])
    return XMLElement(
      "lom", lom, [],
      [
        XMLElement("general", lom, [], [title] + words),
        XMLElement("lifeCycle", lom, [], [status]),
        XMLElement("educational", lom, [], [difficulty]),
      ])
  }
}

extension WrittenItem {
  /// The score of the best choice.
  fileprivate var maximum: Int { choices.map(\.score).max() ?? 0 }
}

extension XMLElement {
  /// Creates an element with nothing but text in it.
  init(_ name: String, _ namespace: String, _ attributes: [(String, String)] = [], text: String) {
    self.init(name, namespace, attributes)
    children = [.text(text)]
  }
}

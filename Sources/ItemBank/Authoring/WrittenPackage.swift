import Competency

/// A package written from the rows of a sheet.
struct WrittenPackage {
  private static let qti = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
  private static let csm = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscsmd_v1p1"
  private static let lom = "http://ltsc.ieee.org/xsd/LOM"

  let items: [WrittenItem]
  let scenarios: [String: WrittenScenario]

  /// The bytes by path.
  var contents: [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for item in items {
      contents[path(of: item)] = Self.document(
        of: item, scenario: item.scenario.map { ($0, "../stimuli/\($0).xml") })
    }
    for (number, scenario) in scenarios where usedScenarios.contains(number) {
      contents["stimuli/\(number).xml"] = Self.stimulus(number, scenario)
    }
    contents["usage/judged.xml"] = XMLWriting.document(statistics, isIndented: true)
    contents[Manifest.file] = XMLWriting.document(manifest, isIndented: true)
    return contents
  }

  private var usedScenarios: [String] { Set(items.compactMap(\.scenario)).sorted() }

  private func path(of item: WrittenItem) -> String { "items/\(item.identifier).xml" }

  // MARK: Items

  /// The file of an item.
  ///
  /// - Parameters:
  ///   - item: the item.
  ///   - scenario: what the item calls the scenario it shares, and where it finds it.
  /// - Returns: the bytes.
  static func document(
    of item: WrittenItem, scenario: (identifier: String, href: String)?
  ) -> [UInt8] {
    let processing = XMLElement(
      "qti-response-processing", qti,
      [("template", "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml")])
    let reference = scenario.map {
      XMLElement(
        "qti-assessment-stimulus-ref", qti, [("identifier", $0.identifier), ("href", $0.href)])
    }
    let outcomes = [
      outcome("SCORE", "float", "0"), outcome("MAXSCORE", "float", String(item.maximum)),
      outcome("FEEDBACK", "identifier", nil),
    ]
    var children = [response(item)] + outcomes + [reference].compactMap(\.self)
    children += [body(item), processing]
    children += item.choices.compactMap(feedback)
    var root = XMLElement(
      "qti-assessment-item", qti,
      [
        ("identifier", item.identifier), ("title", item.title), ("adaptive", "false"),
        ("time-dependent", "false"),
      ], children)
    root.attributes.append(
      XMLElement.Attribute(name: "lang", namespace: XMLElement.xmlNamespace, value: "zh-CN"))
    return XMLWriting.document(root, isIndented: true)
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

  /// The file of a shared scenario.
  static func stimulus(_ number: String, _ scenario: WrittenScenario) -> [UInt8] {
    var root = XMLElement(
      "qti-assessment-stimulus", qti, [("identifier", number), ("title", scenario.title)],
      [XMLElement("qti-stimulus-body", qti, [], paragraphs(scenario.text))])
    root.attributes.append(
      XMLElement.Attribute(name: "lang", namespace: XMLElement.xmlNamespace, value: "zh-CN"))
    return XMLWriting.document(root, isIndented: true)
  }

  private static func paragraphs(_ text: String) -> [XMLElement] {
    text.split(whereSeparator: \.isNewline).map { XMLElement("p", qti, text: String($0).trimmed) }
  }

  // MARK: Package

  private var statistics: XMLElement {
    Self.usageFile(items.flatMap(Self.statistics))
  }

  /// A usage file.
  static func usageFile(_ statistics: [XMLElement]) -> XMLElement {
    XMLElement(
      "usageData", XMLElement.usageNamespace,
      [("glossary", "https://bianque.example/psychometrics/glossary")], statistics)
  }

  /// What the author's word for the difficulty stands for, as elements of a usage file.
  static func statistics(of item: WrittenItem) -> [XMLElement] {
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

  /// An entry of the manifest.
  static func resource(
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
    let keywords = item.keywords.flatMap { name, values in values.map { "\(name):\($0)" } }
    let metadata = XMLElement(
      "metadata", Manifest.namespace, [],
      [Self.alignment(of: item), Self.description(of: item, keywords: keywords)])
    return Self.resource(
      "R-\(item.identifier)", "imsqti_item_xmlv3p0", path(of: item), metadata,
      dependencies: (item.scenario.map { ["R-stimulus-\($0)"] } ?? []) + ["R-usage"])
  }

  /// What the manifest says of the item's competency point.
  static func alignment(of item: WrittenItem) -> XMLElement {
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

  /// What the manifest says of it in keywords `name:value`, by the name; without values where there
  /// is nothing to say.
  var keywords: [(name: String, values: [String])] {
    [
      ("environment", [environment.rawValue]), ("stage", [schoolStage].filter { !$0.isEmpty }),
      ("subject", [subject].filter { !$0.isEmpty }), ("instruction", [instruction.rawValue]),
      ("parallel", [parallelFamily].filter { !$0.isEmpty }),
      ("state", [state?.rawValue].compactMap(\.self)),
      (
        "tag",
        choices.filter { !$0.misconception.isEmpty }.map { "\($0.letter):\($0.misconception)" }
      ),
    ]
  }
}

extension XMLElement {
  /// Creates an element with nothing but text in it.
  init(_ name: String, _ namespace: String, _ attributes: [(String, String)] = [], text: String) {
    self.init(name, namespace, attributes)
    children = [.text(text)]
  }
}

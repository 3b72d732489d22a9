import Competency
import Diagnostics

extension PackageReading {
  /// The items that could be read, by the paths of their files.
  var itemsByPath: [String: BankItem] {
    [String: BankItem](
      items.map { ($0.path, $0.item) }, uniquingKeysWith: { first, _ in first })
  }

  /// Reads the items of a package with all that the package says about them.
  mutating func items(
    _ manifest: Manifest, frameworks: [Framework], stimuli: [PackagedStimulus]
  ) -> [PackagedItem] {
    let usage = usage(manifest)
    let places = [String: AssessmentStimulus.ID](
      stimuli.map { ($0.path, $0.stimulus.id) }, uniquingKeysWith: { first, _ in first })
    var items: [PackagedItem] = []
    var identifiers: Set<AssessmentItem.ID> = []
    for resource in manifest.resources where resource.kind == .item {
      guard let path = resource.path, let bytes = content(path) else { continue }
      guard var item = item(at: path) else { continue }
      guard identifiers.insert(item.id).inserted else {
        noteInManifest(about: resource) { $0.noteDuplicate(item.id.rawValue, line: resource.line) }
        continue
      }
      guard let scenarios = scenarios(of: &item, at: path, bytes, known: places) else { continue }
      var bankItem = BankItem(
        item: item, framework: nil, points: [], environment: nil,
        calibrations: usage[item.id] ?? [], scenario: scenarios.first,
        version: resource.metadata.version ?? "1", status: resource.metadata.status,
        judgedDifficulty: resource.metadata.difficulty)
      bankItem.align(to: resource.metadata.alignments, frameworks: frameworks)
      noteInManifest(about: resource) {
        bankItem.take(resource, frameworks: frameworks, findings: &$0)
      }
      items.append(PackagedItem(item: bankItem, path: path))
    }
    return items
  }

  /// The scenarios of an item, whose content hash becomes that of item and scenarios together.
  ///
  /// - Returns: the scenarios, or nil when one is missing, which is noted.
  private mutating func scenarios(
    of item: inout AssessmentItem, at path: String, _ bytes: [UInt8],
    known: [String: AssessmentStimulus.ID]
  ) -> [AssessmentStimulus.ID]? {
    var findings = Findings(file: label(path))
    var scenarios: [AssessmentStimulus.ID] = []
    var pieces = [bytes]
    for reference in item.stimulusReferences {
      let target = PackageFolder.path(of: reference.href, in: path)
      if let target, let bytes = content(target),
        let scenario = known[target] ?? page(at: target, bytes, for: item)
      {
        scenarios.append(scenario)
        pieces.append(bytes)
      } else {
        findings.note(
          target == nil ? .unsafe : .missing, href: reference.href, line: reference.line)
      }
    }
    append(findings.diagnostics)
    if pieces.count > 1 { item.contentHash = ContentHash.hexadecimal(pieces) }
    return findings.hasErrors ? nil : scenarios
  }

  /// The scenario that an item of QTI 2 shows as a page of HTML.
  private mutating func page(
    at path: String, _ bytes: [UInt8], for item: AssessmentItem
  ) -> AssessmentStimulus.ID? {
    guard item.version != .v3p0 else { return nil }
    let identifier = AssessmentStimulus.ID(rawValue: path)
    if pages.contains(where: { $0.path == path }) { return identifier }
    let (page, found) = AssessmentStimulus.read(
      htmlBytes: bytes, id: identifier, file: label(path))
    append(found)
    guard let page else { return nil }
    pages.append(PackagedStimulus(stimulus: page, path: path))
    return identifier
  }

  /// The calibrations of each item, the one to use first.
  private mutating func usage(
    _ manifest: Manifest
  ) -> [AssessmentItem.ID: [PartialCreditParameters]] {
    var calibrations: [AssessmentItem.ID: [PartialCreditParameters]] = [:]
    for resource in manifest.resources where resource.kind == .usage {
      guard let statistics = resource.path.flatMap({ usage(at: $0) }) else { continue }
      calibrations.merge(statistics.calibrations) { $0 + $1 }
    }
    return calibrations.mapValues { $0.sorted { $0.comes(before: $1) } }
  }
}

extension BankItem {
  /// Sets framework and points by the GUIDs of the manifest.
  fileprivate mutating func align(to identifiers: [String], frameworks: [Framework]) {
    for identifier in identifiers {
      let match = frameworks.lazy.compactMap { framework in
        framework.points.first { $0.caseIdentifier == identifier }.map { (framework.id, $0.id) }
      }.first
      guard let (found, point) = match, framework == nil || framework == found else {
        unknownAlignments.append(identifier)
        continue
      }
      framework = found
      if !points.contains(point) { points.append(point) }
    }
  }

  /// Takes what the keywords of the manifest say: `name:value`.
  fileprivate mutating func take(
    _ resource: Manifest.Resource, frameworks: [Framework], findings: inout Findings
  ) {
    for keyword in resource.metadata.keywords {
      let parts = keyword.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "stage": schoolStage = parts[1]
      case "subject": subject = parts[1]
      case "parallel": parallelFamily = parts[1]
      case "environment": take(environment: parts[1], resource, frameworks, &findings)
      case "state":
        if let state = ItemState(rawValue: parts[1]) {
          self.state = state
        } else {
          findings.noteKeyword(keyword, line: resource.line)
        }
      case "instruction":
        if let instruction = Instruction(rawValue: parts[1]) {
          self.instruction = instruction
        } else {
          findings.noteKeyword(keyword, line: resource.line)
        }
      case "tag": take(tag: parts[1], keyword, resource, &findings)
      // Other keywords are for people.
      default: continue
      }
    }
  }

  private mutating func take(
    environment name: String, _ resource: Manifest.Resource, _ frameworks: [Framework],
    _ findings: inout Findings
  ) {
    let identifier = Environment.ID(rawValue: name)
    environment = identifier
    let framework = frameworks.first { $0.id == self.framework }
    if let framework, framework.environment(identifier) == nil {
      findings.error(
        "unknown-environment", line: resource.line,
        Text(
          "教学环境 \(name.prefix(80)) 不在框架中。",
          "The environment \(name.prefix(80)) is not in the framework."),
        remedy: Text("请改正关键词 environment。", "Correct the keyword environment."))
    }
  }

  private mutating func take(
    tag: String, _ keyword: String, _ resource: Manifest.Resource, _ findings: inout Findings
  ) {
    let parts = tag.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
    let choice = SimpleChoice.ID(rawValue: parts.first ?? "")
    guard parts.count == 2,
      item.interactions.contains(where: { $0.choices.contains { $0.id == choice } })
    else {
      findings.noteKeyword(keyword, line: resource.line)
      return
    }
    misconceptions[choice] = parts[1]
  }
}

extension Findings {
  fileprivate mutating func noteKeyword(_ keyword: String, line: Int) {
    warning(
      "keyword", line: line,
      Text("关键词看不懂：\(keyword.prefix(80))", "This keyword is not understood: \(keyword.prefix(80))"),
      remedy: Text(
        "请写 instruction:knowledge 或 tag:选项:误区。", "Write instruction:knowledge or tag:choice:words.")
    )
  }
}

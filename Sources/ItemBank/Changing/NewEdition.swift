import Competency
import Diagnostics

/// A package while an item of it is written anew.
struct NewEdition {
  private let item: WrittenItem
  private let former: BankItem
  private let package: ReadPackage
  private var contents: [String: [UInt8]] = [:]
  /// A resource that the manifest does not have yet, on which the item depends.
  private var added: [XMLElement] = []

  init(of item: WrittenItem, _ former: BankItem, in package: ReadPackage) {
    self.item = item
    self.former = former
    self.package = package
    for path in package.reading.paths { contents[path] = package.reading.content(path) }
  }

  /// The package as it is by now.
  var files: PackageFiles {
    var contents = contents
    contents[Manifest.file] = edited(contents[Manifest.file] ?? []) { root in
      root.editElement("resources") { $0.append(added) }
    }
    return PackageFiles(added.isEmpty ? self.contents : contents, name: package.reading.name)
  }

  private var path: String {
    package.reading.items.first { $0.item.id == former.id }?.path ?? ""
  }

  /// Writes the item's file, and its scenario where it brings one.
  ///
  /// - Parameters:
  ///   - text: the scenario as the manuscript has it; nil for none.
  ///   - scenario: how it stands to the bank's.
  ///   - bank: the bank.
  mutating func write(
    _ text: WrittenScenario?, _ scenario: ManuscriptScenario, from bank: ReadPackage
  ) {
    let kept = former.item.stimulusReferences.first.map { ($0.identifier, $0.href) }
    var reference: (identifier: String, href: String)?
    switch scenario {
    case .own: break
    case .known(let known):
      reference =
        known.id == former.scenario ? kept : adding(bank.bytes(of: known), named: known.id.rawValue)
    case .changed(let known):
      reference = kept
      for stimulus in package.manifest.resources where stimulus.kind == .stimulus {
        guard let path = stimulus.path, let text, holds(known.id, at: path) else { continue }
        contents[path] = WrittenPackage.stimulus(known.id.rawValue, text)
      }
    case .new, .different:
      if let text, let name = item.scenario {
        reference = adding(WrittenPackage.stimulus(name, text), named: name)
      }
    }
    contents[path] = WrittenPackage.document(of: item, scenario: reference)
  }

  private func holds(_ scenario: AssessmentStimulus.ID, at path: String) -> Bool {
    guard let bytes = contents[path] else { return false }
    return AssessmentStimulus.read(bytes: bytes, file: path).stimulus?.id == scenario
  }

  /// Adds the file of a scenario.
  ///
  /// - Returns: how the item refers to it.
  private mutating func adding(_ bytes: [UInt8]?, named name: String) -> (String, String) {
    var file = "stimuli/\(name).xml"
    if contents[file] != nil { file = "stimuli/\(name)-new.xml" }
    contents[file] = bytes
    let identifier = "R-stimulus-\(name)"
    added.append(WrittenPackage.resource(identifier, "imsqti_stimulus_xmlv3p0", file))
    editResource {
      $0.append([
        XMLElement("dependency", $0.namespace, [("identifierref", identifier)])
      ])
    }
    let ascent = String(repeating: "../", count: path.split(separator: "/").count - 1)
    return (name, ascent + file.asAddress)
  }

  /// Says in the manifest what the item is about.
  ///
  /// - Parameter judgesDifficulty: whether the author named the difficulty.
  mutating func describe(judgesDifficulty: Bool) {
    let (item, former) = (item, former)
    editResource { resource in
      for (name, values) in item.keywords where name != "state" || former.state != item.state {
        resource.setKeywords(name, to: values)
      }
      let lom = ["metadata", "lom"]
      resource.setText(item.title, at: lom + ["general", "title", "string"])
      if judgesDifficulty {
        resource.setText(item.difficulty.word, at: lom + ["educational", "difficulty", "value"])
      }
      if let version = Int(former.version) {
        resource.setText("\(version + 1)", at: lom + ["lifeCycle", "version", "string"])
      }
      guard former.points != [item.point.id] else { return }
      resource.editElement("metadata") { metadata in
        metadata.removeElements { $0.name == "curriculumStandardsMetadataSet" }
        metadata.children.append(.element(WrittenPackage.alignment(of: item)))
      }
    }
  }

  /// Gives the item the parameters that its judged difficulty stands for, in place of those it has.
  mutating func judgeParameters() {
    let usage = package.manifest.resources.filter { $0.kind == .usage }.compactMap(\.path)
    for path in usage {
      guard let bytes = contents[path] else { continue }
      var ignored = Findings(file: path)
      contents[path] = ignored.usage(bytes, without: [former.id.rawValue])
    }
    let statistics = WrittenPackage.statistics(of: item)
    if let first = usage.first, let bytes = contents[first] {
      contents[first] = edited(bytes) { $0.append(statistics, indent: "\n  ") }
    } else {
      let file = "usage/judged-new.xml"
      contents[file] = XMLWriting.document(WrittenPackage.usageFile(statistics), isIndented: true)
      added.append(WrittenPackage.resource("R-usage-new", "qtiusagedata/xml", file))
    }
  }

  private func edited(_ bytes: [UInt8], _ change: (inout XMLElement) -> Void) -> [UInt8] {
    var ignored = Findings(file: "")
    guard var root = XMLElement.parse(bytes, limit: XMLElement.packageLimit, findings: &ignored)
    else { return bytes }
    change(&root)
    return XMLWriting.document(root)
  }

  /// Edits the manifest's entry of the item.
  private mutating func editResource(_ change: (inout XMLElement) -> Void) {
    let identifier = package.manifest.byPath[path]?.identifier
    contents[Manifest.file] = edited(contents[Manifest.file] ?? []) {
      $0.editResource(identifier, change)
    }
  }
}

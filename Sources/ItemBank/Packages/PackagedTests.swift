import Competency
import Diagnostics

extension PackageReading {
  /// Reads the tests of a package and finds the items they refer to.
  mutating func tests(_ manifest: Manifest, items: [PackagedItem]) -> [AssessmentTest] {
    let places = [String: AssessmentItem.ID](
      items.map { ($0.path, $0.item.id) }, uniquingKeysWith: { first, _ in first })
    var tests: [AssessmentTest] = []
    for resource in manifest.resources where resource.kind == .test {
      guard let path = resource.path, let bytes = content(path) else { continue }
      let (read, found) = AssessmentTest.read(bytes: bytes, file: label(path))
      append(found)
      guard var test = read else { continue }
      if tests.contains(where: { $0.id == test.id }) {
        noteInManifest { $0.noteDuplicate(test.id.rawValue, line: resource.line) }
        continue
      }
      var findings = Findings(file: label(path))
      test.resolveItems { reference in
        let target = PackageFolder.path(of: reference.href, in: path)
        if let target, let item = places[target] { return item }
        findings.noteItem(reference)
        return nil
      }
      append(findings.diagnostics)
      tests.append(test)
    }
    return tests
  }

  /// Reads the blueprints of a package and checks them against its tests and frameworks.
  mutating func blueprints(tests: [AssessmentTest], frameworks: [Framework]) -> [Blueprint] {
    var blueprints: [Blueprint] = []
    for path in paths where path.hasSuffix(".blueprint.json") {
      guard let bytes = content(path) else { continue }
      let (blueprint, found) = Blueprint.read(bytes: bytes, file: label(path))
      append(found)
      guard let blueprint else { continue }
      var findings = Findings(file: label(path))
      if !tests.contains(where: { $0.id == blueprint.test }) {
        findings.noteUnknown(Text("测验", "test"), blueprint.test.rawValue)
      }
      if blueprints.contains(where: { $0.test == blueprint.test }) {
        findings.noteDuplicate(blueprint.test.rawValue, line: 0)
      }
      if let framework = frameworks.first(where: { $0.id == blueprint.framework }) {
        findings.check(blueprint, in: framework)
      } else {
        findings.noteUnknown(Text("框架", "framework"), blueprint.framework.rawValue)
      }
      if let test = tests.first(where: { $0.id == blueprint.test }) {
        findings.checkSelection(of: blueprint, itemCount: test.itemReferences.count)
        findings.checkEnemies(of: blueprint, items: Set(test.itemReferences.compactMap(\.item)))
      }
      append(findings.diagnostics)
      if !findings.hasErrors { blueprints.append(blueprint) }
    }
    return blueprints
  }
}

extension AssessmentTest {
  /// Sets the item of every reference.
  fileprivate mutating func resolveItems(
    _ item: (AssessmentItemReference) -> AssessmentItem.ID?
  ) {
    for part in parts.indices {
      for section in parts[part].sections.indices {
        parts[part].sections[section].resolveItems(item)
      }
    }
  }
}

extension AssessmentSection {
  fileprivate mutating func resolveItems(_ item: (AssessmentItemReference) -> AssessmentItem.ID?) {
    children = children.map { child in
      switch child {
      case .section(var section):
        section.resolveItems(item)
        return .section(section)
      case .item(var reference):
        reference.item = item(reference)
        return .item(reference)
      }
    }
  }
}

extension Findings {
  fileprivate mutating func noteItem(_ reference: AssessmentItemReference) {
    error(
      "unknown-item", line: reference.line,
      Text(
        "测验引用的题目不在题库中，或不可用：\(reference.href.prefix(200))",
        "The item is not in the bank, or cannot be used: \(reference.href.prefix(200))"),
      remedy: Text("请改正 href，或先改好那道题。", "Correct the href, or mend that item first."))
  }

  fileprivate mutating func noteUnknown(_ what: Text, _ identifier: String) {
    error(
      "blueprint", line: 0,
      Text(
        "题库中没有\(what.chinese) \(identifier.prefix(80))。",
        "The bank has no \(what.english) \(identifier.prefix(80))."),
      remedy: Text("请改正蓝图文件。", "Correct the blueprint file."))
  }

  /// A small bank that chooses by information asks everybody the same few items.
  fileprivate mutating func checkSelection(of blueprint: Blueprint, itemCount: Int) {
    let minimum = Blueprint.Selection.minimumItemCount
    guard blueprint.selection != nil, itemCount < minimum else { return }
    error(
      "blueprint", line: 0,
      Text(
        "按信息量选题的测验至少要有 \(minimum) 道题，这个测验有 \(itemCount) 道。",
        "A test that chooses items by information needs at least \(minimum); this one has \(itemCount)."
      ),
      remedy: Text(
        "请删去蓝图的 selection，或补足题目。", "Leave selection out of the blueprint, or add items."))
  }

  /// An enemy that the test has no longer keeps nothing apart; the form can be drawn all the same.
  fileprivate mutating func checkEnemies(of blueprint: Blueprint, items: Set<AssessmentItem.ID>) {
    let unknown = Set(blueprint.enemies.joined()).subtracting(items)
    guard !unknown.isEmpty else { return }
    let names = unknown.map(\.rawValue).sorted().joined(separator: " ")
    warning(
      "blueprint", line: 0,
      Text(
        "互斥题里有测验没有的题：\(names.prefix(200))",
        "Among the enemies are items that the test does not have: \(names.prefix(200))"),
      remedy: Text("请从蓝图的 enemies 里去掉它们。", "Take them out of the blueprint's enemies."))
  }

  fileprivate mutating func check(_ blueprint: Blueprint, in framework: Framework) {
    for form in blueprint.forms {
      let environments = [form.environment] + Array(form.fromEnvironment.keys)
      for id in Set(environments).sorted(by: { $0.rawValue < $1.rawValue })
      where framework.environment(id) == nil {
        noteUnknown(Text("教学环境", "environment"), id.rawValue)
      }
      for id in form.fromDimension.keys.sorted(by: { $0.rawValue < $1.rawValue })
      where framework.dimension(id) == nil {
        noteUnknown(Text("能力维度", "dimension"), id.rawValue)
      }
      for id in form.perPointException.keys.sorted(by: { $0.rawValue < $1.rawValue })
      where framework.point(id) == nil {
        noteUnknown(Text("能力点", "competency point"), id.rawValue)
      }
    }
  }
}

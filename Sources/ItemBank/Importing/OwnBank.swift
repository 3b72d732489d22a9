import Competency
import Diagnostics
import Foundation

/// The test that an institution's own bank gets for the items that are in no other.
private enum OwnTest {
  static let path = "own/test.xml"
  static let blueprintPath = "own/test.blueprint.json"
  static let identifier = "own-test"
  /// The stages, and the items of a stage, where there are enough items.
  static let stages = 4
  static let itemsPerStage = 4
}

extension PackageFiles {
  /// A bank without items that has the frameworks of another one: what an own bank begins with.
  ///
  /// - Parameter bank: the files of the bank with the frameworks.
  /// - Returns: the files; those of an empty bank when the other cannot be read.
  public static func newBank(withFrameworksOf bank: PackageFiles) -> PackageFiles {
    guard let package = ReadPackage.read(bank).package else { return .newBank }
    var composition = BankComposition(
      layer: package,
      base: ReadPackage.read(.newBank).package ?? package)
    composition.takeFrameworks()
    return composition.files(named: "bank")
  }

  /// Adds a test of all items that are in no other.
  ///
  /// - Parameter title: the name of the test for teachers.
  /// - Returns: the files with it; as they are when no item can be tested.
  func withOwnTest(named title: String) -> PackageFiles {
    guard let package = ReadPackage.read(self).package else { return self }
    let listed = Set(package.bank.tests.flatMap { $0.itemReferences.compactMap(\.item) })
    let items = package.reading.items.filter { item in
      !listed.contains(item.item.id) && item.item.parameters != nil
    }
    let framework = items.lazy.compactMap(\.item.framework).first.flatMap(package.bank.framework)
    guard let framework,
      let blueprint = OwnBlueprint(items.map(\.item), in: framework, title: title),
      let written = blueprint.json
    else { return self }
    var contents: [String: [UInt8]] = [:]
    for path in package.reading.paths { contents[path] = package.reading.content(path) }
    contents[OwnTest.path] = XMLWriting.document(.ownTest(items, in: framework, title: title))
    contents[OwnTest.blueprintPath] = written
    contents[Manifest.file] = package.manifestWithOwnTest(of: items)
    return PackageFiles(contents, name: name)
  }
}

extension ReadPackage {
  /// The bank without the test that was made for it; it is made anew.
  var withoutOwnTest: ReadPackage {
    guard manifest.resources.contains(where: { $0.path == OwnTest.path }),
      let written = Manifest.written(source, without: [OwnTest.identifier])
    else { return self }
    var contents: [String: [UInt8]] = [:]
    for path in reading.paths { contents[path] = reading.content(path) }
    contents[OwnTest.path] = nil
    contents[OwnTest.blueprintPath] = nil
    contents[Manifest.file] = written
    return Self.read(PackageFiles(contents, name: reading.name)).package ?? self
  }

  fileprivate func manifestWithOwnTest(of items: [PackagedItem]) -> [UInt8] {
    var ignored = Findings(file: "")
    guard
      var root = XMLElement.parse(source, limit: XMLElement.packageLimit, findings: &ignored),
      let place = root.children.firstIndex(where: { $0.element?.name == "resources" }),
      var list = root.children[place].element
    else { return source }
    let byPath = manifest.byPath.mapValues(\.identifier)
    let files = [OwnTest.path, OwnTest.blueprintPath].map {
      XMLElement("file", list.namespace, [("href", $0)])
    }
    let dependencies = items.compactMap { byPath[$0.path] }.map {
      XMLElement("dependency", list.namespace, [("identifierref", $0)])
    }
    let attributes = [
      ("identifier", OwnTest.identifier), ("type", "imsqti_test_xmlv3p0"), ("href", OwnTest.path),
    ]
    list.append([XMLElement("resource", list.namespace, attributes, files + dependencies)])
    root.children[place] = .element(list)
    return XMLWriting.document(root)
  }
}

extension Bank {
  /// What is wrong with an institution's own bank that has tests for anybody.
  var publicTests: [Diagnostic] {
    blueprints.filter { $0.audience == .public }.map { blueprint in
      Diagnostic(
        "audience", .error, file: blueprint.file,
        message: Text(
          "机构自己的题库不能有公开测验 \(blueprint.test.rawValue.prefix(80))。",
          "An institution's own bank cannot have the public test"
            + " \(blueprint.test.rawValue.prefix(80))."),
        remedy: Text(
          "请把蓝图的 audience 改为 enrolled，或不用 --private 导入。",
          "Set the blueprint's audience to enrolled, or import without --private."))
    }
  }
}

extension XMLElement {
  private static let qti = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"

  /// Creates an element without text.
  init(
    _ name: String, _ namespace: String, _ attributes: [(String, String)],
    _ children: [XMLElement] = []
  ) {
    self.init(
      name: name, namespace: namespace,
      attributes: attributes.map { Attribute(name: $0, namespace: "", value: $1) },
      children: children.map(Node.element), line: 0)
  }

  fileprivate static func ownTest(
    _ items: [PackagedItem], in framework: Framework, title: String
  ) -> XMLElement {
    let references = items.map { item in
      let point = item.item.points.first
      let categories = [
        point?.rawValue, point.flatMap { framework.point($0)?.dimension.rawValue },
        item.item.environment?.rawValue,
      ]
      return XMLElement(
        "qti-assessment-item-ref", qti,
        [
          ("identifier", item.item.id.rawValue), ("href", "../" + item.path.asAddress),
          ("category", categories.compactMap(\.self).joined(separator: " ")),
        ])
    }
    let section = XMLElement(
      "qti-assessment-section", qti,
      [("identifier", "pool"), ("title", title), ("visible", "false")], references)
    let part = XMLElement(
      "qti-test-part", qti,
      [
        ("identifier", "P1"), ("navigation-mode", "nonlinear"),
        ("submission-mode", "simultaneous"),
      ], [section])
    return XMLElement(
      "qti-assessment-test", qti, [("identifier", OwnTest.identifier), ("title", title)], [part])
  }
}

/// A blueprint for whatever items there are: as long as its poorest environment allows, and as even
/// over environments as they are.
private struct OwnBlueprint {
  let title: String
  let framework: Framework.ID
  let stages: Int
  let itemsPerStage: Int
  let forms: [Environment.ID: [Environment.ID: Int]]

  /// - Returns: nil when no environment has an item.
  init?(_ items: [BankItem], in framework: Framework, title: String) {
    var counts: [Environment.ID: Int] = [:]
    for environment in items.compactMap(\.environment) { counts[environment, default: 0] += 1 }
    var available: [Environment.ID: [(Environment.ID, Int)]] = [:]
    for environment in framework.environments {
      let own = environment.includes.map { ($0, counts[$0, default: 0]) }.filter { $0.1 > 0 }
      if !own.isEmpty { available[environment.id] = own }
    }
    let totals = available.values.map { $0.reduce(0) { $0 + $1.1 } }
    guard let length = totals.min() else { return nil }
    itemsPerStage = min(OwnTest.itemsPerStage, length)
    stages = min(OwnTest.stages, length / itemsPerStage)
    self.title = title
    self.framework = framework.id
    let wanted = itemsPerStage * stages
    forms = available.mapValues { Self.evenly(wanted, from: $0) }
  }

  /// Takes a number of items one by one from wherever the fewest were taken and some are left.
  private static func evenly(
    _ count: Int, from available: [(Environment.ID, Int)]
  ) -> [Environment.ID: Int] {
    var taken: [Environment.ID: Int] = [:]
    for _ in 0..<count {
      let open = available.filter { taken[$0.0, default: 0] < $0.1 }
      let next = open.min { taken[$0.0, default: 0] < taken[$1.0, default: 0] }
      if let next { taken[next.0, default: 0] += 1 }
    }
    return taken
  }

  /// The file; nil when the title cannot be written.
  var json: [UInt8]? {
    let forms = forms.sorted { $0.key.rawValue < $1.key.rawValue }.map { environment, counts in
      Document.Form(
        environment: environment.rawValue,
        fromEnvironment: counts.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value },
        fromDimension: [:], perPointMaximum: stages * itemsPerStage)
    }
    let document = Document(
      test: OwnTest.identifier, version: "1", title: ["zh-Hans": title, "en": title],
      framework: framework.rawValue, audience: "enrolled", stages: stages,
      itemsPerStage: itemsPerStage, forms: forms)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    do {
      return [UInt8](try encoder.encode(document))
    } catch {
      return nil
    }
  }

  private struct Document: Encodable {
    struct Form: Encodable {
      var environment: String
      var fromEnvironment: [String: Int]
      var fromDimension: [String: Int]
      var perPointMaximum: Int
    }

    var test: String
    var version: String
    var title: [String: String]
    var framework: String
    var audience: String
    var stages: Int
    var itemsPerStage: Int
    var forms: [Form]
  }
}

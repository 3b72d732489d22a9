import Competency
import Diagnostics

/// A package while it is sorted into a bank.
struct BankMerging {
  let package: ReadPackage
  let base: ReadPackage
  let settings: BankImportSettings
  private var report = BankImportReport()
  private let known: [AssessmentItem.ID: BankItem]
  /// The files of the package with an error, by their labels.
  private let faultyFiles: Set<String>
  /// Items that were refused once the bank was put together.
  private var unfit: Set<AssessmentItem.ID> = []
  /// Items whose warnings were taken over.
  private var warned: Set<AssessmentItem.ID> = []

  init(_ package: ReadPackage, into base: ReadPackage, settings: BankImportSettings) {
    self.package = package
    self.base = base
    self.settings = settings
    faultyFiles = Set(
      package.reading.diagnostics.filter { $0.severity == .error }.map(\.file))
    known = [AssessmentItem.ID: BankItem](
      base.bank.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Sorts everything, and puts the bank together when it may be.
  mutating func result() -> BankImport {
    sort()
    noteFrameworks()
    noteUnknownTest()
    guard report.mayImport(isPartial: settings.isPartial) else { return BankImport(report: report) }
    // Refusing an item can leave another one without something, so once is not always enough.
    for _ in 0..<3 {
      guard let (files, manifest) = composed() else { return BankImport(report: report) }
      let (read, diagnostics) = ReadPackage.read(
        files, reusing: [package, base], parsedManifest: consume manifest)
      guard let read else { return BankImport(report: report) }
      let refused = noteFaults(in: read, diagnostics)
      guard report.mayImport(isPartial: settings.isPartial) else { break }
      guard refused else { return BankImport(report: report, files: files, bank: read.bank) }
    }
    refuseRest()
    return BankImport(report: report)
  }

  // MARK: Sorting

  /// Sorts every resource of the package.
  private mutating func sort() {
    let byFile = [String: [Diagnostic]](grouping: package.reading.diagnostics, by: \.file)
    var told: Set<Diagnostic> = []
    let items = package.reading.itemsByPath
    for resource in package.manifest.resources where resource.kind == .item {
      let own = resource.path.flatMap { byFile[package.reading.label($0)] } ?? []
      let found = own + package.reading.manifestFaults(of: resource)
      told.formUnion(found)
      let item = resource.path.flatMap { items[$0] }
      guard let item, !found.hasErrors else {
        let name = item?.id.rawValue ?? identifier(in: resource) ?? resource.identifier
        report.refused.append(.init(identifier: String(name.prefix(200)), diagnostics: found))
        continue
      }
      report.warnings += found
      place(item)
    }
    for diagnostic in package.reading.diagnostics where !told.contains(diagnostic) {
      refuse(file: diagnostic)
    }
  }

  private mutating func place(_ item: BankItem) {
    guard let known = known[item.id] else { return report.added.append(item.id) }
    let isSame =
      known.item.contentHash == item.item.contentHash && known.isDescribed(like: item)
      && (settings.test.map { base.isPart(item.id, of: $0) } ?? true)
    if isSame {
      report.unchanged.append(item.id)
    } else {
      report.newVersion.append(item.id)
    }
  }

  /// The identifier that the file of an item gives, when it can be parsed.
  private func identifier(in resource: Manifest.Resource) -> String? {
    var ignored = Findings(file: "")
    return resource.path.flatMap(package.reading.content)
      .flatMap { XMLElement.parse($0, findings: &ignored) }?.attribute("identifier")?.nonEmpty
  }

  private mutating func refuse(file diagnostic: Diagnostic) {
    guard diagnostic.severity == .error else { return report.warnings.append(diagnostic) }
    let name = package.reading.path(ofLabel: diagnostic.file)
    if let place = report.refused.firstIndex(where: { $0.identifier == name }) {
      if !report.refused[place].diagnostics.contains(diagnostic) {
        report.refused[place].diagnostics.append(diagnostic)
      }
    } else {
      report.refused.append(.init(identifier: name, diagnostics: [diagnostic]))
    }
  }

  private mutating func noteFrameworks() {
    for framework in package.bank.frameworks {
      guard let known = base.bank.framework(framework.id), known != framework else { continue }
      var findings = Findings(file: package.reading.label(Manifest.file))
      findings.warning(
        "framework-kept", line: 0,
        Text(
          "题库已有框架 \(framework.id.rawValue)，内容不同；沿用题库的，没有取用包里的。",
          "The bank has a framework \(framework.id.rawValue) that differs; the package's is not taken."
        ),
        remedy: Text("如要换框架，请给它新的版本号。", "To change a framework, give it a new version."))
      report.warnings += findings.diagnostics
    }
  }

  private mutating func noteUnknownTest() {
    guard let test = settings.test, base.bank.test(test) == nil, package.bank.test(test) == nil
    else { return }
    var findings = Findings(file: package.reading.label(Manifest.file))
    findings.error(
      "unknown-test", line: 0,
      Text(
        "题库中没有测验 \(test.rawValue.prefix(80))。", "The bank has no test \(test.rawValue.prefix(80))."
      ), remedy: Text("请检查 --test 后的标识符。", "Check the identifier after --test."))
    report.refused.append(
      .init(identifier: test.rawValue, diagnostics: findings.diagnostics))
  }

  // MARK: Putting together

  /// The bank with everything that can be used, and its manifest where it need not be parsed; nil
  /// when that changes nothing.
  private mutating func composed() -> (files: PackageFiles, manifest: XMLElement?)? {
    let taken = (report.added + report.newVersion).filter { !unfit.contains($0) }
    var composition = BankComposition(
      layer: package, base: base.withoutOwnTest, prefix: prefix(of: taken))
    composition.joinedTest = settings.test
    for item in taken { composition.take(item) }
    let items = Set(taken).union(report.unchanged)
    for test in package.bank.tests where !composition.hasSame(test) {
      // A test that would miss an item is told as refused already.
      let isWhole = test.itemReferences.allSatisfy { $0.item.map(items.contains) ?? false }
      guard isWhole, !test.itemReferences.isEmpty, isSound(test) else { continue }
      composition.take(test)
      if base.bank.test(test.id) != nil { noteReplaced(test) }
    }
    composition.takeOthers(where: isSound)
    guard !composition.isEmpty else { return nil }
    let composed = composition.filesAndManifest(named: base.reading.name)
    guard let name = settings.privateName else { return composed }
    return (composed.files.withOwnTest(named: name), nil)
  }

  /// Whether nothing is wrong with the files of a resource.
  private func isSound(_ resource: Manifest.Resource) -> Bool {
    !package.reading.manifestFaults(of: resource).hasErrors
      && !resource.paths.contains { faultyFiles.contains(package.reading.label($0)) }
  }

  private func isSound(_ test: AssessmentTest) -> Bool {
    package.testPaths[test.id].flatMap { path in
      package.manifest.resources.first { $0.path == path }
    }.map(isSound) ?? false
  }

  /// Refuses what is still to be taken when the bank cannot be put together with it.
  private mutating func refuseRest() {
    for id in report.added + report.newVersion {
      let diagnostic = Diagnostic(
        "not-imported", .error, file: package.reading.name,
        message: Text(
          "与题库合在一起时还有别的错误，没有导入。", "The bank has other faults with it; not imported."),
        remedy: Text("请先改正其他不可用的部分。", "Mend what else is refused first."))
      report.refused.append(.init(identifier: id.rawValue, diagnostics: [diagnostic]))
    }
    report.added = []
    report.newVersion = []
  }

  private mutating func noteReplaced(_ test: AssessmentTest) {
    let warning = Diagnostic(
      "test-replaced", .warning, file: test.file,
      message: Text(
        "题库中的测验 \(test.id.rawValue.prefix(80)) 将换成包里的。",
        "The bank's test \(test.id.rawValue.prefix(80)) is replaced by the package's."),
      remedy: Text(
        "如果不想更换，请从包里去掉测验，或给它另一个标识符。",
        "If that is not meant, take the test out of the package, or give it another identifier."))
    if !report.warnings.contains(warning) { report.warnings.append(warning) }
  }

  /// The folder of what is taken, named by its content: another choice of items is another folder.
  private func prefix(of items: [AssessmentItem.ID]) -> String {
    let names = ([package.bank.version.rawValue] + items.map(\.rawValue)).joined(separator: "\n")
    return "\(BankImporter.folder)\(ContentHash.hexadecimal([Array(names.utf8)]).prefix(16))/"
  }

  /// Refuses what is wrong with taken items in the bank as a whole.
  ///
  /// - Returns: whether something was refused.
  private mutating func noteFaults(in read: ReadPackage, _ found: [Diagnostic]) -> Bool {
    let taken = Set(report.added + report.newVersion)
    var faults: [AssessmentItem.ID: [Diagnostic]] = [:]
    var others: [Diagnostic] = []
    let old = Set(base.reading.diagnostics)
    let items = read.reading.itemsByPath
    for diagnostic in found where diagnostic.severity == .error && !old.contains(diagnostic) {
      let item = items[read.reading.path(ofLabel: diagnostic.file)]
      if let id = item?.id, taken.contains(id) {
        faults[id, default: []].append(diagnostic)
      } else {
        others.append(diagnostic)
      }
    }
    let bank = read.bank
    let fit = bank.items.filter { taken.contains($0.id) }
    let style = settings.checksWriting ? ItemRules.style : []
    let checked = Concurrently.map(fit) { item in
      style.flatMap { $0.check(item.item) } + ItemRules.bank.flatMap { $0.check(item, in: bank) }
    }
    for (item, found) in zip(fit, checked) {
      if warned.insert(item.id).inserted {
        report.warnings += found.filter { $0.severity == .warning }.map { inPackage($0, item.id) }
      }
      if found.hasErrors { faults[item.id, default: []] += found }
    }
    if settings.privateName != nil { others += read.bank.publicTests }
    for id in report.added + report.newVersion {
      guard let diagnostics = faults[id] else { continue }
      unfit.insert(id)
      report.refused.append(.init(identifier: id.rawValue, diagnostics: diagnostics))
    }
    report.added.removeAll(where: unfit.contains)
    report.newVersion.removeAll(where: unfit.contains)
    for diagnostic in others { refuse(file: diagnostic) }
    return !faults.isEmpty || !others.isEmpty
  }

  /// A warning at the file that the sender knows, not at the place it would have in the bank.
  private func inPackage(_ warning: Diagnostic, _ id: AssessmentItem.ID) -> Diagnostic {
    var warning = warning
    warning.file = package.bank.item(id)?.item.file ?? warning.file
    return warning
  }
}

extension [Diagnostic] {
  /// Whether content with these faults cannot be used.
  var hasErrors: Bool { contains { $0.severity == .error } }
}

extension BankItem {
  /// Whether a package says the same about the item as the bank does.
  ///
  /// A package without statistics says nothing about them.
  func isDescribed(like other: BankItem) -> Bool {
    framework == other.framework && points == other.points && environment == other.environment
      && misconceptions == other.misconceptions && schoolStage == other.schoolStage
      && parallelFamily == other.parallelFamily
      && subject == other.subject && instruction == other.instruction && version == other.version
      && state == other.state && status == other.status
      && judgedDifficulty == other.judgedDifficulty
      && (other.calibrations.isEmpty || calibrations == other.calibrations)
  }
}

extension ReadPackage {
  fileprivate func isPart(_ item: AssessmentItem.ID, of test: AssessmentTest.ID) -> Bool {
    bank.test(test)?.itemReferences.contains { $0.item == item } ?? false
  }
}

extension PackageReading {
  /// The path of a file that diagnostics call by its label.
  func path(ofLabel label: String) -> String {
    label.hasPrefix(name + "/") ? String(label.dropFirst(name.utf8.count + 1)) : label
  }
}

import Diagnostics

extension BankImporter {
  /// Works out the bank with some of its items changed.
  ///
  /// A change is an import of the items as they shall be: what is tried and what is published are the
  /// same files, everything the package says of an item stays but for what is changed, and a bank
  /// that is read from a folder again keeps the change. Nothing is written anywhere; never throws for
  /// content.
  ///
  /// - Parameters:
  ///   - changes: what to change, at most one change an item.
  ///   - base: the files of the bank.
  /// - Returns: the report, and the bank when it changes.
  public static func change(_ changes: [ItemChange], in base: PackageFiles) -> BankImport {
    let (files, refusal) = edited(changes, in: base)
    guard let files else { return BankImport(report: refusal) }
    return merge(files, into: base, settings: BankImportSettings())
  }

  /// The files of the changed items, or why they cannot be changed.
  private static func edited(
    _ changes: [ItemChange], in base: PackageFiles
  ) -> (files: PackageFiles?, report: BankImportReport) {
    let wanted = changes.filter { !$0.isEmpty }
    guard !wanted.isEmpty else { return (nil, BankImportReport()) }
    let (selected, faults) = base.selecting(PackageSelection(items: Set(wanted.map(\.item))))
    guard let selected else { return (nil, refused(base.name, faults).report) }
    guard let package = ReadPackage.read(selected).package else {
      return (nil, refused(base.name, faults).report)
    }
    var editing = PackageEditing(package)
    for change in wanted { editing.apply(change) }
    guard editing.faults.isEmpty else {
      var report = BankImportReport()
      report.refused = editing.faults
      return (nil, report)
    }
    return (editing.files, BankImportReport())
  }

  static func refused(_ name: String, _ faults: [Diagnostic]) -> BankImport {
    var report = BankImportReport()
    report.refused = [.init(identifier: name, diagnostics: faults)]
    return BankImport(report: report)
  }
}

/// A package whose items are being changed.
private struct PackageEditing {
  private let package: ReadPackage
  private let paths: [AssessmentItem.ID: String]
  private var contents: [String: [UInt8]] = [:]
  private(set) var faults: [BankImportReport.Refusal] = []

  init(_ package: ReadPackage) {
    self.package = package
    paths = [AssessmentItem.ID: String](
      package.reading.items.map { ($0.item.id, $0.path) }, uniquingKeysWith: { first, _ in first })
    for path in package.reading.paths { contents[path] = package.reading.content(path) }
  }

  var files: PackageFiles { PackageFiles(contents, name: package.reading.name) }

  mutating func apply(_ change: ItemChange) {
    guard let path = paths[change.item], let item = package.bank.item(change.item) else { return }
    var findings = Findings(file: package.reading.label(path))
    if !change.scores.isEmpty {
      edit(path, &findings) { root, findings in
        findings.score(change.scores, in: &root, of: item)
      }
    }
    if let state = change.state {
      editResource(path, &findings) { $0.setKeyword("state", to: state.rawValue) }
    }
    if let parameters = change.parameters {
      let usage = package.manifest.resources.first { $0.kind == .usage }?.path
      guard let usage else {
        findings.noteNoUsage(change.item)
        return faults.append(
          .init(identifier: change.item.rawValue, diagnostics: findings.diagnostics))
      }
      edit(usage, &findings) { root, _ in
        root.append(XMLElement.statistics(parameters, of: change.item), indent: "\n  ")
      }
    }
    if findings.hasErrors {
      faults.append(.init(identifier: change.item.rawValue, diagnostics: findings.diagnostics))
    }
  }

  private mutating func edit(
    _ path: String, _ findings: inout Findings,
    _ change: (inout XMLElement, inout Findings) -> Void
  ) {
    guard let bytes = contents[path],
      var root = XMLElement.parse(bytes, limit: XMLElement.packageLimit, findings: &findings)
    else { return }
    change(&root, &findings)
    contents[path] = XMLWriting.document(root)
  }

  /// Edits the manifest's entry of a file.
  private mutating func editResource(
    _ path: String, _ findings: inout Findings, _ change: (inout XMLElement) -> Void
  ) {
    let identifier = package.manifest.byPath[path]?.identifier
    edit(Manifest.file, &findings) { root, _ in root.editResource(identifier, change) }
  }
}

extension Findings {
  mutating func noteNoUsage(_ item: AssessmentItem.ID) {
    error(
      "missing-usage", line: 0,
      Text(
        "题库里没有题目 \(item.rawValue.prefix(80)) 的参数文件，写不进新参数。",
        "The bank has no usage file for item \(item.rawValue.prefix(80)) to write parameters to."),
      remedy: Text(
        "请先导入带 usage 文件的题库包。", "Import the items with a usage file first."))
  }
}

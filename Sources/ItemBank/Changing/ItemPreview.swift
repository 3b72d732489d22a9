import Diagnostics

extension BankImporter {
  /// Works out what the items of a bank would be with some of them changed.
  ///
  /// Nothing but the files of the items whose key changes is read, so that a page can show what follows
  /// at once, however large the bank is. ``change(_:in:)-(_,PackageFiles)`` makes the bank that is
  /// published; its items are the same.
  ///
  /// - Parameters:
  ///   - changes: what to change, at most one change an item.
  ///   - bank: the bank.
  ///   - base: its files.
  /// - Returns: the report, and the bank when it changes; without files, for it is not to be kept.
  public static func preview(
    _ changes: [ItemChange], of bank: Bank, in base: PackageFiles
  ) -> BankImport {
    var report = BankImportReport()
    var changed: [AssessmentItem.ID: BankItem] = [:]
    let hasUsage = bank.items.contains { !$0.calibrations.isEmpty }
    for change in changes where !change.isEmpty {
      var findings = Findings(file: base.name)
      var item = bank.item(change.item)
      if item == nil { findings.noteUnselectable(change.item) }
      if change.parameters != nil, !hasUsage { findings.noteNoUsage(change.item) }
      item?.take(change, in: base, findings: &findings)
      changed[change.item] = item
      if findings.hasErrors {
        report.refused.append(
          .init(identifier: change.item.rawValue, diagnostics: findings.diagnostics))
      }
    }
    guard report.refused.isEmpty, !changed.isEmpty else { return BankImport(report: report) }
    return BankImport(
      report: report,
      bank: Bank(
        version: bank.version, title: bank.title, frameworks: bank.frameworks,
        items: bank.items.map { changed[$0.id] ?? $0 }, stimuli: bank.stimuli, tests: bank.tests,
        blueprints: bank.blueprints))
  }
}

extension BankItem {
  fileprivate mutating func take(
    _ change: ItemChange, in base: PackageFiles, findings: inout Findings
  ) {
    if !change.scores.isEmpty { findings.rekey(&self, by: change.scores, in: base) }
    state = change.state ?? state
    if let parameters = change.parameters {
      calibrations = (calibrations + [parameters]).sorted { $0.comes(before: $1) }
    }
  }
}

extension Findings {
  /// Gives an item's choices other worths, as its file would have them.
  fileprivate mutating func rekey(
    _ item: inout BankItem, by scores: [SimpleChoice.ID: Int], in base: PackageFiles
  ) {
    guard let path = base.path(of: item.item), let source = base.bytes(of: path),
      var root = XMLElement.parse(source, limit: XMLElement.packageLimit, findings: &self)
    else { return noteUnselectable(item.id) }
    score(scores, in: &root, of: item)
    guard !hasErrors else { return }
    let bytes = XMLWriting.document(root)
    // The hash is that of the item and its scenarios together.
    let scenarios = item.item.stimulusReferences.compactMap { reference in
      PackageFolder.path(of: reference.href, in: path).flatMap { base.bytes(of: $0) }
    }
    let (read, found) = AssessmentItem.read(
      bytes: bytes, file: item.item.file,
      contentHash: ContentHash.hexadecimal([bytes] + scenarios))
    append(found.filter { $0.severity == .error })
    if let read { item.item = read }
  }
}

extension PackageFiles {
  /// The path of an item's file, which the item knows with the name of the package it was read from.
  fileprivate func path(of item: AssessmentItem) -> String? {
    var rest = Substring(item.file)
    while bytes(of: String(rest)) == nil {
      guard let slash = rest.firstIndex(of: "/") else { return nil }
      rest = rest[rest.index(after: slash)...]
    }
    return String(rest)
  }
}

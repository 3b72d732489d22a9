import Competency
import Diagnostics

/// A manuscript as it is to become part of a bank.
public struct ItemWriting: Hashable, Sendable {
  /// The manuscript.
  public var manuscript: ItemManuscript
  /// The item that it changes; nil for a new one.
  public var replaced: AssessmentItem.ID?
  /// Where the item stands from then on.
  public var state: ItemState
  /// Whether a changed item keeps its parameters; otherwise, and for new items, it gets those that
  /// the judged difficulty stands for.
  public var keepsParameters: Bool
  /// The test that a new item joins; nil for none.
  public var test: AssessmentTest.ID?

  /// Creates a wish.
  public init(
    _ manuscript: ItemManuscript, replacing replaced: AssessmentItem.ID? = nil, state: ItemState,
    keepsParameters: Bool = false, test: AssessmentTest.ID? = nil
  ) {
    self.manuscript = manuscript
    self.replaced = replaced
    self.state = state
    self.keepsParameters = keepsParameters
    self.test = test
  }
}

extension BankImporter {
  /// Works out the bank with an item written from a manuscript.
  ///
  /// The item is written as QTI and imported, as a package from elsewhere would be. Of an item that
  /// is changed all stays that the manuscript does not speak of: its place in tests, other keywords,
  /// and its parameters unless they are to be judged anew. A scenario whose text is changed changes
  /// for all items that share it. Nothing is written anywhere; never throws for content.
  ///
  /// - Parameters:
  ///   - writing: what to write.
  ///   - base: the files of the bank.
  /// - Returns: the report, and the bank when it changes.
  public static func write(_ writing: ItemWriting, into base: PackageFiles) -> BankImport {
    let (read, faults) = ReadPackage.read(base)
    guard let read else { return refused(base.name, faults) }
    let manuscript = writing.manuscript
    let name = manuscript[.identifier]
    let found = manuscript.check(in: read.bank, replacing: writing.replaced)
    var reading = ManuscriptReading(manuscript, frameworks: read.bank.frameworks)
    guard !found.hasErrors, var item = reading.item() else {
      return refused(name, found.findings.filter(\.isError).map(\.diagnostic))
    }
    item.state = writing.state
    let former = writing.replaced.flatMap(read.bank.item)
    let scenario = ManuscriptScenario(of: manuscript, replacing: former, in: read.bank)
    guard let former else {
      var contents = WrittenPackage(items: [item], scenarios: reading.scenarios).contents
      if case .known(let known) = scenario {
        // Two texts of one name cannot be told apart: to the byte it has to be the same file.
        contents["stimuli/\(known.id.rawValue).xml"] = read.bytes(of: known)
      }
      return merge(
        PackageFiles(contents, name: "manuscript"), into: base,
        settings: BankImportSettings(test: writing.test))
    }
    if ItemManuscript(of: former, in: read.bank) == manuscript, former.state == writing.state {
      var report = BankImportReport()
      report.unchanged = [former.id]
      return BankImport(report: report)
    }
    guard let package = selected(former, scenario, in: read, base) else {
      return refused(name, faults)
    }
    var edition = NewEdition(of: item, former, in: package)
    edition.write(reading.scenarios[manuscript[.scenarioIdentifier]], scenario, from: read)
    edition.describe(judgesDifficulty: !manuscript[.difficulty].isEmpty)
    if !writing.keepsParameters { edition.judgeParameters() }
    return merge(edition.files, into: base, settings: BankImportSettings())
  }

  /// The item as a package, with all that share its scenario where that is to change.
  private static func selected(
    _ item: BankItem, _ scenario: ManuscriptScenario, in bank: ReadPackage, _ files: PackageFiles
  ) -> ReadPackage? {
    var items: Set<AssessmentItem.ID> = [item.id]
    if case .changed(let known) = scenario {
      items.formUnion(bank.bank.items.filter { $0.scenario == known.id }.map(\.id))
    }
    let selected = files.selecting(
      PackageSelection(items: items), known: bank.reading.read
    ).files
    return selected.flatMap {
      ReadPackage.read($0, knownFrameworks: bank.bank.frameworks).package
    }
  }
}

extension ReadPackage {
  /// The bytes of a scenario's file.
  func bytes(of scenario: AssessmentStimulus) -> [UInt8]? {
    reading.content(reading.path(ofLabel: scenario.file))
  }
}

import Diagnostics

/// What checking a manuscript found, and the item it would become.
public struct ManuscriptCheck: Hashable, Sendable {
  /// What to look at, errors first.
  public var findings: [ManuscriptFinding]
  /// The item as it would be read back; nil while it cannot be written.
  public var item: BankItem?
  /// The bank with the item in its place; nil when ``item`` is.
  public var bank: Bank?

  /// Whether the item cannot be written as it is.
  public var hasErrors: Bool { findings.contains(where: \.isError) }
}

extension ItemManuscript {
  /// Applies every rule of `bank check` to the item as it would be written, in its place in a bank.
  ///
  /// Writes nothing; never throws for content.
  ///
  /// - Parameters:
  ///   - bank: the bank it is written for.
  ///   - replaced: the item that it changes; nil for a new one.
  /// - Returns: what was found.
  public func check(in bank: Bank, replacing replaced: AssessmentItem.ID?) -> ManuscriptCheck {
    let former = replaced.flatMap(bank.item)
    var reading = ManuscriptReading(self, frameworks: bank.frameworks)
    let written = reading.item()
    let scenario = ManuscriptScenario(of: self, replacing: former, in: bank)
    var findings = reading.findings
    findings += place(in: bank, replacing: former) + finding(about: scenario, in: bank)
    guard let written else { return ManuscriptCheck(findings: findings.errorsFirst) }
    let package = WrittenPackage(items: [written], scenarios: reading.scenarios)
    let (read, faults) = ReadPackage.read(
      PackageFiles(package.contents, name: "manuscript"), knownFrameworks: bank.frameworks)
    guard let read, let item = read.bank.items.first else {
      findings += faults.map { ManuscriptFinding(column: nil, diagnostic: $0) }
      return ManuscriptCheck(findings: findings.errorsFirst)
    }
    let stimulus: AssessmentStimulus? =
      if case .known(let known) = scenario { known } else { read.bank.stimuli.first }
    let then = bank.with(item, stimulus)
    findings += (faults + item.breaches(in: then, was: bank)).map {
      ManuscriptFinding(column: item.column(of: $0), diagnostic: $0)
    }
    return ManuscriptCheck(findings: findings.errorsFirst, item: item, bank: then)
  }

  /// What its place in the bank forbids.
  private func place(in bank: Bank, replacing former: BankItem?) -> [ManuscriptFinding] {
    var findings = Findings(file: "manuscript")
    let identifier = AssessmentItem.ID(rawValue: self[.identifier])
    if former == nil, bank.item(identifier) != nil { findings.noteTaken(identifier) }
    let placed = findings.diagnostics.map {
      ManuscriptFinding(column: .identifier, diagnostic: $0)
    }
    guard choiceCount < 3 else { return placed }
    var few = Findings(file: "manuscript")
    few.noteFewChoices(choiceCount)
    return placed
      + few.diagnostics.map { ManuscriptFinding(column: .choice(choiceCount), diagnostic: $0) }
  }

  private func finding(
    about scenario: ManuscriptScenario, in bank: Bank
  ) -> [ManuscriptFinding] {
    var findings = Findings(file: "manuscript")
    switch scenario {
    case .own, .new, .known: break
    case .different(let known): findings.noteDifferent(known)
    case .changed(let known) where !known.isPlain: findings.noteMarkup(known)
    case .changed(let known):
      let count = otherItemCount(in: bank)
      if count > 0 { findings.noteShared(known, by: count) }
    }
    return findings.diagnostics.map { ManuscriptFinding(column: .scenario, diagnostic: $0) }
  }
}

extension Bank {
  /// The bank with an item in place of the one with its identifier, or at the end.
  fileprivate func with(_ item: BankItem, _ scenario: AssessmentStimulus?) -> Bank {
    var items = items
    if let place = items.firstIndex(where: { $0.id == item.id }) {
      items[place] = item
    } else {
      items.append(item)
    }
    var stimuli = stimuli
    if let scenario {
      if let place = stimuli.firstIndex(where: { $0.id == scenario.id }) {
        stimuli[place] = scenario
      } else {
        stimuli.append(scenario)
      }
    }
    return Bank(
      version: version, title: title, frameworks: frameworks, items: items, stimuli: stimuli,
      tests: tests, blueprints: blueprints)
  }
}

extension BankItem {
  /// What breaks a rule in it, and what it breaks in its bank that was whole before.
  fileprivate func breaches(in bank: Bank, was before: Bank) -> [Diagnostic] {
    let old = Set(ItemRules.bankStyle.flatMap { $0.check(before) }.map { [$0.code, $0.file] })
    return ItemRules.style.flatMap { $0.check(item) }
      + ItemRules.bank.flatMap { $0.check(self, in: bank) }
      + ItemRules.bankStyle.flatMap { $0.check(bank) }.filter { !old.contains([$0.code, $0.file]) }
  }

  /// The part of a manuscript that a fault of the file written from it is about.
  fileprivate func column(of fault: Diagnostic) -> ItemSheetColumn? {
    let choices = item.choiceInteractions.first?.choices ?? []
    let letters = ItemSheetColumn.letters
    if fault.line > 0, let message = item.modalFeedback.first(where: { $0.line == fault.line }) {
      return letters.firstIndex(of: message.identifier).map { .feedback($0) }
    }
    let place = fault.line > 0 ? choices.firstIndex { $0.line == fault.line } : nil
    switch fault.code {
    case "missing-feedback": return place.map { .feedback($0) }
    case "missing-tag": return place.map { .misconception($0) }
    case "choice-lengths": return .choice(0)
    case "scores-alike", "maximum-score", "score-category", "score-beyond-bounds": return .score(0)
    case "no-competency-point", "unknown-point": return .point
    case "missing-environment", "unknown-environment": return .environment
    case "best-position": return nil
    case "story-too-long": return .scenario
    default: break
    }
    if let place { return .choice(place) }
    if fault.line > 0, fault.line == item.choiceInteractions.first?.line { return .stem }
    // What has no line of its own is in the story before the question.
    return fault.line == 0 && Self.storyCodes.contains(fault.code) ? .scenario : nil
  }

  private static let storyCodes: Set<String> = [
    "half-width-punctuation", "answer-leak", "brand-name",
  ]
}

extension [ManuscriptFinding] {
  /// Errors before warnings, otherwise as they are.
  fileprivate var errorsFirst: [ManuscriptFinding] {
    filter(\.isError) + filter { !$0.isError }
  }
}

extension Findings {
  fileprivate mutating func noteTaken(_ identifier: AssessmentItem.ID) {
    error(
      "identifier-taken", line: 0,
      Text(
        "题库里已经有题目 \(identifier.rawValue.prefix(80))。",
        "The bank has an item \(identifier.rawValue.prefix(80)) already."),
      remedy: Text(
        "请换一个题号；要改那道题，请从它的页面开始。",
        "Take another identifier; to change that item, begin on its page."))
  }

  fileprivate mutating func noteFewChoices(_ count: Int) {
    error(
      "few-choices", line: 0,
      Text("只有 \(count) 个选项，至少要 3 个。", "There are \(count) choices; 3 are needed."),
      remedy: Text("请再写选项。", "Write more choices."))
  }

  fileprivate mutating func noteDifferent(_ scenario: AssessmentStimulus) {
    error(
      "scenario-differs", line: 0,
      Text(
        "题库里的情境 \(scenario.id.rawValue.prefix(80)) 是另一段文字。",
        "The bank has another text as scenario \(scenario.id.rawValue.prefix(80))."),
      remedy: Text(
        "请换一个情境编号，或取用题库里的文字。",
        "Give it another identifier, or take the bank's text."))
  }

  fileprivate mutating func noteMarkup(_ scenario: AssessmentStimulus) {
    error(
      "scenario-markup", line: 0,
      Text(
        "情境 \(scenario.id.rawValue.prefix(80)) 不只是文字，在这里改会丢掉格式。",
        "The scenario \(scenario.id.rawValue.prefix(80)) is more than text; changed here it would lose that."
      ),
      remedy: Text(
        "请取用题库里的文字；要改情境，请导出、改好再导入。",
        "Take the bank's text; to change the scenario, export it, change it and import it."))
  }

  fileprivate mutating func noteShared(_ scenario: AssessmentStimulus, by count: Int) {
    warning(
      "scenario-shared", line: 0,
      Text(
        "情境 \(scenario.id.rawValue.prefix(80)) 还有另外 \(count) 道题在用，交审后它们也跟着改。",
        "\(count) other items share the scenario \(scenario.id.rawValue.prefix(80)); they change with it."
      ),
      remedy: Text(
        "只想改这道题，请换一个情境编号。", "To change this item alone, give the scenario another identifier."))
  }
}

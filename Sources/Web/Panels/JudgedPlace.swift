import Competency
import Foundation
import ItemAnalysis
import ItemBank
import Psychometrics
import Storage

/// One place of a panel with what a judge says there.
struct JudgedPlace {
  /// What stands in the fields, whether it can be used or not.
  struct Typed: Sendable {
    /// By the name of the field.
    var values: [String: String]
    var remark: String
    /// The round the page was made for.
    var round: Int
    /// The revision that the page showed; 0 for none.
    var revision: Int

    /// The same on top of something newer that was kept.
    func over(_ kept: PanelEntry?) -> Typed {
      var typed = self
      typed.revision = kept?.revision ?? 0
      return typed
    }
  }

  /// What is wrong with a field.
  struct Fault: Hashable, Sendable {
    var field: String
    var text: String
  }

  static let remarkLimit = 500

  let panel: Panel
  let judge: Int
  /// From 1.
  let place: Int
  /// The bank whose items are judged.
  let bank: Bank
  /// What was said: of the judge, and in a second round of everybody.
  let entries: [PanelEntry]
  let phrases: Phrases

  var address: String { SitePath.judging(panel.number, place: place) }

  /// The name under which is kept what is said here.
  var itemName: String { JudgingProgress.names(panel)[place - 1] }

  var item: BankItem? { bank.item(AssessmentItem.ID(rawValue: itemName)) }

  var levels: [ProficiencyLevel] { panel.levels(in: bank) }

  private var mine: [PanelEntry] { entries.filter { $0.judge == judge } }

  /// What the judge said here in this round.
  var own: PanelEntry? {
    mine.first { $0.item == itemName && $0.round == panel.round && !$0.isLate }
  }

  /// What the judge said here in the round before.
  var former: PanelEntry? {
    mine.first { $0.item == itemName && $0.round == panel.round - 1 && !$0.isLate }
  }

  /// The next place with nothing said, after this one first.
  var next: Int? {
    let said = Set(
      mine.filter { $0.round == panel.round && !$0.isLate }.map(\.item) + [itemName])
    let open = JudgingProgress.names(panel).enumerated().filter { !said.contains($0.element) }
      .map { $0.offset + 1 }
    return open.first { $0 > place } ?? open.first
  }

  func wasSaved(place: Int) -> Bool {
    let names = JudgingProgress.names(panel)
    guard place >= 1, place <= names.count else { return false }
    return mine.contains { $0.item == names[place - 1] && $0.round == panel.round && !$0.isLate }
  }

  var title: String {
    panel.kind == .bookmark
      ? phrases("judging.booklet")
      : phrases(
        "judging.placeOf",
        ["place": "\(place)", "all": "\(JudgingProgress.placeCount(panel))"])
  }

  /// The choices in the order of this judge: the same every time, and another one for each judge.
  var choices: [SimpleChoice] {
    var generator = SeededGenerator(seed: panel.seed, purpose: "choices \(judge) \(itemName)")
    return generator.shuffled(item?.item.interactions.first?.choices ?? [])
  }

  /// What stands in the fields when nobody has typed anything.
  var kept: Typed {
    let entry = own ?? former
    let values = (entry?.values ?? [:]).reduce(into: [String: String]()) { values, said in
      if let field = field(of: said.key) { values[field] = Self.number(said.value) }
    }
    return Typed(
      values: values, remark: own?.remark ?? "", round: panel.round, revision: own?.revision ?? 0)
  }

  /// Reads the fields.
  func typed(_ form: Form) -> Typed { typed { form[$0] } }

  /// Reads the fields by their names.
  func typed(_ fields: [String: String]) -> Typed { typed { fields[$0] } }

  private func typed(_ value: (String) -> String?) -> Typed {
    Typed(
      values: fields.reduce(into: [:]) { values, field in
        values[field] = value(field)?.trimmingCharacters(in: .whitespaces)
      },
      remark: (value("remark") ?? "").trimmingCharacters(in: .whitespacesAndNewlines),
      round: value("round").flatMap { Int($0) } == 2 ? 2 : 1,
      revision: value("revision").flatMap { Int($0) } ?? 0)
  }

  /// The fields: one for each choice, in the judge's order, or one for each level.
  ///
  /// Choices have no name of their own in the page: whoever knows the item's letters learns nothing.
  var fields: [String] {
    panel.kind == .options
      ? choices.indices.map { "score-\($0 + 1)" } : levels.map { "level-\($0.id.rawValue)" }
  }

  /// What each field is about, as entries name it.
  var subjects: [String] {
    panel.kind == .options ? choices.map(\.id.rawValue) : levels.map(\.id.rawValue)
  }

  private func field(of subject: String) -> String? {
    subjects.firstIndex(of: subject).map { fields[$0] }
  }

  /// A number as somebody types it.
  static func number(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? "\(value)"
  }
}

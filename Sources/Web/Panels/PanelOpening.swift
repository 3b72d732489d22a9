import Competency
import Foundation
import ItemAnalysis
import ItemBank
import People
import Psychometrics
import Storage

/// A panel that somebody wants to open.
struct PanelOpening: Sendable {
  /// The most items of a panel: more nobody judges with care.
  static let itemLimit = 100
  /// The most items of a booklet, each of which has several pages.
  static let bookletLimit = 20
  private static let nameLimit = 80

  let bank: Bank
  private(set) var kind = Panel.Kind.options
  private(set) var name = ""
  /// The items that can be judged, as they were chosen.
  private(set) var items: [BankItem] = []
  /// How many were chosen that cannot.
  private(set) var unfitCount = 0
  private(set) var judges: [StaffAccount.ID] = []

  /// Items are chosen; nothing else is known yet.
  init(items: [String], bank: Bank) {
    self.bank = bank
    var seen: Set<String> = []
    for item in items where seen.insert(item).inserted {
      guard let item = bank.item(AssessmentItem.ID(rawValue: item)),
        !item.item.scoredChoices.isEmpty
      else {
        unfitCount += 1
        continue
      }
      self.items.append(item)
    }
  }

  /// Reads the fields `name`, `kind`, `item` and `judge`.
  init(_ form: Form, bank: Bank) {
    self.init(items: form.values(of: "item"), bank: bank)
    kind = form["kind"].flatMap(Panel.Kind.init(rawValue:)) ?? .options
    name = (form["name"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    var seen: Set<String> = []
    judges = form.values(of: "judge").filter { seen.insert($0).inserted }
      .map(StaffAccount.ID.init(rawValue:))
  }

  /// The framework whose levels are set: that of the items, if they have one in common.
  private var framework: Framework? {
    let frameworks = Set(items.map(\.framework))
    guard frameworks.count == 1, let id = frameworks.first else { return nil }
    return id.flatMap(bank.framework)
  }

  /// What is judged; nil where the items do not allow it.
  var settings: Panel.Settings? {
    let names = items.map(\.id.rawValue)
    guard kind != .options else { return Panel.Settings(items: names) }
    return framework.map { framework in
      Panel.Settings(
        items: names, framework: framework.id.rawValue,
        levels: framework.measurement.levels.filter { $0.cutScore != nil }.map(\.id.rawValue))
    }
  }

  /// The judges in the order of the numbers that results name them by: drawn, so that no list of
  /// accounts tells who is who.
  func numbered(seed: UInt64) -> [StaffAccount.ID] {
    var generator = SeededGenerator(seed: seed, purpose: "numbers of judges")
    return generator.shuffled(judges)
  }

  /// What is wrong with it, field by field.
  func faults(
    accounts: [StaffAccount], judgedBlind: Set<AssessmentItem.ID>
  ) -> [(field: String, key: String)] {
    var faults: [(String, String)] = []
    if name.isEmpty || name.count > Self.nameLimit { faults.append(("name", "panels.noName")) }
    if items.isEmpty { faults.append(("items", "panels.noItem")) }
    if items.count > Self.itemLimit { faults.append(("items", "panels.tooManyItems")) }
    if Set(judges).intersection(accounts.map(\.id)).count != judges.count || judges.count < 2 {
      faults.append(("judges", "panels.noJudge"))
    }
    guard kind != .options, !items.isEmpty else { return faults }
    if framework == nil { faults.append(("items", "panels.severalFrameworks")) }
    if items.contains(where: { $0.parameters == nil }) {
      faults.append(("items", "panels.noParameters"))
    }
    if kind == .bookmark, items.count > Self.bookletLimit {
      faults.append(("items", "panels.bookletTooLong"))
    }
    if items.contains(where: { judgedBlind.contains($0.id) }) {
      faults.append(("items", "panels.judgedBlind"))
    }
    return faults
  }

  /// The values of the form.
  func values(accounts: [StaffAccount], _ phrases: Phrases) -> [String: Any] {
    var values: [String: Any] = [
      "action": SitePath.institutionPanels, "itemsURL": SitePath.institutionItems,
      "guideURL": SitePath.panelGuide, "name": name,
      "kinds": Panel.Kind.allCases.map { kind in
        [
          "value": kind.rawValue, "label": phrases("panels.kind.\(kind.rawValue)"),
          "hint": phrases("panels.kindHint.\(kind.rawValue)"), "checked": kind == self.kind,
        ] as [String: Any]
      },
      "accounts": accounts.map { account in
        [
          "id": account.id.rawValue, "name": account.name,
          "nameLang": Language.written(in: account.name).htmlLanguage,
          "roleText": phrases("role.\(account.grant.role.rawValue)"),
          "checked": judges.contains(account.id),
        ] as [String: Any]
      },
      "judgesHint": phrases("panels.judgesHint", ["minimum": "\(PanelRules.minimumJudges)"]),
      "items": items.map { ["id": $0.id.rawValue, "title": $0.item.title] },
      "hasItems": !items.isEmpty,
    ]
    if unfitCount > 0 {
      values["unfitText"] = phrases("panels.unfit", ["count": "\(unfitCount)"])
    }
    return values
  }
}

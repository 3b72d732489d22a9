import Diagnostics
import Foundation
import HTTPTypes
import ItemBank
import Storage

/// The page on which an item is written.
struct DraftPage {
  let draft: ItemDraft
  let bank: Bank
  let names: [String: String]
  let phrases: Phrases
  /// What the rules say of the text.
  let check: ManuscriptCheck
  /// How many choices somebody asked for room for.
  var rows = 0
  /// Whether what is still empty is told too, as it is to somebody who asks for a check.
  var isThorough = false
  /// Whether somebody wanted to hand it in, which errors prevent.
  var isHandedIn = false
  /// Whether it holds what was written in a draft that is no more.
  var isKept = false
  /// Faults of other fields of the page.
  var faults: [(field: String, key: String)] = []

  init(draft: ItemDraft, bank: Bank, names: [String: String], phrases: Phrases) {
    self.draft = draft
    self.bank = bank
    self.names = names
    self.phrases = phrases
    check = draft.manuscript.check(in: bank, replacing: draft.base?.item)
  }

  func page(_ site: Site) -> Page {
    let id = draft.id
    let count = choiceCount
    var values: [String: Any] = [
      "action": SitePath.draft(id), "listURL": SitePath.institutionDrafts,
      "deleteAction": "\(SitePath.draft(id))/deletion",
      "revision": draft.revision, "rows": count, "page": AccessToken.randomName(),
      "script": site.renderer.staticFiles.path(of: "draft.js"),
      "contentLang": Language.chinese.htmlLanguage,
      "stateHTML": HTML(state, in: phrases.language).markup,
      "countText": countText, "general": general.map(text),
      "sections": sections(count), "canAdd": count < ItemSheetColumn.letters.count,
      "lists": lists,
    ]
    if let base = draft.base {
      values["itemURL"] = SitePath.item(base.item)
      values["itemText"] = phrases("draft.edition", ["item": base.item.rawValue])
    }
    if isKept { values["keptText"] = phrases("draft.kept") }
    if let summary { values["errorSummary"] = summary }
    let isRefused = summary != nil
    return Page(
      template: "institution/draft", title: phrases("draft.title"), address: SitePath.draft(id),
      status: isRefused ? .unprocessableContent : .ok, isCanonical: false, values: values)
  }

  // MARK: What is said of the whole

  private var state: String {
    phrases(
      "draft.saved",
      [
        "time": phrases.moment(draft.savedAt), "revision": "\(draft.revision)",
        "who": names[draft.editor] ?? phrases("releases.program"),
      ])
  }

  private var countText: String {
    let open = check.findings.count { $0.diagnostic.code == "empty-cell" }
    let errors = check.findings.count(where: \.isError) - open
    let warnings = check.findings.count { !$0.isError }
    if errors + warnings + open == 0 { return phrases("draft.clean") }
    return phrases(
      "draft.counts",
      ["open": "\(open)", "errors": "\(errors)", "warnings": "\(warnings)"])
  }

  /// What is wrong with no part in particular.
  private var general: [ManuscriptFinding] {
    isFresh ? [] : check.findings.filter { $0.column.map { !shown.contains($0) } ?? true }
  }

  /// Nothing has been written, so nothing is wrong yet.
  private var isFresh: Bool { draft.manuscript.isEmpty && !isThorough && !isHandedIn }

  private var summary: [String: Any]? {
    if !faults.isEmpty { return FormFaults.summary(faults, phrases) }
    guard isHandedIn, check.hasErrors else { return nil }
    let errors = check.findings.filter(\.isError)
    return [
      "headingText": phrases("draft.refused", ["count": "\(errors.count)"]),
      "errors": errors.map { finding in
        let place = finding.column.map(DraftColumn.init)
        let text = HTML(words(finding).message, in: phrases.language).markup
        let label = place.map { HTML(escaping: $0.label(phrases)).markup + phrases("draft.colon") }
        return [
          "href": "#\(place?.column.name ?? "findings")", "html": (label ?? "") + text,
        ]
      },
    ]
  }

  // MARK: Parts

  private var choiceCount: Int {
    let fewest = draft.base == nil ? 5 : 3
    let wanted = max(rows, draft.manuscript.choiceCount)
    return min(max(wanted, wanted == 0 ? fewest : 3), ItemSheetColumn.letters.count)
  }

  private var shown: Set<ItemSheetColumn> {
    let count = choiceCount
    return Set(ItemSheetColumn.all.filter { DraftColumn($0).choice.map { $0 < count } ?? true })
  }

  private func sections(_ count: Int) -> [[String: Any]] {
    let about: [ItemSheetColumn] = [
      .point, .environment, .schoolStage, .subject, .instruction, .difficulty, .parallelFamily,
    ]
    let story: [ItemSheetColumn] = [.scenarioIdentifier, .scenarioTitle, .scenario, .addition]
    var sections = [
      section("about", about), section("story", story), section("question", [.stem]),
    ]
    sections += (0..<count).map { index in
      section(
        "choice", ItemSheetColumn.columns(ofChoice: index), letter: ItemSheetColumn.letters[index])
    }
    return sections + [section("name", [.identifier, .title])]
  }

  private func section(
    _ key: String, _ columns: [ItemSheetColumn], letter: String? = nil
  ) -> [String: Any] {
    var values: [String: Any] = [
      "title": phrases("draft.\(key)Section", ["letter": letter ?? ""]),
      "fields": columns.map(field),
    ]
    if letter == nil { values["hint"] = phrases("draft.\(key)Hint") }
    if key == "story" { values["takesScenario"] = true }
    return values
  }

  private func field(_ column: ItemSheetColumn) -> [String: Any] {
    let place = DraftColumn(column)
    let value = draft.manuscript[column]
    let findings = isFresh ? [] : check.findings.filter { $0.column == column && isTold($0) }
    var values: [String: Any] = [
      "name": column.name, "label": place.label(phrases), "value": value,
      "hint": phrases("draftHint.\(place.key)"), "findings": findings.map(text),
      "isInvalid": findings.contains(where: \.isError), "contentLang": "zh-CN",
    ]
    let options = DraftOptions(bank: bank, phrases: phrases)
    if column == .identifier, draft.base != nil {
      values["fixed"] = true
    } else if let choices = options.choices(column) {
      let isKnown = value.isEmpty || choices.contains { $0.value == value }
      let all = choices + (isKnown ? [] : [DraftOptions.Option(value: value, text: value)])
      values["select"] = [
        "options": all.map {
          ["value": $0.value, "text": $0.text, "selected": $0.value == value] as [String: Any]
        }
      ]
    } else if column.takesLines || Self.isLong(column) {
      values["area"] = ["lines": column.takesLines ? 4 : 3]
    } else {
      values["input"] = true
      if Self.listed.contains(place.key) { values["list"] = "list-\(place.key)" }
    }
    return values
  }

  private static let listed: Set<String> = [
    "stage", "subject", "parallel-family", "misconception", "scenario-id",
  ]

  private var lists: [[String: Any]] {
    let options = DraftOptions(bank: bank, phrases: phrases)
    let columns: [ItemSheetColumn] = [
      .schoolStage, .subject, .parallelFamily, .misconception(0), .scenarioIdentifier,
    ]
    return columns.map { column in
      ["id": "list-\(DraftColumn(column).key)", "values": options.usual(column)]
    }
  }

  private static func isLong(_ column: ItemSheetColumn) -> Bool {
    switch column {
    case .stem, .choice: true
    default: false
    }
  }

  // MARK: Findings

  /// Whether a finding is shown: that something is still to be written only when asked for.
  private func isTold(_ finding: ManuscriptFinding) -> Bool {
    isThorough || isHandedIn || finding.diagnostic.code != "empty-cell"
  }

  private func words(_ finding: ManuscriptFinding) -> (message: String, remedy: String) {
    let inChinese = phrases.language == .chinese
    let fault = finding.diagnostic
    // Where the rule speaks of files, the page speaks of its own fields.
    let remedy = phrases.byKey["draftRemedy.\(fault.code)"] ?? fault.remedy(inChinese: inChinese)
    return (fault.message(inChinese: inChinese), remedy)
  }

  private func text(_ finding: ManuscriptFinding) -> [String: Any] {
    let words = words(finding)
    return [
      "isError": finding.isError,
      "kind": phrases(finding.isError ? "draft.error" : "draft.warning"),
      "html": HTML(
        words.message + phrases("site.sentenceGap") + words.remedy, in: phrases.language
      ).markup,
    ]
  }
}

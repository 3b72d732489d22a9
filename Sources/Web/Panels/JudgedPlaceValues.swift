import Competency
import Foundation
import ItemAnalysis
import ItemBank
import Psychometrics
import Storage

extension JudgedPlace {
  /// The values of the page.
  ///
  /// - Parameters:
  ///   - typed: what stands in the fields.
  ///   - faults: what is wrong with them.
  /// - Returns: the values.
  func values(_ typed: Typed, faults: [Fault]) -> [String: Any] {
    var values: [String: Any] = [
      "action": address, "overviewURL": SitePath.judging(panel.number),
      "headingText": title, "contentLang": Language.chinese.htmlLanguage, "name": panel.name,
      "nameLang": Language.written(in: panel.name).htmlLanguage, "round": "\(panel.round)",
      "revision": "\(typed.revision)", "judge": "\(judge)", "remark": typed.remark,
      "remarkLimit": "\(Self.remarkLimit)",
      "howText": phrases("judging.how.\(panel.kind.rawValue)"),
    ]
    if let fault = faults.first(where: { $0.field == "remark" }) {
      values["remarkFault"] = ["text": fault.text]
    }
    if let item { values.merge(Self.story(of: item, bank: bank)) { $1 } }
    switch panel.kind {
    case .options: values["scales"] = scales(typed, faults)
    case .angoff:
      values["worths"] = ["rows": worths]
      values["levels"] = levelFields(typed, faults)
      if panel.round == 2 { values["secondText"] = phrases("judging.second") }
    case .bookmark:
      values["pages"] = pages
      values["levels"] = levelFields(typed, faults)
    }
    return values
  }

  /// What a teacher reads before the question: the shared scenario, the item's own story, the prompt.
  static func story(of item: BankItem, bank: Bank) -> [String: Any] {
    var values: [String: Any] = [
      "stories": item.item.body.compactMap { part -> [String: String]? in
        guard case .markup(let markup) = part else { return nil }
        return ["html": markup.html]
      }
    ]
    if let stimulus = item.scenario.flatMap(bank.stimulus) {
      values["scenario"] = ["html": stimulus.content.html]
    }
    if let prompt = item.item.interactions.first?.prompt {
      values["prompt"] = ["html": prompt.phrasing]
    }
    return values
  }

  /// The choices of an item that is scored blind, each with its rungs.
  private func scales(_ typed: Typed, _ faults: [Fault]) -> [[String: Any]] {
    zip(choices, fields).enumerated().map { place, pair in
      let (choice, field) = pair
      var scale: [String: Any] = [
        "number": "\(place + 1)", "id": field, "html": choice.content.phrasing,
        "rungs": (0...maximum).map { points in
          [
            "id": "\(field)-\(points)", "name": field, "value": "\(points)",
            "checked": typed.values[field] == "\(points)",
          ] as [String: Any]
        },
      ]
      if let fault = faults.first(where: { $0.field == "\(field)-0" }) {
        scale["fault"] = ["text": fault.text, "id": "\(field)-error"]
      }
      return scale
    }
  }

  /// What the choices are worth: who expects a score has to know what earns it.
  private var worths: [[String: String]] {
    let worth = item?.item.scoredChoices ?? [:]
    return (item?.item.interactions.first?.choices ?? [])
      .sorted { (worth[$0.id] ?? 0) > (worth[$1.id] ?? 0) }
      .map { ["points": "\(worth[$0.id] ?? 0)", "html": $0.content.phrasing] }
  }

  private func levelFields(_ typed: Typed, _ faults: [Fault]) -> [[String: Any]] {
    zip(levels, fields).enumerated().map { place, pair in
      let (level, field) = pair
      let names = ["level": levelName(place), "maximum": "\(maximum)", "pages": "\(booklet.count)"]
      var values: [String: Any] = [
        "id": field, "value": typed.values[field] ?? "",
        "label": phrases("judging.ask.\(panel.kind.rawValue)", names),
        "hint": level.description.text(in: phrases.language),
      ]
      if panel.kind == .angoff, panel.round == 2 {
        values["spread"] = spread(of: level)
      }
      if let fault = faults.first(where: { $0.field == field }) {
        values["fault"] = ["text": fault.text, "id": "\(field)-error"]
      }
      return values
    }
  }

  /// How the first round's judgements are spread, and where the judge's own was among them.
  private func spread(of level: ProficiencyLevel) -> String {
    let own = former?.values[level.id.rawValue].map(Self.number) ?? phrases("site.none")
    let all = panel.judgements(in: bank, entries: entries).spread(
      of: AssessmentItem.ID(rawValue: itemName), border: level.id.rawValue, round: 1)
    guard let least = all.first, let most = all.last else {
      return phrases("judging.noSpread", ["own": own])
    }
    let middle = (all[(all.count - 1) / 2] + all[all.count / 2]) / 2
    return phrases(
      "judging.spread",
      [
        "own": own, "least": Self.number(least), "middle": Self.number(middle),
        "most": Self.number(most), "all": all.map(Self.number).joined(separator: " "),
      ])
  }

  /// The pages of the booklet: reaching a score on an item, easiest first.
  private var pages: [[String: Any]] {
    booklet.enumerated().map { number, step in
      guard let item = bank.item(panel.items[step.item]) else { return [:] }
      let worth = item.item.scoredChoices
      let reaching = (item.item.interactions.first?.choices ?? [])
        .filter { (worth[$0.id] ?? 0) >= step.score }
      var page: [String: Any] = [
        "id": "page-\(number + 1)",
        "numberText": phrases("judging.page", ["page": "\(number + 1)"]),
        "stepText": phrases("judging.step", ["points": "\(step.score)"]),
        "choices": reaching.map { ["html": $0.content.phrasing] },
      ]
      page.merge(Self.story(of: item, bank: bank)) { $1 }
      return page
    }
  }

  /// What was kept meanwhile, for somebody who typed something else in another window.
  func conflict(with kept: PanelEntry) -> [String: Any] {
    let rows = zip(subjects, subjects.indices).map { subject, place -> [String: String] in
      [
        "name": panel.kind == .options
          ? phrases("judging.choice", ["choice": "\(place + 1)"]) : levelName(place),
        "kept": kept.values[subject].map(Self.number) ?? phrases("site.none"),
      ]
    }
    return ["rows": rows, "remark": kept.remark, "hasRemark": !kept.remark.isEmpty]
  }
}

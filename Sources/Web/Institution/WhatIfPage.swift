import Competency
import Delivery
import Diagnostics
import Foundation
import ItemBank

/// The values of the page that looks at a change.
struct WhatIfPage {
  let asked: WhatIfRequest
  let bank: Bank
  let phrases: Phrases

  /// The test whose sessions are looked at: the first that gives one of the items.
  var blueprint: Blueprint? {
    let items = Set(asked.items.map(\.id))
    return bank.blueprints.first { blueprint in
      bank.items(of: blueprint.test).contains { items.contains($0.id) }
    } ?? bank.blueprints.first
  }

  /// The form with what is asked so far.
  var form: [String: Any] {
    var values: [String: Any] = [
      "action": SitePath.institutionWhatIf, "base": bank.version.rawValue,
      "items": asked.items.map(fields),
    ]
    if asked.items.isEmpty { values["isEmpty"] = true }
    if let reason = asked.reason { values["proposed"] = ["reason": reason] }
    return values
  }

  private func fields(of item: BankItem) -> [String: Any] {
    let name = item.id.rawValue
    let change = asked.change(of: item.id)
    let state = change?.state ?? item.state
    let worth = item.item.scoredChoices
    let choices = item.item.interactions.first?.choices ?? []
    var fields: [String: Any] = [
      "id": name,
      "title": item.item.title,
      "meta": ([item.points.first?.rawValue, item.environment?.rawValue].compactMap(\.self))
        .joined(separator: " · "),
      "stateName": "state.\(name)",
      "states": ItemState.allCases.map { option -> [String: Any] in
        var values: [String: Any] = [
          "value": option.rawValue, "label": phrases("itemState.\(option.rawValue)"),
        ]
        if option == state { values["selected"] = true }
        return values
      },
    ]
    if !worth.isEmpty {
      fields["choices"] = [
        "rows": choices.map { choice in
          [
            "name": "points.\(name).\(choice.id.rawValue)", "letter": choice.id.rawValue,
            "text": choice.content.text,
            "points": "\(change?.scores[choice.id] ?? worth[choice.id] ?? 0)",
            "maximum": "\(item.maximumCategory ?? 0)",
          ]
        }
      ]
    }
    return fields
  }

  func faults(_ report: BankImportReport) -> [[String: String]] {
    report.refused.flatMap { refusal in
      refusal.diagnostics.map { fault in
        [
          "item": refusal.identifier,
          "message": fault.message(inChinese: phrases.language == .chinese),
          "remedy": fault.remedy(inChinese: phrases.language == .chinese),
        ]
      }
    }
  }

  /// What would come of it, beside what is.
  func outcome(_ outcome: WhatIf.Outcome) -> [String: Any] {
    let comparison = outcome.comparison
    let framework = blueprint.flatMap { bank.framework($0.framework) }
    var values: [String: Any] = [
      "leadText": lead(comparison),
      "sessionsText": phrases(
        outcome.isSample ? "whatIf.sample" : "whatIf.sessions",
        ["count": "\(comparison.sessionCount)", "affected": "\(comparison.affectedCount)"]),
      "people": [
        ("whatIf.levels", comparison.levelChanges),
        ("whatIf.priorities", comparison.priorityChanges),
        ("whatIf.verdicts", comparison.verdictChanges),
      ].map { key, count in
        [
          "name": phrases(key), "count": "\(count)",
          "share": share(count, of: comparison.sessionCount),
        ]
      },
      "rows": comparison.composites.map { composite -> [String: Any] in
        let name =
          composite.dimension.flatMap { id in
            framework?.dimensions.first { $0.id == id }.map { $0.name.text(in: phrases.language) }
          } ?? phrases("whatIf.whole")
        return [
          "name": name, "levelChanges": "\(composite.levelChanges)",
          "reliabilityNow": number(composite.present?.reliability),
          "reliabilityThen": number(composite.proposed?.reliability),
          "errorNow": number(composite.present?.standardError),
          "errorThen": number(composite.proposed?.standardError),
        ]
      },
      "holes": outcome.coverage.forms.flatMap(holes),
      "isFilled": outcome.coverage.isFilled,
    ]
    if comparison.sessionCount == 0 { values["hasNoSessions"] = true }
    return values
  }

  private func lead(_ comparison: RescoringComparison) -> String {
    guard comparison.sessionCount > 0 else { return phrases("whatIf.noSessions") }
    guard comparison.levelChanges + comparison.priorityChanges > 0 else {
      return phrases("whatIf.nobody")
    }
    return phrases(
      "whatIf.lead",
      [
        "levels": "\(comparison.levelChanges)", "priorities": "\(comparison.priorityChanges)",
      ])
  }

  private func holes(_ form: BlueprintCoverage.Form) -> [String] {
    let environment = form.environment.rawValue
    guard form.canBeFilled else {
      return [phrases("whatIf.unfilled", ["environment": environment])]
    }
    let thin = form.thinPoints.map { "\($0.point.rawValue) × \($0.itemCount)" }
    var texts: [String] = []
    if form.failureShare > 0 {
      texts.append(
        phrases(
          "whatIf.tight",
          ["environment": environment, "share": share(Int(form.failureShare * 100), of: 100)]))
    }
    if !thin.isEmpty {
      texts.append(
        phrases(
          "whatIf.thin",
          [
            "environment": environment,
            "points": thin.joined(separator: phrases("result.listSeparator")),
          ]))
    }
    return texts
  }

  private func share(_ count: Int, of total: Int) -> String {
    guard total > 0 else { return "–" }
    return String(format: "%.1f%%", 100 * Double(count) / Double(total))
  }

  private func number(_ value: Double?) -> String {
    value.map { String(format: "%.3f", $0) } ?? "–"
  }
}

import Competency
import Foundation
import ItemAnalysis
import ItemBank
import Storage

/// The page of one item.
struct ItemPage {
  let item: BankItem
  let bank: Bank
  let analysis: StoredAnalysis?
  let statistics: ItemStatistics?
  let editions: [ItemEdition]
  let phrases: Phrases
  /// The edition that the present one is compared with.
  var compared: (edition: ItemEdition, item: BankItem?)?

  private var framework: Framework? { item.framework.flatMap(bank.framework) }

  func page() -> Page {
    let title = phrases("item.title", ["item": item.id.rawValue])
    var values: [String: Any] = [
      "heading": ["id": item.id.rawValue, "title": item.item.title],
      "aboutText": about(), "whatIfURL": SitePath.whatIf(item.id),
      "findings": findings(),
      "preview": ItemPreview(item: item, bank: bank, phrases: phrases).values(),
      "editions": editionRows(), "contentLang": Language.chinese.htmlLanguage,
    ]
    if ItemManuscript(of: item, in: bank) == nil {
      values["notEditableText"] = phrases("drafts.notCovered")
    } else {
      values["edit"] = ["action": SitePath.institutionDrafts]
    }
    if let analysis {
      values["whenText"] = phrases(
        "item.when",
        [
          "time": AnalysisTime.text(analysis.takenAt), "count": "\(statistics?.count ?? 0)",
          "version": analysis.overview.bankVersion,
        ])
    }
    if let statistics, let parameters = item.parameters, let framework {
      let charts = ItemCharts(
        item: item, parameters: parameters, statistics: statistics, framework: framework,
        phrases: phrases)
      values["charts"] = [charts.characteristic(), charts.options(), charts.information()]
        .compactMap { $0 }
      values["figures"] = ItemFigures(
        statistics: statistics, parameters: parameters, phrases: phrases
      ).rows()
      let differences = differences(statistics)
      if !differences.isEmpty { values["differences"] = ["rows": differences] }
      if statistics.count < AnalysisRules.parameterCount {
        values["fewText"] = phrases(
          "item.fewText",
          [
            "count": "\(statistics.count)", "classical": "\(AnalysisRules.classicalCount)",
            "parameters": "\(AnalysisRules.parameterCount)",
          ])
      }
    } else {
      values["noneText"] = phrases(analysis == nil ? "item.notAnalysed" : "item.noAnswers")
    }
    if let compared { values["comparison"] = comparison(compared.edition, compared.item) }
    return Page(
      template: "institution/item", title: title, address: SitePath.item(item.id), values: values)
  }

  private func about() -> String {
    let point = item.points.first.flatMap { framework?.point($0) }
    let environment = point.flatMap { framework?.environment($0.environment) }
    return [
      point.map { "\($0.id.rawValue) \($0.name.text(in: phrases.language))" },
      environment?.name.text(in: phrases.language),
      item.parameters.map {
        phrases($0.isProvisional ? "item.judged" : "item.calibrated")
      },
    ].compactMap { $0 }.joined(separator: " · ")
  }

  private func findings() -> [[String: Any]] {
    (analysis?.overview.findings ?? []).filter { $0.item == item.id && $0.kind.isDefect }
      .map { finding in
        let text = FindingText(finding: finding, bank: bank, phrases: phrases)
        return [
          "flag": text.flag, "reason": text.reason, "action": text.action,
          "affectedText": phrases("today.affected", ["people": "\(finding.peopleAffected)"]),
        ]
      }
  }

  private func differences(_ statistics: ItemStatistics) -> [[String: Any]] {
    let flagged = (analysis?.overview.findings ?? []).filter {
      $0.item == item.id && $0.kind == .difference
    }
    return statistics.differences.map { difference in
      let isFlagged = flagged.contains {
        $0.grouping == difference.grouping && $0.group == difference.group
      }
      let key = isFlagged ? "item.differs" : "item.alike"
      return [
        "grouping": phrases("grouping.\(difference.grouping.rawValue)"),
        "group": Self.name(of: difference, phrases),
        "shift": Numeral.hundredths(difference.shift.value),
        "interval": FindingText.interval(difference.shift, phrases),
        "counts": "\(difference.groupCount) / \(difference.otherCount)",
        "verdict": phrases(key), "isFlagged": isFlagged,
      ]
    }
  }

  private static func name(
    of difference: ItemStatistics.Difference, _ phrases: Phrases
  ) -> String {
    switch difference.grouping {
    case .device: phrases("device.\(difference.group)")
    case .region: phrases("today.region", ["region": difference.group])
    case .schoolStage, .subject: difference.group
    }
  }

  private func editionRows() -> [[String: Any]] {
    editions.enumerated().map { place, edition in
      var row: [String: Any] = [
        "number": place + 1, "time": AnalysisTime.text(edition.publishedAt),
        "version": edition.version.rawValue,
        "isPresent": edition.contentHash == item.item.contentHash,
      ]
      if edition.contentHash != item.item.contentHash {
        row["compare"] = [
          "url": "\(SitePath.item(item.id))?since=\(edition.version.rawValue)#changes"
        ]
      }
      return row
    }
  }

  private func comparison(_ edition: ItemEdition, _ former: BankItem?) -> [String: Any] {
    let parts = EditionComparison(from: former, to: item).parts
    return [
      "titleText": phrases(
        "item.changesTitle", ["time": AnalysisTime.text(edition.publishedAt)]),
      "isSame": parts.isEmpty,
      "parts": parts.map { part in
        [
          "name": phrases("itemPart.\(part.name)") + (part.which.isEmpty ? "" : " \(part.which)"),
          "before": part.before.isEmpty ? phrases("item.nothing") : part.before,
          "after": part.after.isEmpty ? phrases("item.nothing") : part.after,
        ]
      },
    ]
  }
}

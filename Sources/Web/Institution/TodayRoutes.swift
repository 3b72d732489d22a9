import Foundation
import Hummingbird
import ItemAnalysis
import ItemBank
import People
import Storage

/// The institution's first page: what hurts the diagnosis today, most people first.
struct TodayRoutes: Sendable {
  let site: Site

  /// How many findings the page shows; the list of items has them all.
  private static let shownFindings = 30

  /// How long the page waits for an analysis before it says that one is running.
  private static let patience = Duration.seconds(8)

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, SitePath.institution, may: .tuneContent, on: .service, site: site, page),
      Endpoint(
        .post, SitePath.institutionAnalyses, may: .tuneContent, on: .service, site: site, analyse),
    ]
  }

  private func analyse(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let form = try await Form(request, context: context)
    try FormGuard.check(form, context: context)
    let site = site
    let (ends, ended) = AsyncStream.makeStream(of: Void.self)
    Task {
      await site.analyseItems()
      ended.finish()
    }
    // With a million answers it takes a minute: the page waits for a short one only.
    Task {
      try await Task.sleep(for: Self.patience)
      ended.finish()
    }
    for await _ in ends {}
    return .seeOther(SitePath.institution)
  }

  private func page(
    _ request: Request, context: VisitorContext, permission: Permission
  ) async throws -> Response {
    let phrases = site.renderer.phrases(context.language)
    let bank = site.publications.bank
    var values: [String: Any] = [
      "analyseAction": SitePath.institutionAnalyses, "itemsURL": SitePath.institutionItems,
      "coursesURL": SitePath.institutionCourses,
    ]
    if site.itemDesk.isRunning { values["isRunning"] = true }
    if let analysis = try await site.itemDesk.analysis() {
      values.merge(self.values(of: analysis, bank: bank, phrases)) { $1 }
    } else {
      values["isEmpty"] = true
    }
    return try site.renderer.response(
      Page(
        template: "institution/today", title: phrases("today.title"),
        address: SitePath.institution, values: values),
      to: request, context: context)
  }

  private func values(
    of analysis: StoredAnalysis, bank: Bank, _ phrases: Phrases
  ) -> [String: Any] {
    let overview = analysis.overview
    let present = Set(bank.items.map(\.id))
    let findings = overview.findings.filter { $0.item.map(present.contains) ?? true }
    let defects = Self.byItem(findings.filter(\.kind.isDefect))
    let ready = findings.count { $0.kind == .pilotReady }
    var values: [String: Any] = [
      "whenText": phrases(
        "today.when",
        [
          "time": AnalysisTime.text(analysis.takenAt), "sessions": "\(overview.sheetCount)",
          "answers": "\(overview.answerCount)",
        ]),
      "countText": phrases(
        defects.isEmpty ? "today.nothing" : "today.count", ["count": "\(defects.count)"]),
      "findings": defects.prefix(Self.shownFindings).enumerated().map { place, finding in
        row(finding, number: place + 1, bank: bank, phrases)
      },
    ]
    if defects.count > Self.shownFindings {
      values["more"] = [
        "url": "\(SitePath.institutionItems)?flag=any",
        "text": phrases(
          "today.more", ["count": "\(defects.count - Self.shownFindings)"]),
      ]
    }
    if ready > 0 {
      values["pilots"] = [
        "text": phrases(
          "today.pilotReady",
          ["items": "\(ready)", "count": "\(AnalysisRules.parameterCount)"]),
        "action": phrases("today.pilotReadyAction"),
        "url": SitePath.items(flagged: .pilotReady),
      ]
    }
    if overview.bankVersion != bank.version.rawValue { values["isOld"] = true }
    return values
  }

  /// Findings about one item together, what to look at first in front: the order of the kinds.
  ///
  /// Items stay in the order of the most people that one of their findings affects.
  private static func byItem(_ findings: [Finding]) -> [[Finding]] {
    var groups: [[Finding]] = []
    var places: [AssessmentItem.ID: Int] = [:]
    for finding in findings {
      if let item = finding.item, let place = places[item] {
        groups[place].append(finding)
      } else {
        if let item = finding.item { places[item] = groups.count }
        groups.append([finding])
      }
    }
    let order = Finding.Kind.allCases
    return groups.map { group in
      group.enumerated().sorted {
        (order.firstIndex(of: $0.element.kind) ?? 0, $0.offset)
          < (order.firstIndex(of: $1.element.kind) ?? 0, $1.offset)
      }.map(\.element)
    }
  }

  private func row(
    _ group: [Finding], number: Int, bank: Bank, _ phrases: Phrases
  ) -> [String: Any] {
    let finding = group[0]
    let text = FindingText(finding: finding, bank: bank, phrases: phrases)
    var values: [String: Any] = [
      "number": number, "id": "finding-\(number)", "flag": text.flag, "reason": text.reason,
      "action": text.action,
      "affectedText": phrases(
        "today.affected", ["people": "\(group.map(\.peopleAffected).max() ?? 0)"]),
    ]
    let others = group.dropFirst().map {
      FindingText(finding: $0, bank: bank, phrases: phrases).flag
    }
    if !others.isEmpty {
      values["othersText"] = phrases(
        "today.others", ["flags": others.joined(separator: phrases("result.listSeparator"))])
    }
    if let item = finding.item {
      values["whatIfURL"] = SitePath.whatIf(item)
      values["item"] = [
        "url": SitePath.item(item), "id": item.rawValue,
        "title": bank.item(item)?.item.title ?? "",
      ]
    }
    return values
  }
}

/// When an analysis was made, as staff read it.
enum AnalysisTime {
  /// Day and minute where the service stands.
  static func text(_ time: Date) -> String {
    let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .served)
    return String(time.formatted(style).prefix(16))
  }
}

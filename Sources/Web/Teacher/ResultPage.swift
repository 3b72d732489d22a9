import Competency
import Delivery
import Foundation
import ItemBank
import Storage

/// The result: what to work on first and how sure that is, then everything behind it.
struct ResultPage {
  let site: Site
  let opened: OpenedSession
  let plan: StoredPlan.ID?
  /// What the teacher was told the time before, with its plan; nil the first time.
  let earlier: (result: EarlierResult, plan: StoredPlan.ID?)?
  let further: FurtherSection
  let result: TestResult
  let framework: Framework
  let language: Language
  private let phrases: Phrases

  /// - Throws: ``Refusal/notFound`` if the bank does not hold the test any more.
  init(
    site: Site, opened: OpenedSession, result: TestResult, plan: StoredPlan.ID?,
    earlier: (result: EarlierResult, plan: StoredPlan.ID?)?, further: FurtherSection,
    language: Language
  ) throws(Refusal) {
    guard let framework = opened.framework else { throw .notFound }
    self.site = site
    self.opened = opened
    self.plan = plan
    self.earlier = earlier
    self.further = further
    self.result = result
    self.framework = framework
    self.language = language
    phrases = site.renderer.phrases(language)
  }

  func page() -> Page {
    let id = opened.key.id
    let scale = LevelScale(framework: framework, language: language)
    let chart = DimensionChart(result: result, framework: framework, scale: scale, phrases: phrases)
    var values: [String: Any] = [
      "session": SessionValues.ended(id, opened.session),
      "contentLang": Language.chinese.htmlLanguage,
      "metaText": metaText(),
      "leadHTML": ResultLead(result: result, framework: framework, scale: scale, phrases: phrases)
        .html(),
      "dimensionChart": chart.svg(),
      "dimensions": chart.rows(),
      "overall": [
        "levelText": scale.level(at: result.overall.likelyLevel),
        "rangeText": scale.range(result.overall.interval, phrases),
      ],
      "heat": HeatMap(result: result, framework: framework, language: language, phrases: phrases)
        .values(),
      "legend": HeatMap.legend(phrases),
      "points": pointRows(),
      "items": EvidenceRows(opened: opened, phrases: phrases).rows(result.evidence),
      "versions": EvidenceRows.versions(result, framework: framework, phrases),
      "planForm": [
        "action": SitePath.plans(further.newest),
        "programmes": ProgrammeChoice.options(
          site.publications.courses.programmes(of: framework.id),
          chosen: opened.session.start.programme, phrases),
      ],
      "eraseAction": SitePath.erasure(id), "isPersonal": opened.stored.isPersonal,
    ]
    if let plan { values["plan"] = ["url": SitePath.plan(plan)] }
    if let earlier {
      values["growth"] = GrowthSection(
        earlier: earlier.result, opened: opened, result: result, framework: framework,
        scale: scale, plan: earlier.plan, phrases: phrases
      ).values()
    }
    let rated = SelfRatingSection(
      rating: opened.stored.selfRating, result: result, framework: framework, scale: scale,
      phrases: phrases)
    if let rated = rated.values() { values["selfRating"] = rated }
    values["further"] = further.values(phrases)
    values["newer"] = further.newerValues(phrases)
    let priorities = priorityRows()
    if !priorities.isEmpty { values["priorities"] = ["points": priorities] }
    if let code = opened.stored.paperForm {
      values["paperText"] = phrases(
        "paper.fromPaper", ["code": SignInCode.grouped(code.rawValue)])
    }
    if scale.isExample { values["levelsAreExample"] = true }
    if framework.points.contains(where: { $0.nameStatus == .fromMemory }) {
      values["hasUnverified"] = true
    }
    if framework.points.contains(where: { $0.statement != nil }) { values["hasShortNames"] = true }
    if result.isProvisional { values["isProvisional"] = true }
    return Page(
      template: "teacher/result", title: phrases("result.title"), address: SitePath.result(id),
      values: values)
  }

  private func metaText() -> String {
    let environment = framework.environment(opened.session.start.environment)
    return phrases(
      "result.meta",
      [
        "date": phrases.date(opened.stored.finishedAt ?? opened.stored.startedAt),
        "items": "\(result.evidence.count)",
        "environment": environment?.name.text(in: language) ?? "",
      ])
  }

  private func priorityRows() -> [[String: Any]] {
    let tied = result.priorities.prefix(result.unorderedPriorityCount)
    return result.priorities.enumerated().compactMap { index, id in
      guard let point = framework.point(id),
        let measured = result.points.first(where: { $0.point == id }),
        let verdict = measured.verdict
      else { return nil }
      var sentences = [
        phrases(
          "result.whyDirect",
          [
            "items": "\(measured.evidenceCount)",
            "chance": Numeral.percent(measured.probabilityBelowTarget),
          ])
      ]
      if measured.unsureCount > 0 {
        sentences.append(phrases("result.whyUnsure", ["unsure": "\(measured.unsureCount)"]))
      }
      if language == .chinese, let misconception = measured.misconceptions.first {
        sentences.append(phrases("result.whyMisconception", ["tag": misconception]))
      }
      let others = tied.filter { $0 != id }
      if tied.contains(id), !others.isEmpty {
        sentences.append(
          phrases(
            "result.whyTied",
            ["points": others.map(\.rawValue).joined(separator: phrases("result.listSeparator"))]))
      }
      return [
        "rank": index + 1, "url": SitePath.point(id, of: opened.key.id), "code": id.rawValue,
        "name": point.shownName(phrases),
        "verdict": Verdict.values(verdict, phrases),
        "whyText": sentences.joined(separator: phrases("site.sentenceGap")),
      ]
    }
  }

  private func pointRows() -> [[String: Any]] {
    zip(framework.points, result.points).map { point, measured in
      var chance = phrases("site.none")
      if measured.isInScope {
        chance = phrases(
          "result.chanceValue", ["chance": Numeral.percent(measured.probabilityBelowTarget)])
      }
      let evidence =
        measured.evidenceCount > 0
        ? phrases("result.itemCount", ["items": "\(measured.evidenceCount)"])
        : phrases(measured.isInScope ? "result.borrowed" : "result.notTested")
      var row: [String: Any] = [
        "url": SitePath.point(point.id, of: opened.key.id), "code": point.id.rawValue,
        "name": point.shownName(phrases),
        "dimension": framework.dimension(point.dimension)?.name.text(in: language) ?? "",
        "environment": framework.environment(point.environment)?.name.text(in: language) ?? "",
        "verdict": measured.verdict.map { Verdict.values($0, phrases) }
          ?? Verdict.values(named: "untested", phrases),
        "chanceText": chance,
        "itemsText": evidence,
      ]
      if let statement = point.statement { row["statement"] = statement }
      return row
    }
  }
}

extension OpenedSession {
  /// The framework of the session's test, as its bank has it.
  var framework: Framework? {
    bank.blueprint(of: session.start.test).flatMap { bank.framework($0.framework) }
  }
}

/// A verdict as a badge: its class, and the word beside the colour.
enum Verdict {
  static func values(_ verdict: GapVerdict, _ phrases: Phrases) -> [String: Any] {
    values(named: verdict.rawValue, phrases)
  }

  static func values(named name: String, _ phrases: Phrases) -> [String: Any] {
    ["class": name, "word": phrases("verdict.\(name)")]
  }
}

extension CompetencyPoint {
  /// The name as a person reads it: marked while it has not been verified.
  ///
  /// Pages that show names explain the mark.
  func shownName(_ phrases: Phrases) -> String {
    let name = name.text(in: phrases.language)
    return nameStatus == .verified ? name : name + phrases("site.unverified")
  }
}

import Competency
import Courses
import Delivery
import Recommendation
import Storage

/// The study plan: hours against the rules, then each course with its reason.
struct PlanPage {
  let site: Site
  let planning: StudyPlanning
  let stored: StoredPlan
  let courses: Publications.Courses
  let language: Language
  /// The smallest change that brings the plan nearer to its programme; nil if none does.
  let remedy: PlanChange?
  var isChanged = false

  private var phrases: Phrases { site.renderer.phrases(language) }
  private var plan: StudyPlan { stored.plan }

  func page() -> Page {
    let chosen = plan.courses.compactMap(courses.catalogue.course)
    let explained = plan.explanationsByContribution
    let rules = PlanRuleRows(plan: plan, programme: programme, phrases: phrases)
    var values: [String: Any] = [
      "summaryText": phrases(
        "plan.summary",
        [
          "courses": "\(plan.courses.count)", "hours": Numeral.hours(plan.balance.hours),
          "online": Numeral.hours(plan.balance.online),
          "practice": Numeral.hours(plan.balance.practice),
        ]),
      "coverageText": coverageText(),
      "environmentWhyText": environmentText(),
      "hoursChart": HoursChart(
        balance: plan.balance, rules: programme?.courseRules, phrases: phrases
      )
      .svg(),
      "rules": rules.rows(),
      "changeAction": SitePath.changes(stored.id),
      "courses": explained.compactMap { explanation in
        courses.catalogue.course(explanation.course).map { course in
          PlanCourseCard(
            course: course, explanation: explanation, stored: stored,
            catalogue: courses.catalogue, planning: planning, phrases: phrases
          ).values()
        }
      },
      "contentLang": Language.chinese.htmlLanguage,
      "printURL": SitePath.print(stored.id),
      "resultURL": SitePath.result(stored.session),
      "planForm": [
        "action": SitePath.plans(stored.session),
        "programmes": ProgrammeChoice.options(
          courses.programmes(of: planning.framework.id), chosen: stored.programme.rawValue, phrases),
      ],
    ]
    if let programme {
      let terms = ProgrammeTermsText(programme: programme, phrases: phrases)
      let sentences = terms.sentences()
      if !sentences.isEmpty { values["terms"] = ["items": sentences.map { ["text": $0] }] }
      if let themes = terms.themes() { values["themes"] = themes }
      values["programme"] = [
        "name": programme.name.text(in: language),
        "documentHTML": phrases(
          "plan.programmeDocument",
          [
            "issuer": HTML(escaping: programme.issuer.text(in: language)).markup,
            "number": HTML(chinese: programme.documentNumber).markup,
          ]),
      ]
    }
    let price = chosen.compactMap(\.price).reduce(0, +)
    if price > 0 { values["costText"] = phrases("plan.cost", ["price": Numeral.hours(price)]) }
    if plan.violation == 0 { values["allMet"] = true }
    if isChanged { values["isChanged"] = true }
    if courses.catalogue.isSample { values["isSample"] = true }
    if let notServed = notServedText(chosen) { values["notServedText"] = notServed }
    if let violations = violations(rules) { values["violations"] = violations }
    if let lockCost = lockCostText() { values["lockCostText"] = lockCost }
    let excluded = stored.excluded.compactMap(courses.catalogue.course)
    if !excluded.isEmpty {
      values["excluded"] = [
        "courses": excluded.map {
          ["value": $0.id.rawValue, "title": $0.title.text(in: language)]
        }
      ]
    }
    return Page(
      template: "teacher/plan", title: phrases("plan.title"), address: SitePath.plan(stored.id),
      values: values)
  }

  private var programme: Programme? { courses.programme(stored.programme.rawValue) }

  private func coverageText() -> String {
    let needs = planning.result.points.filter { $0.verdict == .needed || $0.verdict == .likely }
    let covered = Set(
      plan.courses.compactMap(courses.catalogue.course).flatMap { $0.gains.keys })
    guard !needs.isEmpty else {
      return phrases(
        planning.result.evidence.isEmpty ? "plan.coverageNothing" : "plan.coverageNone")
    }
    let missing = needs.filter { !covered.contains($0.point) }.map(\.point.rawValue)
    let sentence = phrases(
      "plan.coverage",
      ["needs": "\(needs.count)", "covered": "\(needs.count - missing.count)"])
    guard !missing.isEmpty else { return sentence }
    return sentence + phrases("site.sentenceGap")
      + phrases(
        "plan.coverageMissing",
        ["points": missing.joined(separator: phrases("result.listSeparator"))])
  }

  /// The points to work on first that no course of the plan is chiefly about: the whole gain was
  /// larger elsewhere, and a teacher should know.
  private func notServedText(_ chosen: [Course]) -> String? {
    let primaries = Set(chosen.map(\.primary))
    let missing = planning.result.priorities.filter { !primaries.contains($0) }
    guard !missing.isEmpty else { return nil }
    return phrases(
      "plan.notServed",
      [
        "points": missing.map(\.rawValue).joined(separator: phrases("result.listSeparator"))
      ])
  }

  private func environmentText() -> String {
    let name =
      planning.framework.environment(plan.environment)?.name.text(in: language) ?? ""
    if programme?.rules.isForOneEnvironment == false { return phrases("plan.environmentWhyAll") }
    let isOwn = plan.environment == planning.opened.session.start.environment
    return phrases(
      isOwn ? "plan.environmentWhyOwn" : "plan.environmentWhyOther", ["environment": name])
  }

  private func violations(_ rules: PlanRuleRows) -> [String: Any]? {
    guard !plan.violatedRules.isEmpty else { return nil }
    var values: [String: Any] = [
      "items": plan.violatedRules.map {
        ["text": rules.sentence($0, catalogue: courses.catalogue)]
      },
      "remedyText": phrases("plan.remedyNone"),
    ]
    if let remedy,
      let title = courses.catalogue.course(remedy.course)?.title.text(in: language)
    {
      let isUnlock = remedy.kind == .unlock
      values["remedyText"] = phrases(
        isUnlock ? "plan.remedyUnlock" : "plan.remedyRestore", ["course": title])
      values["remedy"] = [
        "change": remedy.kind.rawValue, "course": remedy.course.rawValue,
        "label": phrases(isUnlock ? "plan.unlock" : "plan.restore"),
      ]
    }
    return values
  }

  private func lockCostText() -> String? {
    guard !stored.locked.isEmpty, let unlocked = stored.unlockedUtility, unlocked > 0 else {
      return nil
    }
    let loss = max(0, (unlocked - plan.utility) / unlocked)
    let percent = Int((loss * 100).rounded())
    return phrases(
      percent == 0 ? "plan.lockCostNone" : "plan.lockCost",
      ["count": "\(stored.locked.count)", "loss": "\(percent)"])
  }
}

extension StudyPlan {
  /// The courses as a person wants to read them: what does most comes first.
  var explanationsByContribution: [CourseExplanation] {
    explanations.sorted {
      ($1.contribution, $0.course.rawValue) < ($0.contribution, $1.course.rawValue)
    }
  }
}

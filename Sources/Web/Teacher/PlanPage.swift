import Competency
import Courses
import Delivery
import HTTPTypes
import Recommendation
import Storage

/// The study plan: hours against the rules, then each course with its reason.
struct PlanPage {
  /// What brought the visitor to the page.
  enum Occasion {
    /// It was opened.
    case read
    /// A change was made, joined to what others changed since.
    case changed(joined: [StoredPlanEdit])
    /// Something typed could not be taken.
    case fault(PlanChange.Fault)
  }

  let opened: OpenedPlan
  let language: Language
  /// The smallest change that brings the plan nearer to its programme; nil if none does.
  let remedy: PlanChange?
  /// What was changed, the newest first.
  let edits: [StoredPlanEdit]
  let occasion: Occasion

  init(
    plan: OpenedPlan, language: Language, remedy: PlanChange?, edits: [StoredPlanEdit],
    occasion: Occasion
  ) {
    opened = plan
    self.language = language
    self.remedy = remedy
    self.edits = edits
    self.occasion = occasion
  }

  private var phrases: Phrases { opened.site.renderer.phrases(language) }
  private var stored: StoredPlan { opened.stored }
  private var plan: StudyPlan { stored.plan }
  private var planning: StudyPlanning { opened.planning }
  private var catalogue: Catalogue { opened.courses.catalogue }
  private var programme: Programme? { opened.programme }

  func page() -> Page {
    var values = frame()
    let summary = PlanSummary(plan: opened, phrases: phrases)
    values["summary"] = summary.sentences().map { ["text": $0] }
    let rules = PlanRuleRows(
      plan: plan, programme: programme, rules: opened.rules, phrases: phrases)
    values["rules"] = rules.rows()
    values["hoursChart"] = HoursChart(
      balance: plan.balance, rules: opened.rules, phrases: phrases
    ).svg()
    values["courses"] = cards(rules)
    if plan.courses.isEmpty { values["isEmpty"] = true }
    values["wishes"] = PlanWishForms(plan: opened, phrases: phrases, fault: fault).values()
    if let programme {
      let terms = ProgrammeTermsText(programme: programme, phrases: phrases)
      let sentences = terms.sentences()
      if !sentences.isEmpty { values["terms"] = ["items": sentences.map { ["text": $0] }] }
      if let themes = terms.themes() { values["themes"] = themes }
      values["programme"] = programmeValues(programme)
    }
    if catalogue.isSample { values["isSample"] = true }
    if let violations = violations(rules) { values["violations"] = violations }
    if let lockCost = lockCostText() { values["lockCostText"] = lockCost }
    let history = PlanHistory(plan: opened, edits: edits, phrases: phrases)
    if let last = history.last(occasion) { values["lastChange"] = last }
    let rows = history.rows()
    if !rows.isEmpty { values["history"] = ["rows": rows] }
    let excluded = stored.wishes.excluded.compactMap(catalogue.course)
    if !excluded.isEmpty {
      values["excluded"] = [
        "courses": excluded.map {
          ["value": $0.id.rawValue, "title": $0.title.text(in: language)]
        }
      ]
    }
    if let fault {
      values["errorSummary"] = FormFaults.summary(
        [(fault.field, "planEdit.\(fault.phrase)")], phrases)
    }
    return Page(
      template: "teacher/plan",
      title: fault == nil
        ? phrases("plan.title") : phrases("site.errorTitle", ["page": phrases("plan.title")]),
      address: SitePath.plan(stored.id), status: fault == nil ? .ok : .unprocessableContent,
      values: values)
  }

  private var fault: PlanChange.Fault? {
    if case .fault(let fault) = occasion { fault } else { nil }
  }

  private func frame() -> [String: Any] {
    [
      "version": stored.version, "changeAction": SitePath.changes(stored.id),
      "contentLang": Language.chinese.htmlLanguage,
      "sheetAction": SitePath.sheets(stored.id), "searchURL": SitePath.planCourses(stored.id),
      "resultURL": SitePath.result(stored.session),
      "downloads": ["csv", "xlsx", "json"].map { kind in
        ["url": SitePath.download(stored.id, kind), "text": phrases("planEdit.download.\(kind)")]
      },
      "environmentWhyText": environmentText(),
      "planForm": [
        "action": SitePath.plans(stored.session),
        "programmes": ProgrammeChoice.options(
          opened.courses.programmes(of: planning.framework.id),
          chosen: stored.programme.rawValue, phrases),
      ],
    ]
  }

  private func cards(_ rules: PlanRuleRows) -> [[String: Any]] {
    plan.explanationsByContribution.compactMap { explanation in
      catalogue.course(explanation.course).map { course in
        PlanCourseCard(
          course: course, explanation: explanation, opened: opened, rules: rules, phrases: phrases
        ).values()
      }
    }
  }

  private func programmeValues(_ programme: Programme) -> [String: Any] {
    [
      "name": programme.name.text(in: language),
      "documentHTML": phrases(
        "plan.programmeDocument",
        [
          "issuer": HTML(escaping: programme.issuer.text(in: language)).markup,
          "number": HTML(chinese: programme.documentNumber).markup,
        ]),
    ]
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
      "items": plan.violatedRules.map { ["text": rules.sentence($0, catalogue: catalogue)] },
      "remedyText": phrases("plan.remedyNone"),
    ]
    let isOutOfBudget =
      stored.wishes.hoursBudget.map {
        $0 < programme?.rules(for: stored.wishes).hours.minimum ?? 0
      } ?? false
    if isOutOfBudget { values["remedyText"] = phrases("planEdit.budgetTooSmall") }
    if let remedy, let course = remedy.course,
      let title = catalogue.course(course)?.title.text(in: language)
    {
      let isUnlock = remedy.kind == .unlock
      values["remedyText"] = phrases(
        isUnlock ? "plan.remedyUnlock" : "plan.remedyRestore", ["course": title])
      values["remedy"] = [
        "change": remedy.kind.rawValue, "course": course.rawValue,
        "label": phrases(isUnlock ? "plan.unlock" : "plan.restore"),
      ]
    }
    return values
  }

  private func lockCostText() -> String? {
    guard !stored.wishes.locked.isEmpty, let unlocked = stored.unlockedUtility, unlocked > 0 else {
      return nil
    }
    let loss = max(0, (unlocked - plan.utility) / unlocked)
    let percent = Int((loss * 100).rounded())
    return phrases(
      percent == 0 ? "plan.lockCostNone" : "plan.lockCost",
      ["count": "\(stored.wishes.locked.count)", "loss": "\(percent)"])
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

import Competency
import Courses
import Delivery
import Recommendation
import Storage

/// The plan as a form to print and sign: 个人研修计划.
struct PrintPage {
  /// How the paper can be checked.
  struct Verification {
    /// The code in groups.
    var code: String
    /// The whole address of its page.
    var address: String
  }

  /// Whose plan it is, where that is known.
  struct Holder {
    var name: String
    var school: String
  }

  let plan: OpenedPlan
  let language: Language
  var verification: Verification?
  var person: Holder?

  init(plan: OpenedPlan, language: Language) {
    self.plan = plan
    self.language = language
  }

  private var phrases: Phrases { plan.site.renderer.phrases(language) }
  private var stored: StoredPlan { plan.stored }
  private var planning: StudyPlanning { plan.planning }
  private var catalogue: Catalogue { plan.courses.catalogue }

  func page() -> Page {
    let study = stored.plan
    var values: [String: Any] = [
      "dateText": phrases.date(stored.createdAt),
      "programmeText": plan.programme?.name.text(in: language) ?? "",
      "environmentText": planning.framework.environment(study.environment)?.name.text(in: language)
        ?? "",
      "totalText": phrases(
        "print.totalHours",
        [
          "hours": Numeral.hours(study.balance.hours),
          "online": Numeral.hours(study.balance.online),
          "practice": Numeral.hours(study.balance.practice),
        ]),
      "rules": PlanRuleRows(
        plan: study, programme: plan.programme, rules: plan.rules, phrases: phrases
      ).rows(),
      "versionsText": phrases(
        "print.versions",
        [
          "plan": "\(stored.id.rawValue) v\(stored.version)",
          "bank": planning.result.versions.bank, "catalogue": stored.coursesVersion,
        ]),
      "backURL": SitePath.plan(stored.id), "sheetAction": SitePath.sheets(stored.id),
      "contentLang": Language.chinese.htmlLanguage,
    ]
    addCourses(to: &values)
    addTemplate(to: &values)
    addPeople(to: &values)
    let gaps = gapRows()
    if !gaps.isEmpty { values["gaps"] = ["points": gaps] }
    if catalogue.isSample { values["isSample"] = true }
    if planning.result.isProvisional { values["isProvisional"] = true }
    if let verification {
      values["verification"] = [
        "codeText": verification.code, "address": verification.address,
        "qr": QRCode.svg(verification.address, title: phrases("print.qrTitle")),
      ]
    }
    return Page(
      template: "teacher/print", title: phrases("print.title"),
      address: SitePath.print(stored.id), values: values)
  }

  /// Who and what for; what is not known is left to be written.
  private func addPeople(to values: inout [String: Any]) {
    let start = planning.opened.session.start
    let words = [("options.stage", start.schoolStage), ("options.subject", start.subject)]
      .compactMap { key, word in word.map { option($0, of: key) } }
    if !words.isEmpty { values["stageSubjectText"] = words.joined(separator: " ") }
    if let person {
      values["nameText"] = person.name
      values["schoolText"] = person.school
    }
    if let first = stored.wishes.start, let last = stored.wishes.end {
      values["periodText"] = phrases(
        "print.periodText", ["start": phrases.day(first), "end": phrases.day(last)])
    }
  }

  /// The template that the programme's own document asks for: its themes.
  private func addTemplate(to values: inout [String: Any]) {
    guard let programme = plan.programme else { return }
    let text = ProgrammeTermsText(programme: programme, phrases: phrases)
    if let credit = text.credit() { values["creditText"] = credit }
    let template = ProgrammeTemplate(
      programme: programme, start: stored.wishes.start, phrases: phrases)
    if let themes = template.themes() { values["themes"] = themes }
    if let gates = ProgrammeGateSteps(
      programme: programme, courses: PlannedCourses(plan).entries.map(\.course), phrases: phrases
    ).values() {
      values["gates"] = gates
    }
    if plan.stored.wishes.isExempt, programme.terms.exemption != nil { values["isExempt"] = true }
  }

  private func addCourses(to values: inout [String: Any]) {
    let entries = PlannedCourses(plan).entries.enumerated().map { ($0 + 1, $1) }
    let online = entries.filter { $0.1.course.mode == .online }
    let practice = entries.filter { $0.1.course.mode == .practice }
    if !online.isEmpty { values["online"] = ["courses": online.map(row)] }
    if !practice.isEmpty { values["practice"] = ["courses": practice.map(row)] }
  }

  private func row(_ number: Int, _ entry: PlannedCourses.Entry) -> [String: Any] {
    let course = entry.course
    var row: [String: Any] = [
      "number": number, "title": course.title.text(in: language),
      "providerName": catalogue.provider(course.provider)?.name.text(in: language) ?? "",
      "formText": phrases("course.\(course.form.rawValue)"),
      "hoursText": Numeral.hours(course.hours),
      "pointsText": PlannedCourses.points(of: course, in: planning.framework).map(\.rawValue)
        .joined(separator: phrases("result.listSeparator")),
      "dueText": entry.due?.iso ?? "",
    ]
    if let evidence = course.evidence { row["evidenceText"] = evidence.text(in: language) }
    return row
  }

  /// The word of an option in the page's language; sessions keep the Chinese one.
  private func option(_ word: String, of key: String) -> String {
    let chinese = plan.site.renderer.phrases(.chinese)
    let value = phrases.order(of: key).first { chinese("\(key).\($0)") == word }
    return value.map { phrases("\(key).\($0)") } ?? word
  }

  /// What the test saw, and how far the plan is expected to lead.
  private func gapRows() -> [[String: Any]] {
    let effects = stored.plan.explanations.flatMap(\.effects)
    return planning.result.priorities.compactMap { id in
      guard let point = planning.framework.point(id),
        let verdict = planning.result.points.first(where: { $0.point == id })?.verdict
      else { return nil }
      var row: [String: Any] = [
        "code": id.rawValue, "name": point.shownName(phrases),
        "verdict": Verdict.values(verdict, phrases),
      ]
      if let effect = effects.first(where: { $0.point == id && $0.gain > 0 }) {
        row["goalText"] = phrases(
          "print.goal",
          [
            "before": Numeral.percent(effect.probabilityBelowTargetBefore),
            "after": Numeral.percent(effect.probabilityBelowTargetAfter),
          ])
      }
      return row
    }
  }
}

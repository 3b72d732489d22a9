import Competency
import Courses
import Delivery
import Recommendation
import Storage

/// The plan as a form to print and sign: 个人研修计划.
struct PrintPage {
  let site: Site
  let planning: StudyPlanning
  let stored: StoredPlan
  let courses: Publications.Courses
  let language: Language

  func page() -> Page {
    let phrases = site.renderer.phrases(language)
    let plan = stored.plan
    let programme = courses.programme(stored.programme.rawValue)
    var values: [String: Any] = [
      "dateText": phrases.date(stored.createdAt),
      "programmeText": programme?.name.text(in: language) ?? "",
      "environmentText": planning.framework.environment(plan.environment)?.name.text(in: language)
        ?? "",
      "courses": rows(phrases),
      "totalText": phrases(
        "print.totalHours",
        [
          "hours": Numeral.hours(plan.balance.hours),
          "online": Numeral.hours(plan.balance.online),
          "practice": Numeral.hours(plan.balance.practice),
        ]),
      "rules": PlanRuleRows(plan: plan, programme: programme, phrases: phrases).rows(),
      "versionsText": phrases(
        "print.versions",
        [
          "plan": "\(stored.id.rawValue) v\(stored.version)",
          "bank": planning.result.versions.bank, "catalogue": stored.coursesVersion,
        ]),
      "backURL": SitePath.plan(stored.id),
    ]
    if let programme,
      let credit = ProgrammeTermsText(programme: programme, phrases: phrases).credit()
    {
      values["creditText"] = credit
    }
    let start = planning.opened.session.start
    let words = [("options.stage", start.schoolStage), ("options.subject", start.subject)]
      .compactMap { key, word in word.map { option($0, of: key, phrases) } }
    if !words.isEmpty { values["stageSubjectText"] = words.joined(separator: " ") }
    let gaps = gapRows(phrases)
    if !gaps.isEmpty { values["gaps"] = ["points": gaps] }
    if courses.catalogue.isSample { values["isSample"] = true }
    if planning.result.isProvisional { values["isProvisional"] = true }
    return Page(
      template: "teacher/print", title: phrases("print.title"),
      address: SitePath.print(stored.id), values: values)
  }

  /// The word of an option in the page's language; sessions keep the Chinese one.
  private func option(_ word: String, of key: String, _ phrases: Phrases) -> String {
    let chinese = site.renderer.phrases(.chinese)
    let value = phrases.order(of: key).first { chinese("\(key).\($0)") == word }
    return value.map { phrases("\(key).\($0)") } ?? word
  }

  private func rows(_ phrases: Phrases) -> [[String: Any]] {
    stored.plan.explanationsByContribution.map(\.course)
      .compactMap(courses.catalogue.course).enumerated().map { index, course in
        var row: [String: Any] = [
          "number": index + 1,
          "title": course.title.text(in: language),
          "providerName": courses.catalogue.provider(course.provider)?.name.text(in: language)
            ?? "",
          "formText": phrases("course.\(course.form.rawValue)"),
          "hoursText": Numeral.hours(course.hours),
          // The chief point first, then the others in the framework's order.
          "pointsText":
            ([course.primary]
            + planning.framework.points.map(\.id).filter {
              $0 != course.primary && course.gains[$0] != nil
            }).map(\.rawValue).joined(separator: phrases("result.listSeparator")),
        ]
        if let evidence = course.evidence {
          row["evidenceText"] = phrases(
            "course.evidence", ["evidence": evidence.text(in: language)])
        }
        return row
      }
  }

  private func gapRows(_ phrases: Phrases) -> [[String: Any]] {
    planning.result.priorities.compactMap { id in
      guard let point = planning.framework.point(id),
        let verdict = planning.result.points.first(where: { $0.point == id })?.verdict
      else { return nil }
      return [
        "code": id.rawValue, "name": point.shownName(phrases),
        "verdict": Verdict.values(verdict, phrases),
      ]
    }
  }
}

import Competency
import Courses
import HTTPTypes
import Recommendation
import Storage

/// What a printed plan says, for whoever holds the paper: programme, courses and hours, and whether
/// the plan was changed since.
///
/// No name, no school, no result: less than the paper shows.
struct VerificationPage {
  let sheet: PlanSheet
  let courses: Publications.Courses
  let phrases: Phrases

  func page() -> Page {
    let plan = sheet.plan
    let state =
      !sheet.isIntact ? "broken" : sheet.newestVersion > plan.version ? "changed" : "same"
    let balance = plan.plan.balance
    let values: [String: Any] = [
      "class": state == "same" ? "done" : "warning",
      "headingText": phrases("verify.\(state)Title"),
      "stateText": phrases(
        "verify.\(state)",
        ["printed": "\(plan.version)", "newest": "\(sheet.newestVersion)"]),
      "printedText": phrases.date(sheet.printedAt), "versionText": "\(plan.version)",
      "programmeText": courses.programme(plan.programme.rawValue)?.name.text(in: phrases.language)
        ?? plan.programme.rawValue,
      "totalText": phrases(
        "print.totalHours",
        [
          "hours": Numeral.hours(balance.hours), "online": Numeral.hours(balance.online),
          "practice": Numeral.hours(balance.practice),
        ]),
      "known": [
        "courses": StudySchedule.order(
          plan.plan.explanationsByContribution.map(\.course)
            .compactMap(courses.catalogue.course), isOnlineFirst: true
        ).enumerated().map { index, course in
          [
            "number": "\(index + 1)", "title": course.title.text(in: phrases.language),
            "hoursText": Numeral.hours(course.hours),
          ]
        }
      ],
    ]
    return Page(
      template: "teacher/verification", title: phrases("verify.title"),
      address: SitePath.landing, isCanonical: false, values: values)
  }

  /// The page for a code that no sheet has.
  static func unknown(_ phrases: Phrases) -> Page {
    Page(
      template: "teacher/verification", title: phrases("verify.title"),
      address: SitePath.landing, status: .notFound, isCanonical: false,
      values: [
        "class": "warning", "headingText": phrases("verify.unknownTitle"),
        "stateText": phrases("verify.unknown"),
      ])
  }
}

import Competency
import Courses
import Foundation
import People
import Reporting
import Storage

/// Demand: what no course serves first, then points, topics and courses.
struct DemandPage {
  let report: DemandReport
  let regions: DemandRegions
  let query: DemandQuery
  let frameworks: [Framework]
  /// The gains in use; nil for those that the catalogue judges.
  let gains: FrozenGains?
  let phrases: Phrases

  /// How many courses stand on a page.
  private static let pageSize = 50

  private var text: DemandText { DemandText(phrases: phrases) }
  private var language: Language { phrases.language }

  func page() -> Page {
    let found = report.courses.filter {
      CourseSearch.matches($0.course, query.search, in: report.catalogue)
    }
    let pages = max(1, (found.count + Self.pageSize - 1) / Self.pageSize)
    let number = min(query.page, pages)
    var values = frame()
    values["leads"] = leads().map { ["text": $0] }
    values["points"] = report.points.map(row)
    if !report.topics.isEmpty { values["topics"] = ["rows": report.topics.map(row)] }
    values["foundText"] = phrases("planCourse.found", ["count": "\(found.count)"])
    values["courses"] = found.dropFirst((number - 1) * Self.pageSize).prefix(Self.pageSize)
      .map(row)
    if pages > 1 { values["pages"] = self.pages(number, of: pages) }
    return Page(
      template: "institution/demand", title: phrases("demand.title"),
      address: query.address(page: number), values: values)
  }

  private func frame() -> [String: Any] {
    var values: [String: Any] = [
      "action": SitePath.institutionDemand, "search": query.search,
      "csvURL": query.address("\(SitePath.institutionDemand).csv"),
      "coursesURL": SitePath.institutionCourses, "gainsURL": SitePath.institutionGains,
      "regions": regions.offered.map { unit in
        [
          "value": unit.id.rawValue, "text": unit.name,
          "selected": unit.id == regions.chosen.id,
        ] as [String: Any]
      },
      "frameworks": frameworks.map { framework in
        [
          "value": framework.id.rawValue, "text": framework.title.text(in: language),
          "selected": framework.id == report.framework.id,
        ] as [String: Any]
      },
      "whenText": whenText(),
      "noteRangeText": phrases(
        "demand.noteRange", ["k": "\(DisclosureRules().minimumPeople)"]),
    ]
    if report.catalogue.isSample { values["isSample"] = true }
    return values
  }

  private func whenText() -> String {
    let needs = report.needsTakenAt.map {
      phrases("demand.needsWhen", ["date": phrases.date($0)])
    }
    let plans = report.demand.map {
      phrases("demand.plansWhen", ["plans": "\($0.plans)", "date": phrases.date($0.takenAt)])
    }
    return [
      needs ?? phrases("demand.needsNothing"), plans ?? phrases("demand.plansNothing"),
    ].joined(separator: phrases("site.sentenceGap"))
  }

  /// What to act on: points without a course, the point most need, the course most plan.
  private func leads() -> [String] {
    var sentences: [String] = []
    let unserved = report.unserved
    sentences.append(
      unserved.isEmpty
        ? phrases("demand.allServed")
        : phrases(
          "demand.unserved",
          [
            "count": "\(unserved.count)",
            "points": unserved.map { name(of: $0.point) }
              .joined(separator: phrases("result.listSeparator")),
          ]))
    if let most = report.points.max(by: { ($0.expected ?? -1) < ($1.expected ?? -1) }),
      most.expected != nil
    {
      sentences.append(
        phrases(
          "demand.mostNeeded", ["point": name(of: most.point), "need": text.need(most.cell)]))
    }
    if let first = report.courses.first, let plans = first.plans {
      sentences.append(
        phrases(
          "demand.mostPlanned",
          [
            "course": first.course.title.text(in: language), "plans": text.plans(plans),
            "hours": text.hours(first.hours),
          ]))
    }
    return sentences
  }

  private func name(of point: CompetencyPoint) -> String {
    "\(point.id.rawValue) \(point.name.text(in: language))"
  }

  private func row(_ line: DemandReport.PointLine) -> [String: Any] {
    var row: [String: Any] = [
      "code": line.point.id.rawValue, "name": line.point.shownName(phrases),
      "needText": text.need(line.cell), "hoursText": text.hours(line.hours),
      "courses": "\(line.courses)",
    ]
    if line.isUnserved { row["isUnserved"] = true }
    return row
  }

  private func row(_ line: DemandReport.TopicLine) -> [String: Any] {
    var row: [String: Any] = [
      "code": line.topic.id.rawValue, "name": line.topic.title.text(in: language),
      "courses": "\(line.courses)", "needText": phrases("demand.none"),
    ]
    if let point = line.point.map({ report.points[$0] }) {
      row["needText"] = phrases(
        "demand.topicNeed", ["need": text.need(point.cell), "point": point.point.id.rawValue])
    }
    return row
  }

  private func row(_ line: DemandReport.CourseLine) -> [String: Any] {
    [
      "code": line.course.id.rawValue, "url": SitePath.courseForm(line.course.id),
      "title": line.course.title.text(in: language),
      "metaText": CourseSearch.meta(line.course, in: report.catalogue, phrases),
      "plansText": text.plans(line.plans), "hoursText": text.hours(line.hours),
      "predicted": GainText(phrases: phrases).predicted(line.course),
      "measured": GainText(phrases: phrases).measured(line.course, gains),
    ]
  }

  private func pages(_ number: Int, of pages: Int) -> [String: Any] {
    var values: [String: Any] = [
      "text": phrases("items.page", ["page": "\(number)", "pages": "\(pages)"])
    ]
    if number > 1 { values["previous"] = ["url": query.address(page: number - 1)] }
    if number < pages { values["next"] = ["url": query.address(page: number + 1)] }
    return values
  }
}

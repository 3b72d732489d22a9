import Competency
import Courses
import Delivery
import ItemBank
import Recommendation
import Storage

/// One point of a result: what it is, what is said of it and from which answers, and what closes it.
struct PointPage {
  /// How many courses are named: the ones that are expected to raise it most.
  private static let courseMaximum = 6

  let site: Site
  let opened: OpenedSession
  let result: TestResult
  let framework: Framework
  let point: CompetencyPoint
  let measured: TestResult.Point
  /// The newest plan of the session; nil if none was made.
  let plan: StoredPlan?
  /// The courses of the plan, or those in service.
  let catalogue: Catalogue
  private let phrases: Phrases

  /// - Throws: ``Refusal/notFound`` if the framework has no such point.
  init(
    _ id: CompetencyPoint.ID, of opened: OpenedSession, result: TestResult, plan: StoredPlan?,
    catalogue: Catalogue, site: Site, language: Language
  ) throws(Refusal) {
    guard let framework = opened.framework, let point = framework.point(id),
      let measured = result.points.first(where: { $0.point == id })
    else { throw .notFound }
    self.site = site
    self.opened = opened
    self.result = result
    self.framework = framework
    self.point = point
    self.measured = measured
    self.plan = plan
    self.catalogue = catalogue
    phrases = site.renderer.phrases(language)
  }

  func page() -> Page {
    let name = "\(point.id.rawValue) \(point.shownName(phrases))"
    let id = opened.key.id
    let courses = courseRows()
    var values: [String: Any] = [
      "session": SessionValues.ended(id, opened.session),
      "contentLang": Language.chinese.htmlLanguage,
      "backURL": SitePath.result(id), "code": point.id.rawValue,
      "name": point.shownName(phrases),
      "placeText": [
        framework.dimension(point.dimension)?.name.text(in: phrases.language),
        framework.environment(point.environment)?.name.text(in: phrases.language),
      ].compactMap { $0 }.joined(separator: " · "),
      "verdict": measured.verdict.map { Verdict.values($0, phrases) }
        ?? Verdict.values(named: "untested", phrases),
      "sentences": sentences().map { ["text": $0] },
      "items": EvidenceRows(opened: opened, phrases: phrases).rows(
        result.evidence.filter { share(of: $0.item) != nil }, about: point.id),
      "versions": EvidenceRows.versions(result, framework: framework, phrases),
    ]
    if measured.isInScope {
      let line = TargetLine(
        scale: LevelScale(framework: framework, language: phrases.language),
        target: framework.measurement.target, point: measured, phrases: phrases)
      values["chart"] = ["svg": line.svg(), "text": line.placeText]
    }
    if let statement = point.statement { values["statement"] = statement }
    if point.nameStatus == .fromMemory { values["isUnverified"] = true }
    if result.isProvisional { values["isProvisional"] = true }
    if !measured.misconceptions.isEmpty {
      values["misconceptions"] = ["tags": measured.misconceptions.map { ["text": $0] }]
    }
    if !courses.isEmpty { values["courses"] = ["rows": courses] }
    if let plan { values["planURL"] = SitePath.plan(plan.id) }
    return Page(
      template: "teacher/point", title: name, address: SitePath.point(point.id, of: id),
      values: values)
  }

  /// What is said of the point, and what that rests on.
  private func sentences() -> [String] {
    guard measured.isInScope else { return [phrases("pointPage.outOfScope")] }
    guard measured.evidenceCount > 0 else {
      return [phrases("pointPage.untested"), chanceSentence("pointPage.borrowedChance")]
    }
    var sentences = [
      chanceSentence("pointPage.chance"),
      phrases("pointPage.evidence", ["items": "\(measured.evidenceCount)"]),
    ]
    if measured.unsureCount > 0 {
      sentences.append(phrases("result.whyUnsure", ["unsure": "\(measured.unsureCount)"]))
    }
    if measured.verdict == .uncertain { sentences.append(phrases("pointPage.uncertain")) }
    return sentences
  }

  private func chanceSentence(_ key: String) -> String {
    phrases(key, ["chance": Numeral.percent(measured.probabilityBelowTarget)])
  }

  private func share(of item: AssessmentItem.ID) -> Double? {
    opened.bank.item(item)?.parameters?.loadingShares[point.id]
  }

  /// The courses that are expected to raise the point, most first; of the plan's first of all.
  private func courseRows() -> [[String: Any]] {
    let planned = Set(plan?.plan.courses ?? [])
    let found = catalogue.courses(of: framework.id).compactMap { course in
      course.gains[point.id].map { (course: course, gain: $0) }
    }
    let order = found.sorted { first, second in
      let key = { (entry: (course: Course, gain: Double)) in
        (
          planned.contains(entry.course.id) ? 0 : 1, -entry.gain, entry.course.hours,
          entry.course.id.rawValue
        )
      }
      return key(first) < key(second)
    }
    return order.prefix(Self.courseMaximum).map { course, _ in
      var row: [String: Any] = [
        "title": course.title.text(in: phrases.language),
        "metaText": CourseSearch.meta(course, in: catalogue, phrases),
      ]
      if planned.contains(course.id) { row["isPlanned"] = true }
      if let plan { row["url"] = SitePath.planCourse(plan.id, course.id) }
      return row
    }
  }
}

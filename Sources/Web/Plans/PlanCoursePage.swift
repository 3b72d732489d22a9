import Competency
import Courses
import Recommendation
import Storage

/// One course beside a plan: why it is in it or not, and what another choice costs.
struct PlanCoursePage {
  let plan: OpenedPlan
  let course: Course
  let phrases: Phrases

  private var words: TeachingWords {
    TeachingWords(chinese: plan.site.renderer.phrases(.chinese), phrases: phrases)
  }
  private var catalogue: Catalogue { plan.courses.catalogue }
  private var language: Language { phrases.language }

  /// A course of the plan, with what could take its place.
  func planned(_ explanation: CourseExplanation, replacements: [Replacement]) -> Page {
    var values = frame()
    values["isPlanned"] = true
    values["leadText"] = phrases("planCourse.planned")
    let total = plan.stored.plan.expectedClosure
    let rows = replacements.compactMap { replacement -> [String: Any]? in
      catalogue.course(replacement.course).map { other in
        [
          "course": course.id.rawValue, "with": other.id.rawValue,
          "title": other.title.text(in: language),
          "url": SitePath.planCourse(plan.stored.id, other.id),
          "metaText": CourseSearch.meta(other, in: catalogue, phrases),
          "effectText": effects(of: replacement, other, total).joined(
            separator: phrases("chart.sentenceSeparator")),
        ]
      }
    }
    if !rows.isEmpty { values["replacements"] = ["rows": rows] }
    let isLocked = plan.stored.wishes.locked.contains(course.id)
    if rows.isEmpty {
      values["noneText"] = phrases(
        isLocked ? "planCourse.lockedNoReplacement" : "planCourse.noReplacement")
    }
    return page(values)
  }

  /// A course that is not in the plan, with the reasons, and what bringing it in costs.
  func absent(_ absence: CourseAbsence, tried: StoredPlan) -> Page {
    var values = frame()
    values["leadText"] = phrases("planCourse.absent")
    values["reasons"] = absence.reasons.map { ["text": sentence($0)] }
    if let exchange = absence.exchange, let other = catalogue.course(exchange.replaced) {
      let total = plan.stored.plan.expectedClosure
      let percent = total > 0 ? Int((abs(exchange.utilityChange) / total * 100).rounded()) : 0
      values["exchangeText"] = phrases(
        percent == 0
          ? "planCourse.exchangeSame"
          : exchange.utilityChange < 0 ? "planCourse.exchangeLess" : "planCourse.exchangeMore",
        ["course": other.title.text(in: language), "percent": "\(percent)"])
    }
    let text = PlanEditText(
      catalogue: catalogue, framework: plan.planning.framework, phrases: phrases)
    if let edit = tried.edit {
      var cost: [String: Any] = ["items": text.costs(edit.difference).map { ["text": $0] }]
      if let moves = text.moves(edit.difference) { cost["movesText"] = moves }
      let rules = PlanRuleRows(
        plan: tried.plan, programme: plan.programme, rules: plan.rules, phrases: phrases)
      let broken = tried.plan.violatedRules.map { rules.sentence($0, catalogue: catalogue) }
      if !broken.isEmpty { cost["broken"] = ["rows": broken.map { ["text": $0] }] }
      values["cost"] = cost
    }
    if absence.reasons.contains(.excluded) { values["isExcluded"] = true }
    return page(values)
  }

  /// A course that the plan's framework knows nothing of.
  func foreign() -> Page {
    var values = frame()
    values["leadText"] = phrases("planCourse.absent")
    values["reasons"] = [["text": phrases("planCourse.reason.otherFramework")]]
    values["isForeign"] = true
    return page(values)
  }

  /// A course for other stages or subjects.
  func unsuited() -> Page {
    var values = frame()
    values["leadText"] = phrases("planCourse.absent")
    values["reasons"] = [
      [
        "text": phrases(
          "planCourse.reason.otherStage",
          [
            "words": (course.stages + course.subjects).map(words.shown)
              .joined(separator: phrases("result.listSeparator"))
          ])
      ]
    ]
    values["isForeign"] = true
    return page(values)
  }

  private func frame() -> [String: Any] {
    var values: [String: Any] = [
      "titleText": course.title.text(in: language),
      "metaText": CourseSearch.meta(course, in: catalogue, phrases),
      "value": course.id.rawValue, "version": plan.stored.version,
      "changeAction": SitePath.changes(plan.stored.id), "planURL": SitePath.plan(plan.stored.id),
      "searchURL": SitePath.planCourses(plan.stored.id),
    ]
    if let gains = gainsText() { values["gainsText"] = gains }
    if plan.stored.slot?.drawn == course.id { values["isDrawn"] = true }
    return values
  }

  /// From whom it is known how much the course raises; nil while it is judged only.
  private func gainsText() -> String? {
    guard let frozen = plan.grounds.gains, let teachers = frozen.teachers[course.id] else {
      return nil
    }
    return phrases(
      "gains.course",
      [
        "teachers": "\(teachers)", "version": "\(frozen.gains.version)",
        "term": GainText(phrases: phrases).term(frozen.gains.term),
      ])
  }

  private func page(_ values: [String: Any]) -> Page {
    Page(
      template: "teacher/plan-course", title: course.title.text(in: language),
      address: SitePath.planCourse(plan.stored.id, course.id), values: values)
  }

  /// What an exchange changes: gain, points, hours, money.
  private func effects(
    of replacement: Replacement, _ other: Course, _ total: Double
  ) -> [String] {
    let percent =
      total > 0 ? Int((abs(replacement.utilityChange) / total * 100).rounded()) : 0
    var effects = [
      phrases(
        percent == 0
          ? "planEdit.cost.gainSame"
          : replacement.utilityChange < 0 ? "planEdit.cost.gainLess" : "planEdit.cost.gainMore",
        ["percent": "\(percent)"])
    ]
    let points = served(with: other).count - served(with: course).count
    effects.append(
      phrases(
        points == 0
          ? "planEdit.cost.pointsSame"
          : points < 0 ? "planEdit.cost.pointsFewer" : "planEdit.cost.pointsMore",
        ["count": "\(abs(points))"]))
    let hours = other.hours - course.hours
    if hours != 0 {
      effects.append(
        phrases(
          hours < 0 ? "planCourse.hoursFewer" : "planCourse.hoursMore",
          ["hours": Numeral.hours(abs(hours))]))
    }
    let price = (other.price ?? 0) - (course.price ?? 0)
    if price != 0 {
      effects.append(
        phrases(
          price < 0 ? "planCourse.priceLess" : "planCourse.priceMore",
          ["price": Numeral.hours(abs(price))]))
    }
    return effects
  }

  /// The points that need work and are served when this course stands in the one's place.
  private func served(with other: Course) -> Set<CompetencyPoint.ID> {
    let rest = plan.stored.plan.explanations.filter { $0.course != course.id }
    return Set(rest.flatMap { $0.effects.map(\.point) } + other.gains.keys)
      .intersection(plan.planning.needs)
  }

  private func sentence(_ reason: CourseAbsence.Reason) -> String {
    switch reason {
    case .excluded: return phrases("planCourse.reason.excluded")
    case .otherProvider(let provider):
      return phrases(
        "planCourse.reason.otherProvider",
        ["provider": catalogue.provider(provider)?.name.text(in: language) ?? provider.rawValue])
    case .otherEnvironment:
      let name =
        plan.planning.framework.environment(plan.stored.plan.environment)?.name
        .text(in: language) ?? ""
      return phrases("planCourse.reason.otherEnvironment", ["environment": name])
    case .equivalent(let other):
      return phrases("planCourse.reason.equivalent", ["course": title(other)])
    case .prerequisite(let other):
      return phrases("planCourse.reason.prerequisite", ["course": title(other)])
    case .reached(let points):
      return phrases(
        "planCourse.reason.reached",
        ["points": points.map(\.rawValue).joined(separator: phrases("result.listSeparator"))])
    case .level: return phrases("planCourse.reason.level")
    case .rule(let violation):
      guard case .programme(let rule) = violation.rule else { return "" }
      let rows = PlanRuleRows(
        plan: plan.stored.plan, programme: plan.programme, rules: plan.rules, phrases: phrases)
      return phrases(
        "planCourse.reason.rule",
        ["rule": rows.name(of: rule), "amount": rows.amount(violation.amount, of: rule)])
    case .lessGain: return phrases("planCourse.reason.lessGain")
    }
  }

  private func title(_ id: Course.ID) -> String {
    catalogue.course(id)?.title.text(in: language) ?? id.rawValue
  }
}

import Competency
import Courses
import Delivery
import Recommendation
import Storage

/// One course of a plan with its reason, what it holds, and what could stand in its place.
struct PlanCourseCard {
  let course: Course
  let explanation: CourseExplanation
  let opened: OpenedPlan
  let rules: PlanRuleRows
  let phrases: Phrases

  private var language: Language { phrases.language }
  private var stored: StoredPlan { opened.stored }
  private var planning: StudyPlanning { opened.planning }
  private var catalogue: Catalogue { opened.courses.catalogue }

  func values() -> [String: Any] {
    var values: [String: Any] = [
      "id": "course-\(course.id.rawValue)",
      "value": course.id.rawValue,
      "title": course.title.text(in: language),
      "providerName": catalogue.provider(course.provider)?.name.text(in: language) ?? "",
      "formText": phrases("course.\(course.form.rawValue)"),
      "modeText": phrases(course.mode == .online ? "course.online" : "course.inPractice"),
      "hoursText": phrases("course.hours", ["hours": Numeral.hours(course.hours)]),
      "levelText": levelText(),
      "points": points(),
      "why": why(),
      "contribution": contribution(),
      "isLocked": stored.wishes.locked.contains(course.id),
      "lossText": lossText(), "courseURL": SitePath.planCourse(stored.id, course.id),
      "numbers": numbers(),
    ]
    if stored.wishes.technology?.course == course.id { values["isTechnology"] = true }
    if opened.stored.slot?.drawn == course.id { values["isDrawn"] = true }
    if let evidence = course.evidence {
      values["evidenceText"] = phrases(
        "course.evidence", ["evidence": evidence.text(in: language)])
    }
    let held = explanation.rulesHeld.filter { $0.direction == .short }.compactMap(holding)
    if !held.isEmpty { values["held"] = held.map { ["text": $0] } }
    if let replacement = replacement() { values["replacement"] = replacement }
    return values
  }

  /// A rule that would be broken without the course.
  private func holding(_ violation: RuleViolation) -> String? {
    guard case .programme(let rule) = violation.rule else { return nil }
    return phrases(
      "plan.holdsRule",
      ["rule": rules.name(of: rule), "amount": rules.amount(violation.amount, of: rule)])
  }

  /// What is lost without it: the others close part of what it closes.
  private func lossText() -> String {
    let total = stored.plan.expectedClosure
    let percent =
      total > 0 ? Int((max(0, explanation.lossIfDropped) / total * 100).rounded()) : 0
    var text = phrases(
      percent == 0 ? "planEdit.lossNone" : "planEdit.loss", ["percent": "\(percent)"])
    let others = stored.plan.explanations.filter { $0.course != course.id }
    let served = Set(others.flatMap { $0.effects.filter { $0.gain > 0 }.map(\.point) })
    let alone = explanation.effects.map(\.point).filter {
      planning.needs.contains($0) && !served.contains($0)
    }
    if !alone.isEmpty {
      text +=
        phrases("site.sentenceGap")
        + phrases(
          "planEdit.lossPoints",
          ["points": alone.map(\.rawValue).joined(separator: phrases("result.listSeparator"))])
    }
    return text
  }

  /// The numbers behind the words, one row for each point.
  private func numbers() -> [[String: Any]] {
    let total = stored.plan.expectedClosure
    return explanation.effects.filter { measured($0.point)?.isInScope == true }.map { effect in
      [
        "code": effect.point.rawValue,
        "before": "\(Numeral.percent(effect.probabilityBelowTargetBefore))%",
        "after": "\(Numeral.percent(effect.probabilityBelowTargetAfter))%",
        "share": total > 0
          ? "\(Numeral.tenths(effect.contribution / total * 100))%" : phrases("site.none"),
      ]
    }
  }

  private func levelText() -> String {
    let levels = planning.framework.measurement.levels
    let name =
      levels.indices.contains(course.level) ? levels[course.level].name.text(in: language) : ""
    return phrases("course.level", ["level": name])
  }

  /// The points in scope that the course teaches, the one it does most for first.
  private func points() -> [[String: Any]] {
    explanation.effects.compactMap { effect in
      guard let point = planning.framework.point(effect.point),
        let measured = measured(effect.point), measured.isInScope
      else { return nil }
      let verdict = measured.verdict.map { Verdict.values($0, phrases) }
      return [
        "code": point.id.rawValue, "name": point.shownName(phrases),
        "verdict": verdict ?? Verdict.values(named: "untested", phrases),
      ]
    }
  }

  private func why() -> [String] {
    var sentences: [String] = []
    if explanation.isRequiredByRuleOnly,
      let rule = explanation.rulesHeld.first?.rule, case .programme(let name) = rule
    {
      sentences.append(phrases("plan.whyRuleOnly", ["rule": phrases("rule.\(name.rawValue)")]))
    }
    if let top = explanation.topGap, let measured = measured(top.point), measured.isInScope {
      sentences.append(reason(top, measured))
    }
    let others = explanation.effects.dropFirst().filter {
      $0.contribution > 0 && measured($0.point)?.isInScope == true
    }
    if !others.isEmpty {
      sentences.append(
        phrases(
          "plan.whyAlso",
          [
            "points": others.prefix(2).map { name(of: $0.point) }
              .joined(separator: phrases("result.listSeparator"))
          ]))
    }
    let after = stored.plan.courses.compactMap(catalogue.course).first {
      $0.prerequisite == course.id
    }
    if let after {
      sentences.append(
        phrases("plan.whyPrerequisite", ["course": after.title.text(in: language)]))
    }
    return sentences
  }

  /// What the whole plan does for the point that the course does most for.
  private func reason(
    _ effect: CourseExplanation.PointEffect, _ measured: TestResult.Point
  ) -> String {
    let before = Numeral.percent(effect.probabilityBelowTargetBefore)
    let after = Numeral.percent(effect.probabilityBelowTargetAfter)
    let values = ["point": name(of: effect.point), "before": before, "after": after]
    if GapVerdict(probabilityBelowTarget: effect.probabilityBelowTargetBefore) == .notNeeded {
      return phrases("plan.whyPointHave", values)
    }
    if before == after { return phrases("plan.whyPointStill", values) }
    return phrases(
      measured.verdict == nil ? "plan.whyPointBorrowed" : "plan.whyPoint", values)
  }

  private func contribution() -> [String: Any] {
    let total = stored.plan.explanations.reduce(0) { $0 + $1.contribution }
    let share = total > 0 ? explanation.contribution / total : 0
    let average = 1 / Double(max(stored.plan.courses.count, 1))
    let degree = share >= 1.3 * average ? "High" : share >= 0.6 * average ? "Middle" : "Low"
    return [
      "class": degree.lowercased(), "word": phrases("plan.contribution\(degree)"),
      "text": phrases("plan.contribution", ["share": Numeral.percent(share)]),
    ]
  }

  private func replacement() -> [String: Any]? {
    guard let replacement = explanation.replacement,
      let other = catalogue.course(replacement.course)
    else { return nil }
    let total = stored.plan.explanations.reduce(0) { $0 + $1.contribution }
    let change = total > 0 ? replacement.utilityChange / total : 0
    let percent = Int((abs(change) * 100).rounded())
    let key =
      percent == 0
      ? "plan.replacementEqual" : change < 0 ? "plan.replacementLess" : "plan.replacementMore"
    return [
      "value": other.id.rawValue,
      "title": other.title.text(in: language),
      "effectText": phrases(
        key,
        ["hours": Numeral.hours(other.hours), "loss": "\(percent)", "gain": "\(percent)"]),
    ]
  }

  private func name(of point: CompetencyPoint.ID) -> String {
    "\(point.rawValue) \(planning.framework.point(point)?.shownName(phrases) ?? "")"
  }

  private func measured(_ point: CompetencyPoint.ID) -> TestResult.Point? {
    planning.result.points.first { $0.point == point }
  }
}

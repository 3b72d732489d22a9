import Competency
import Courses
import Delivery
import Recommendation
import Storage

/// What a plan is, in a few sentences: courses and hours, what it serves, what it costs, and for
/// whom the hours and not a gap ask for it.
struct PlanSummary {
  let plan: OpenedPlan
  let phrases: Phrases

  private var result: TestResult { plan.planning.result }
  private var study: StudyPlan { plan.stored.plan }
  private var chosen: [Course] { study.courses.compactMap(plan.courses.catalogue.course) }

  /// The sentences, the first as the lead.
  func sentences() -> [String] {
    var second = [coverage()]
    let price = chosen.compactMap(\.price).reduce(0, +)
    if price > 0 { second.append(phrases("plan.cost", ["price": Numeral.hours(price)])) }
    if study.violation == 0, !study.courses.isEmpty { second.append(phrases("plan.allMet")) }
    let rest = [tied(), notServed(), technology()].compactMap { $0 }
    return [lead(), second.joined(separator: phrases("site.sentenceGap"))] + rest
  }

  private func lead() -> String {
    let balance = study.balance
    return phrases(
      "plan.summary",
      [
        "courses": "\(study.courses.count)", "hours": Numeral.hours(balance.hours),
        "online": Numeral.hours(balance.online), "practice": Numeral.hours(balance.practice),
      ])
  }

  private func coverage() -> String {
    let needs = result.points.filter { plan.planning.needs.contains($0.point) }
    guard !needs.isEmpty else { return withoutNeeds() }
    let served = study.servedPoints
    let missing = needs.filter { !served.contains($0.point) }.map(\.point.rawValue)
    let sentence = phrases(
      "plan.coverage",
      ["needs": "\(needs.count)", "covered": "\(needs.count - missing.count)"])
    guard !missing.isEmpty else { return sentence }
    return sentence + phrases("site.sentenceGap")
      + phrases("plan.coverageMissing", ["points": list(missing)])
  }

  /// Nobody is told of a gap that was not seen: nothing was answered, all is reached, or the
  /// evidence is thin.
  private func withoutNeeds() -> String {
    guard result.evidence.contains(where: { !$0.isUnsure }) else {
      return phrases(result.evidence.isEmpty ? "plan.coverageNothing" : "planEdit.coverageUnsure")
    }
    let tested = result.points.filter { $0.verdict != nil && $0.isInScope }
    let isReached = !tested.isEmpty && tested.allSatisfy { $0.verdict == .notNeeded }
    return phrases(isReached ? "plan.coverageNone" : "planEdit.coverageUncertain")
  }

  /// The points to work on first of which none can be put before another.
  private func tied() -> String? {
    let count = result.unorderedPriorityCount
    guard count >= 2 else { return nil }
    return phrases(
      "planEdit.tied", ["points": list(result.priorities.prefix(count).map(\.rawValue))])
  }

  /// The points to work on first that no course of the plan is chiefly about: the whole gain was
  /// larger elsewhere, and a teacher should know.
  private func notServed() -> String? {
    let primaries = Set(chosen.map(\.primary))
    let missing = result.priorities.filter { !primaries.contains($0) }
    guard !missing.isEmpty else { return nil }
    return phrases("plan.notServed", ["points": list(missing.map(\.rawValue))])
  }

  private func technology() -> String? {
    guard let technology = plan.stored.wishes.technology else { return nil }
    guard let course = technology.course.flatMap(plan.courses.catalogue.course) else {
      return phrases("planEdit.technologyNone")
    }
    return phrases(
      "planEdit.technologyChosen.\(technology.field.rawValue)",
      ["course": course.title.text(in: phrases.language)])
  }

  private func list(_ words: [String]) -> String {
    words.joined(separator: phrases("result.listSeparator"))
  }
}

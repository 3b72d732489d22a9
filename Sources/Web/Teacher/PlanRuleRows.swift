import Courses
import Recommendation

/// What a plan holds against each rule of its programme, in words.
struct PlanRuleRows {
  let plan: StudyPlan
  let programme: Programme?
  /// The rules the plan is held against; nil if the programme is gone.
  let rules: ProgrammeRules?
  let phrases: Phrases

  /// One row for each rule that demands something.
  func rows() -> [[String: Any]] {
    guard let rules else { return [] }
    let balance = plan.balance
    var rows = [hoursRow(.hours, rules.hours, planned: balance.hours)]
    if rules.online.minimum > 0 {
      rows.append(hoursRow(.online, rules.online, planned: balance.online))
    }
    if rules.practice.minimum > 0 {
      rows.append(hoursRow(.practice, rules.practice, planned: balance.practice))
    }
    if let video = rules.video, video != rules.online {
      rows.append(hoursRow(.video, video, planned: balance.video))
    }
    if let share = rules.practiceShare { rows.append(shareRow(share)) }
    rows.append(countRow(.points, minimum: rules.minimumPoints, planned: balance.points))
    if rules.minimumDimensions > 1 {
      rows.append(
        countRow(.dimensions, minimum: rules.minimumDimensions, planned: balance.dimensions))
    }
    return rows
  }

  /// The same rows as plain texts: name, demand, plan, state.
  func texts() -> [[String]] {
    rows().map { row in
      let state = (row["state"] as? [String: Any])?["word"]
      return [row["name"], row["requiredText"], row["plannedText"], state]
        .map { $0 as? String ?? "" }
    }
  }

  /// A broken rule in a sentence.
  func sentence(_ violation: RuleViolation, catalogue: Catalogue) -> String {
    switch violation.rule {
    case .programme(let rule):
      return phrases(
        violation.direction == .short ? "plan.violationShort" : "plan.violationOver",
        ["rule": name(of: rule), "amount": amount(violation.amount, of: rule)])
    case .prerequisite(_, let missing):
      return phrases("plan.violationMissing", ["course": title(of: missing, in: catalogue)])
    case .compulsory(let course):
      return phrases(
        "plan.violationCompulsory", ["course": title(of: course, in: catalogue)])
    case .provider(let course):
      return phrases("plan.violationProvider", ["course": title(of: course, in: catalogue)])
    case .equivalents(let group):
      let same = plan.courses.filter { catalogue.course($0)?.equivalents == group }
      return phrases(
        "plan.violationDuplicate",
        [
          "course": same.first.map { title(of: $0, in: catalogue) } ?? group.rawValue,
          "other": same.dropFirst().first.map { title(of: $0, in: catalogue) } ?? "",
        ])
    }
  }

  /// The name of a rule.
  func name(of rule: ProgrammeRule) -> String { phrases("rule.\(rule.rawValue)") }

  /// An amount of what a rule counts.
  func amount(_ amount: Double, of rule: ProgrammeRule) -> String {
    switch rule {
    case .hours, .online, .practice, .video, .practiceShare:
      phrases("rule.amountHours", ["amount": Numeral.hours(amount)])
    case .points, .dimensions, .compulsory:
      phrases("rule.amountCount", ["amount": Numeral.hours(amount)])
    }
  }

  private func hoursRow(
    _ rule: ProgrammeRule, _ range: ProgrammeRules.HoursRange, planned: Double
  ) -> [String: Any] {
    let required: String
    if let maximum = range.maximum {
      required = phrases(
        "rule.betweenHours",
        ["minimum": Numeral.hours(range.minimum), "maximum": Numeral.hours(maximum)])
    } else {
      required = phrases("rule.atLeastHours", ["minimum": Numeral.hours(range.minimum)])
    }
    return row(
      rule, required: required,
      planned: phrases("rule.plannedHours", ["planned": Numeral.hours(planned)]))
  }

  private func countRow(_ rule: ProgrammeRule, minimum: Int, planned: Int) -> [String: Any] {
    row(
      rule, required: phrases("rule.atLeastPoints", ["minimum": "\(minimum)"]),
      planned: phrases("rule.plannedCount", ["planned": "\(planned)"]))
  }

  private func shareRow(_ share: ProgrammeRules.PracticeShare) -> [String: Any] {
    let hours = share.earnedHours + plan.balance.hours
    let held = hours > 0 ? (share.earnedPractice + plan.balance.practice) / hours : 0
    return row(
      .practiceShare,
      required: phrases("rule.atLeastShare", ["minimum": percent(share.minimum)]),
      planned: phrases("rule.plannedShare", ["planned": percent(held)]))
  }

  private func percent(_ share: Double) -> String { "\(Int((100 * share).rounded()))%" }

  private func row(_ rule: ProgrammeRule, required: String, planned: String) -> [String: Any] {
    let broken = plan.violatedRules.first { $0.rule == .programme(rule) }
    var word = phrases("rule.met")
    if let broken {
      word = phrases(
        broken.direction == .short ? "rule.short" : "rule.over",
        ["amount": amount(broken.amount, of: rule)])
    }
    var values: [String: Any] = [
      "name": name(of: rule), "requiredText": required, "plannedText": planned,
      "state": ["class": broken == nil ? "met" : "short", "word": word],
    ]
    let sources = programme?.sources.filter { $0.rule == rule } ?? []
    if let source = sources.first(where: { !$0.isSetting }) {
      values["sourceHTML"] = phrases(
        "plan.source", ["paragraph": HTML(chinese: source.paragraph).markup])
      if sources.contains(where: \.isSetting) {
        values["sourceHTML"] = [
          phrases("plan.source", ["paragraph": HTML(chinese: source.paragraph).markup]),
          phrases("plan.settingMaximum"),
        ].joined(separator: phrases("chart.sentenceSeparator"))
      }
    } else if !sources.isEmpty {
      values["sourceHTML"] = phrases("plan.setting")
    }
    return values
  }

  private func title(of course: Course.ID, in catalogue: Catalogue) -> String {
    catalogue.course(course)?.title.text(in: phrases.language) ?? course.rawValue
  }
}

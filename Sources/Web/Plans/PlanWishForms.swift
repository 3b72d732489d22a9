import Competency
import Courses
import Recommendation
import Storage

/// The forms with which a teacher says what the plan shall be like: a new technology, hours, days.
struct PlanWishForms {
  let plan: OpenedPlan
  let phrases: Phrases
  let fault: PlanChange.Fault?

  func values() -> [String: Any] {
    let wishes = plan.stored.wishes
    let typed = fault?.typed ?? [:]
    var values: [String: Any] = [
      "fields": fields(wishes.technology?.field),
      "hours": typed["hours"] ?? wishes.hoursBudget.map { Numeral.hours($0) } ?? "",
      "earnedOnline": typed["earnedOnline"] ?? wishes.earned.map { Numeral.hours($0.online) } ?? "",
      "earnedPractice": typed["earnedPractice"]
        ?? wishes.earned.map { Numeral.hours($0.practice) } ?? "",
      "start": typed["start"] ?? wishes.start?.iso ?? "",
      "end": typed["end"] ?? wishes.end?.iso ?? "",
    ]
    if let rules = plan.programme?.rules(for: wishes) {
      values["hoursHint"] = phrases(
        "planEdit.hoursHint", ["minimum": Numeral.hours(rules.hours.minimum)])
    }
    if let provider = provider(wishes.provider) { values["provider"] = provider }
    if let exemption = exemption(wishes.isExempt) { values["exemption"] = exemption }
    if let pace = pace() { values["paceText"] = pace }
    if let fault {
      values["\(fault.field)Fault"] = ["text": phrases("planEdit.\(fault.phrase)")]
    }
    let isWished =
      wishes.technology != nil || wishes.provider != nil || wishes.isExempt
      || wishes.hoursBudget != nil || wishes.earned != nil
      || wishes.start != nil || fault != nil
    if isWished { values["isOpen"] = true }
    return values
  }

  /// The institutions of which the county chose one (QZ-10); nil where the programme has no such
  /// choice.
  private func provider(_ chosen: Provider.ID?) -> [String: Any]? {
    guard let choice = plan.programme?.terms.provider else { return nil }
    let framework = plan.planning.framework.id
    let teaching = Set(plan.courses.catalogue.courses(of: framework).map(\.provider))
    let options = plan.courses.catalogue.providers.filter { teaching.contains($0.id) }
      .map { provider -> [String: Any] in
        [
          "value": provider.id.rawValue, "text": provider.name.text(in: phrases.language),
          "selected": provider.id == chosen,
        ]
      }
    return [
      "hint": phrases(
        "planEdit.providerHint",
        ["chooser": phrases("terms.chooser.\(choice.chooser.rawValue)")]),
      "options": options,
    ]
  }

  /// That teachers near retirement need not take part (QZ-03); nil where the programme exempts
  /// nobody.
  private func exemption(_ isExempt: Bool) -> [String: Any]? {
    guard let exemption = plan.programme?.terms.exemption else { return nil }
    return [
      "hint": phrases(
        "planEdit.exemptHint", ["years": Numeral.hours(exemption.yearsToRetirementBelow)]),
      "isExempt": isExempt,
    ]
  }

  private func fields(_ chosen: NewTechnology.Field?) -> [[String: Any]] {
    let problem: PlanProblem?
    do throws(Refusal) { problem = try plan.problem() } catch { problem = nil }
    let options = NewTechnology.Field.allCases.map { field -> [String: Any] in
      let name = problem.flatMap { NewTechnology.dimension(field, in: $0) }
        .flatMap { id in plan.planning.framework.dimensions.first { $0.id == id } }?
        .name.text(in: phrases.language)
      return [
        "id": "field-\(field.rawValue)", "value": field.rawValue,
        "name": phrases("planEdit.field.\(field.rawValue)"),
        "hint": name.map {
          phrases("planEdit.fieldHint.\(field.rawValue)", ["dimension": $0])
        } ?? "", "checked": field == chosen,
      ]
    }
    return options + [
      [
        "id": "field-none", "value": "none", "name": phrases("planEdit.field.none"), "hint": "",
        "checked": chosen == nil,
      ]
    ]
  }

  /// How much a week that makes.
  private func pace() -> String? {
    guard let start = plan.stored.wishes.start, let end = plan.stored.wishes.end else { return nil }
    let weeks = Double(end.number - start.number + 1) / 7
    return phrases(
      "planEdit.pace",
      [
        "weeks": "\(max(1, Int(weeks.rounded())))",
        "hours": Numeral.hours(plan.stored.plan.balance.hours / max(weeks, 1)),
      ])
  }
}

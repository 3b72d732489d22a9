import Competency
import Courses
import Foundation
import Recommendation
import Storage

/// A change of a plan in words: what was changed, and what it costs or brings.
struct PlanEditText {
  let catalogue: Catalogue
  let framework: Framework
  let phrases: Phrases

  /// What was changed.
  func sentence(_ edit: PlanEdit) -> String {
    let values = [
      "course": title(edit.course), "with": title(edit.replacement),
      "version": edit.undone.map { "\($0)" } ?? "",
    ]
    switch edit.kind {
    case .lock, .unlock, .exclude, .restore, .replace, .undo:
      return phrases("planEdit.did.\(edit.kind.rawValue)", values)
    case .technology:
      let word = (edit.value ?? "").isEmpty ? "none" : edit.value ?? ""
      return phrases("planEdit.did.technology.\(word)")
    case .budget:
      guard let hours = edit.value, !hours.isEmpty else {
        return phrases("planEdit.did.budgetNone")
      }
      return phrases("planEdit.did.budget", ["hours": hours])
    case .earned:
      let hours = (edit.value ?? "").split(separator: " ").map(String.init)
      guard hours.count == 2 else { return phrases("planEdit.did.earnedNone") }
      return phrases("planEdit.did.earned", ["online": hours[0], "practice": hours[1]])
    case .provider:
      guard let provider = edit.value, !provider.isEmpty else {
        return phrases("planEdit.did.providerNone")
      }
      let name = catalogue.provider(Provider.ID(rawValue: provider))?.name
        .text(in: phrases.language)
      return phrases("planEdit.did.provider", ["provider": name ?? provider])
    case .exemption:
      return phrases(
        (edit.value ?? "").isEmpty ? "planEdit.did.exemptionNone" : "planEdit.did.exemption")
    case .dates:
      let days = (edit.value ?? "").split(separator: " ").compactMap { StudyDay($0) }
      guard days.count == 2 else { return phrases("planEdit.did.datesNone") }
      return phrases(
        "planEdit.did.dates", ["start": phrases.day(days[0]), "end": phrases.day(days[1])])
    }
  }

  /// What it costs or brings, one sentence each: points, hours, gain, rules, courses.
  func costs(_ difference: PlanDifference) -> [String] {
    var sentences = [points(difference), hours(difference), gain(difference)]
    if difference.violationAfter > difference.violationBefore + 1e-9 {
      sentences.append(phrases("planEdit.cost.ruleBroken"))
    } else if difference.violationBefore > difference.violationAfter + 1e-9 {
      sentences.append(
        phrases(
          difference.violationAfter == 0 ? "planEdit.cost.rulesHeld" : "planEdit.cost.rulesNearer"))
    }
    return sentences
  }

  /// Which courses came and went; nil if none did.
  func moves(_ difference: PlanDifference) -> String? {
    let parts = [("planEdit.came", difference.came), ("planEdit.went", difference.went)]
      .filter { !$0.1.isEmpty }
    guard !parts.isEmpty else { return nil }
    return parts.map { key, courses in
      phrases(
        key,
        [
          "courses": courses.map { title($0) }
            .joined(separator: phrases("planEdit.listSeparator"))
        ])
    }.joined(separator: phrases("site.sentenceGap"))
  }

  private func points(_ difference: PlanDifference) -> String {
    let change = difference.pointsAfter - difference.pointsBefore
    return phrases(
      change == 0
        ? "planEdit.cost.pointsSame"
        : change < 0 ? "planEdit.cost.pointsFewer" : "planEdit.cost.pointsMore",
      ["count": "\(abs(change))"])
  }

  private func hours(_ difference: PlanDifference) -> String {
    let (before, after) = (
      Numeral.hours(difference.hoursBefore), Numeral.hours(difference.hoursAfter)
    )
    return phrases(
      before == after ? "planEdit.cost.hoursSame" : "planEdit.cost.hours",
      ["before": before, "after": after])
  }

  private func gain(_ difference: PlanDifference) -> String {
    let percent = Int((abs(difference.closureChange) * 100).rounded())
    return phrases(
      percent == 0
        ? "planEdit.cost.gainSame"
        : difference.closureChange < 0 ? "planEdit.cost.gainLess" : "planEdit.cost.gainMore",
      ["percent": "\(percent)"])
  }

  private func title(_ course: Course.ID?) -> String {
    course.map { catalogue.course($0)?.title.text(in: phrases.language) ?? $0.rawValue } ?? ""
  }
}

extension Phrases {
  /// A day in words.
  func day(_ day: StudyDay) -> String {
    self(
      "site.date",
      ["year": "\(day.year)", "month": self("site.month\(day.month)"), "day": "\(day.day)"])
  }
}

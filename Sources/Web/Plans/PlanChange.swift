import Courses
import Foundation
import Recommendation
import Storage

/// What a teacher changes in a plan.
struct PlanChange: Hashable, Sendable {
  /// What a field of the form holds that cannot be taken, to say it beside the field.
  struct Fault: Error, Hashable, Sendable {
    /// The field.
    var field: String
    /// The text about it, below `planEdit.` in the locales.
    var phrase: String
    /// What was typed.
    var typed: [String: String]
  }

  /// The fewest and the most hours that can be wished for.
  static let hoursRange = 1.0...400.0
  /// The longest time a plan may take, in days: five years and a little.
  static let longestDays = 5 * 366

  var kind: PlanEdit.Kind
  var course: Course.ID?
  /// The course that comes instead; only for ``PlanEdit/Kind/replace``.
  var replacement: Course.ID?
  /// Where a new technology is wanted; nil for nowhere.
  var field: NewTechnology.Field?
  /// The most hours; nil for what the programme says.
  var hours: Double?
  /// What was earned before; nil for nothing.
  var earned: EarnedHours?
  /// The institution that teaches the county; nil where that is not said.
  var provider: Provider.ID?
  /// Whether the teacher need not take part.
  var isExempt = false
  /// The first day.
  var start: StudyDay?
  /// The last day.
  var end: StudyDay?
  /// What was typed, to keep it if it cannot be taken now.
  var typed: [String: String] = [:]

  init(_ kind: PlanEdit.Kind, _ course: Course.ID? = nil, replacement: Course.ID? = nil) {
    self.kind = kind
    self.course = course
    self.replacement = replacement
  }

  /// Reads the change that a form asks for.
  ///
  /// - Throws: ``Refusal/invalid(field:)`` if the form names no change or no course;
  ///   ``PlanChange/Fault`` if something typed cannot be taken.
  init(_ form: Form) throws {
    guard let kind = form["change"].flatMap(PlanEdit.Kind.init(rawValue:)) else {
      throw Refusal.invalid(field: "change")
    }
    self.init(kind)
    for name in [
      "field", "hours", "earnedOnline", "earnedPractice", "provider", "exempt", "start", "end",
    ] {
      typed[name] = form[name]
    }
    switch kind {
    case .lock, .unlock, .exclude, .restore, .replace:
      guard let course = form["course"] else { throw Refusal.invalid(field: "course") }
      self.course = Course.ID(rawValue: course)
      // The form of a course holds what would replace it, whichever of its buttons is pressed.
      if kind == .replace { replacement = form["with"].map(Course.ID.init(rawValue:)) }
    case .technology:
      let word = form["field"] ?? "none"
      field = NewTechnology.Field(rawValue: word)
      if field == nil, word != "none" { throw Refusal.invalid(field: "field") }
    case .budget: try readHours(form["hours"])
    case .earned: try readEarned(form)
    case .provider: provider = form["provider"].map(Provider.ID.init(rawValue:))
    case .exemption:
      guard let word = form["exempt"], ["yes", "no"].contains(word) else {
        throw Refusal.invalid(field: "exempt")
      }
      isExempt = word == "yes"
    case .dates: try readDates(form["start"], form["end"])
    case .undo: break
    }
  }

  private mutating func readHours(_ text: String?) throws(Fault) {
    guard let text else { return }
    guard let hours = Self.number(text), Self.hoursRange.contains(hours) else {
      throw Fault(field: "hours", phrase: "hoursFault", typed: typed)
    }
    self.hours = (hours * 2).rounded() / 2
  }

  private mutating func readEarned(_ form: Form) throws(Fault) {
    var found: [Double] = []
    for field in ["earnedOnline", "earnedPractice"] {
      let text = form[field] ?? "0"
      guard let hours = Self.number(text), (0...Self.hoursRange.upperBound).contains(hours) else {
        throw Fault(field: field, phrase: "earnedFault", typed: typed)
      }
      found.append((hours * 2).rounded() / 2)
    }
    if found.contains(where: { $0 > 0 }) {
      earned = EarnedHours(online: found[0], practice: found[1])
    }
  }

  /// A number as people type it, full-width digits too.
  private static func number(_ text: String) -> Double? {
    let plain = text.filter { !$0.isWhitespace }
    return Double(plain.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? plain)
  }

  private mutating func readDates(_ first: String?, _ last: String?) throws(Fault) {
    start = first.flatMap { StudyDay($0) }
    end = last.flatMap { StudyDay($0) }
    for (name, text, day) in [("start", first, start), ("end", last, end)]
    where text != nil && day == nil {
      throw Fault(field: name, phrase: "dateFault", typed: typed)
    }
    guard first != nil || last != nil else { return }
    guard let start, let end else {
      throw Fault(
        field: first == nil ? "start" : "end", phrase: "dateMissing", typed: typed)
    }
    guard start < end, end.number - start.number <= Self.longestDays else {
      throw Fault(
        field: "end", phrase: start < end ? "dateTooLong" : "dateOrder", typed: typed)
    }
  }

  /// The wishes after the change.
  ///
  /// - Throws: ``Refusal/invalid(field:)`` if the catalogue has no such course.
  func applied(to wishes: PlanWishes, catalogue: Catalogue) throws(Refusal) -> PlanWishes {
    var wishes = wishes
    switch kind {
    case .technology: wishes.technology = field.map { PlanWishes.Technology($0, course: nil) }
    case .budget: wishes.hoursBudget = hours
    case .earned: wishes.earned = earned
    case .exemption: wishes.isExempt = isExempt
    case .provider:
      if let provider, catalogue.provider(provider) == nil { throw .invalid(field: "provider") }
      wishes.provider = provider
    case .dates: (wishes.start, wishes.end) = (start, end)
    case .undo: break
    case .lock, .unlock, .exclude, .restore, .replace:
      try change(&wishes, catalogue: catalogue)
    }
    return wishes
  }

  private func change(_ wishes: inout PlanWishes, catalogue: Catalogue) throws(Refusal) {
    guard let course, catalogue.course(course) != nil else { throw .invalid(field: "course") }
    wishes.locked.removeAll { $0 == course }
    wishes.excluded.removeAll { $0 == course }
    if kind == .lock { wishes.locked.append(course) }
    if kind == .exclude || kind == .replace {
      wishes.excluded.append(course)
      // Another course is then looked for.
      if wishes.technology?.course == course { wishes.technology?.course = nil }
    }
    guard kind == .replace else { return }
    guard let replacement, catalogue.course(replacement) != nil, replacement != course else {
      throw .invalid(field: "with")
    }
    wishes.excluded.removeAll { $0 == replacement }
    if !wishes.locked.contains(replacement) { wishes.locked.append(replacement) }
  }

  /// What is kept of a choice that concerns the whole plan; nil for one about a course.
  var value: String? {
    switch kind {
    case .technology: field?.rawValue ?? ""
    case .budget: hours.map { Numeral.hours($0) } ?? ""
    case .earned:
      earned.map { "\(Numeral.hours($0.online)) \(Numeral.hours($0.practice))" } ?? ""
    case .provider: provider?.rawValue ?? ""
    case .exemption: isExempt ? "yes" : ""
    case .dates: [start, end].compactMap { $0?.iso }.joined(separator: " ")
    case .undo, .lock, .unlock, .exclude, .restore, .replace: nil
    }
  }

  /// The edit as it is kept.
  func edit(_ difference: PlanDifference, undone: Int? = nil) -> PlanEdit {
    PlanEdit(
      kind, course: course, replacement: replacement, value: value, undone: undone,
      difference: difference)
  }
}

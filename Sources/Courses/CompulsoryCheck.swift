import Diagnostics

/// Checks the compulsory courses of a programme against a catalogue.
struct CompulsoryCheck {
  var content: JSONContent<ProgrammeDocument>
  var catalogue: Catalogue

  /// Compulsory courses that are not there, that teach the same, or whose hours the rules have no
  /// room for.
  func faults() -> [Diagnostic] {
    let ids = content.value.rules.compulsory ?? []
    let courses = ids.enumerated().map { ($0, catalogue.course(Course.ID(rawValue: $1))) }
    let unknown = courses.compactMap { place, course -> Diagnostic? in
      guard course == nil else { return nil }
      return content.fault(
        "unknown-course", at: "rules.compulsory.\(place)",
        Text("课程目录里没有“\(ids[place])”。", "The catalogue has no course “\(ids[place])”."),
        remedy: Text("请写目录中的课程编号。", "Write a course of the catalogue."))
    }
    let known = courses.compactMap(\.1)
    return unknown + equivalents(courses) + conflict(known)
  }

  private func equivalents(_ courses: [(Int, Course?)]) -> [Diagnostic] {
    var seen: [Course.EquivalenceGroup: Course.ID] = [:]
    return courses.compactMap { place, course in
      guard let course, let group = course.equivalents else { return nil }
      guard let first = seen[group] else {
        seen[group] = course.id
        return nil
      }
      return content.fault(
        "compulsory-equivalents", at: "rules.compulsory.\(place)",
        Text(
          "必修课“\(course.id.rawValue)”与“\(first.rawValue)”内容相同，只能选一门。",
          "The compulsory course “\(course.id.rawValue)” teaches the same as “\(first.rawValue)”."),
        remedy: Text("请去掉其中一门。", "Remove one of them."))
    }
  }

  private func conflict(_ courses: [Course]) -> [Diagnostic] {
    let rules = content.value.rules.rules
    guard rules.conflict().isEmpty else { return [] }
    func hours(_ mode: Course.Mode) -> Double {
      courses.filter { $0.mode == mode }.reduce(0) { $0 + $1.hours }
    }
    let conflict = rules.conflict(
      compulsory: EarnedHours(online: hours(.online), practice: hours(.practice)))
    guard !conflict.isEmpty else { return [] }
    let words = conflict.map { rules.words(for: $0) }
    return [
      content.fault(
        "contradictory-rules", at: "rules.compulsory",
        Text(
          "这些规则不能同时满足：\(words.map(\.chinese).joined(separator: "、"))。",
          "These rules cannot hold together: \(words.map(\.english).joined(separator: ", "))."),
        remedy: Text("请去掉一门必修课，或放宽学时。", "Remove a compulsory course, or widen the hours."))
    ]
  }
}

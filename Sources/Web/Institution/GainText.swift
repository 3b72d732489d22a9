import Courses
import Psychometrics
import Recommendation
import Storage

/// Gains of courses in words: on the course's chief point, on the ruler of abilities.
struct GainText {
  let phrases: Phrases

  /// What the author of the course judged.
  func predicted(_ course: Course) -> String {
    Numeral.hundredths(course.gains[course.primary] ?? 0)
  }

  /// What was frozen, with the range that holds it in eight of ten cases; too little data where too
  /// few teachers stand behind it.
  func measured(_ course: Course, _ frozen: FrozenGains?) -> String {
    guard let frozen, let parameter = frozen.gains.parameter(course.id, course.primary),
      let teachers = frozen.teachers[course.id]
    else { return phrases("item.tooFew") }
    return measured(parameter, teachers: teachers)
  }

  /// A gain with its range and how many teachers it is from.
  func measured(_ parameter: CourseGains.Parameter, teachers: Int) -> String {
    guard teachers >= GainsUpdate.minimumTeachers else { return phrases("item.tooFew") }
    let half = Normal.eightyPercentHalfWidth * parameter.standardError
    return phrases(
      "gains.measured",
      [
        "mean": Numeral.hundredths(parameter.mean),
        "low": Numeral.hundredths(parameter.mean - half),
        "high": Numeral.hundredths(parameter.mean + half), "teachers": "\(teachers)",
      ])
  }

  /// What a draw says of a course: how many teachers it is worth and the share of what was believed.
  func drawn(_ estimate: RandomisedGain) -> String {
    let half = Normal.eightyPercentHalfWidth * estimate.standardError
    return phrases(
      estimate.isEnough ? "gains.drawnCounts" : "gains.drawnFew",
      [
        "drawn": "\(Int(estimate.effectiveDrawn))", "others": "\(Int(estimate.effectiveOthers))",
        "share": Numeral.hundredths(estimate.share),
        "low": Numeral.hundredths(estimate.share - half),
        "high": Numeral.hundredths(estimate.share + half),
        "minimum": "\(GainsUpdate.minimumTeachers)",
      ])
  }

  /// A term as people say it.
  func term(_ name: String) -> String {
    guard let term = Term(name: name) else { return name }
    return phrases("gains.term.\(term.season.rawValue)", ["year": "\(term.year)"])
  }
}

import Competency
import Courses
import Foundation
import HTTPTypes

/// The form of one course.
struct CourseFormPage {
  let form: CourseForm
  let course: Course
  let catalogue: Catalogue
  let framework: Framework
  /// What is wrong, by field.
  let faults: [(field: String, text: String)]
  let done: String?
  let words: TeachingWords

  private var phrases: Phrases { words.phrases }
  private var language: Language { phrases.language }

  func page() -> Page {
    var values: [String: Any] = [
      "action": SitePath.courseForm(course.id), "version": catalogue.version,
      "idText": course.id.rawValue, "titleText": course.title.text(in: language),
      "demandURL": SitePath.institutionDemand,
      "titles": ["title_zh", "title_en"].map(typed),
      "providers": options(
        "provider", catalogue.providers.map { ($0.id.rawValue, $0.name.text(in: language)) }),
      "forms": options(
        "form", Course.Form.allCases.map { ($0.rawValue, phrases("course.\($0.rawValue)")) }),
      "modes": options(
        "mode",
        [
          (Course.Mode.online.rawValue, phrases("course.online")),
          (Course.Mode.practice.rawValue, phrases("course.inPractice")),
        ]),
      "hours": [typed("hours")], "levels": options("level", levels()),
      "primaries": options("primary", points()), "gains": gains(),
      "orders": ["prerequisite", "equivalents", "price", "evidence_zh", "evidence_en"].map(typed),
      "uptakes": ["enrolled", "completed", "ratings", "rating"].map(typed),
      "stages": boxes("stages", .stage), "subjects": boxes("subjects", .subject),
    ]
    if let fault = fault("point1") { values["gainsFault"] = ["text": fault] }
    if let done { values["doneText"] = done }
    if !faults.isEmpty {
      values["errorSummary"] = [
        "headingText": phrases("errors.heading", ["count": "\(faults.count)"]),
        "errors": faults.map { ["href": "#\($0.field)", "text": $0.text] },
      ]
    }
    let title = phrases("courseForm.title", ["course": course.title.text(in: language)])
    return Page(
      template: "institution/course",
      title: faults.isEmpty ? title : phrases("site.errorTitle", ["page": title]),
      address: SitePath.courseForm(course.id),
      status: faults.isEmpty ? .ok : .unprocessableContent, values: values)
  }

  private func fault(_ field: String) -> String? {
    faults.first { $0.field == field }?.text
  }

  private func typed(_ field: String) -> [String: Any] {
    var values: [String: Any] = [
      "id": field, "label": phrases("courseForm.\(field)"),
      "hint": phrases("courseForm.\(field)Hint"), "value": form.fields[field] ?? "",
    ]
    if let fault = fault(field) { values["fault"] = ["text": fault] }
    if !field.hasPrefix("title") && !field.hasPrefix("evidence") { values["isShort"] = true }
    return values
  }

  private func options(_ field: String, _ options: [(String, String)]) -> [String: Any] {
    var values: [String: Any] = [
      "id": field, "label": phrases("courseForm.\(field)"),
      "options": options.map { value, text in
        ["value": value, "text": text, "selected": value == form.fields[field]] as [String: Any]
      },
    ]
    if let fault = fault(field) { values["fault"] = ["text": fault] }
    return values
  }

  private func levels() -> [(String, String)] {
    let names = framework.measurement.levels.map { $0.name.text(in: language) }
    return framework.measurement.courseLevelLocations.indices.map { level in
      ("\(level)", names.indices.contains(level) ? names[level] : "\(level)")
    }
  }

  private func points() -> [(String, String)] {
    framework.points.map { ($0.id.rawValue, "\($0.id.rawValue) \($0.name.text(in: language))") }
  }

  private func gains() -> [[String: Any]] {
    let given = form.gains
    let count = min(CourseForm.gainLimit, given.count + CourseForm.spareGains)
    return (1...max(count, 1)).map { number in
      let known = given.indices.contains(number - 1) ? given[number - 1] : ("", "")
      return [
        "pointID": "point\(number)", "gainID": "gain\(number)",
        "pointLabel": phrases("courseForm.point", ["number": "\(number)"]),
        "gainLabel": phrases("courseForm.gain", ["number": "\(number)"]),
        "options": points().map { value, text in
          ["value": value, "text": text, "selected": value == known.0] as [String: Any]
        },
        "value": known.1,
      ]
    }
  }

  private func boxes(_ field: String, _ kind: TeachingWords.Kind) -> [[String: Any]] {
    let chosen = Set((form.fields[field] ?? "").split(separator: ";").map(String.init))
    return words.words(kind).enumerated().map { place, word in
      [
        "id": "\(field)-\(place)", "name": field, "value": word.stored, "text": word.shown,
        "checked": chosen.contains(word.stored),
      ]
    }
  }
}

import Competency
import Courses
import Delivery
import HTTPTypes
import ItemBank
import People
import Storage

/// The forms of a school, and what is needed to make another.
struct PaperListPage {
  let site: Site
  let unit: AdministrativeUnit
  let forms: [(form: PaperForm, entries: Int)]
  let answers: PaperFormAnswers
  let faults: [String]
  let phrases: Phrases

  func page() -> Page {
    var values: [String: Any] = [
      "schoolName": unit.name, "action": SitePath.paper(unit.id),
      "backURL": SitePath.people(unit.id),
      "environments": environments(),
      "programmes": ProgrammeChoice.options(
        site.publications.offeredProgrammes, chosen: answers.programme, phrases),
    ]
    if !forms.isEmpty { values["forms"] = ["rows": forms.map(row)] }
    for fault in faults { values["\(fault)Error"] = phrases("paper.\(fault)Missing") }
    if !faults.isEmpty {
      values["errorSummary"] = FormFaults.summary(
        faults.map { ($0, "paper.\($0)Missing") }, phrases)
    }
    let title = phrases("paper.title")
    return Page(
      template: "school/paper",
      title: faults.isEmpty ? title : phrases("site.errorTitle", ["page": title]),
      address: SitePath.paper(unit.id), status: faults.isEmpty ? .ok : .unprocessableContent,
      values: values)
  }

  private func row(_ entry: (form: PaperForm, entries: Int)) -> [String: Any] {
    let (form, entries) = entry
    let framework = site.publications.bank.blueprint(of: form.start.test)
      .flatMap { site.publications.bank.framework($0.framework) }
    return [
      "codeText": SignInCode.grouped(form.code.rawValue),
      "environmentText": framework?.environment(form.start.environment)?.name
        .text(in: phrases.language) ?? form.start.environment.rawValue,
      "dateText": phrases.date(form.madeAt),
      "entriesText": phrases("paper.entries", ["count": "\(entries)"]),
      "printURL": SitePath.paper(form.code, of: unit.id),
      "entryURL": SitePath.paperEntry(form.code, of: unit.id),
    ]
  }

  private func environments() -> [[String: Any]] {
    let offered = answers.blueprint(site: site).map(site.environments) ?? []
    return offered.enumerated().map { index, environment in
      [
        "id": index == 0 ? "environment" : "environment-\(index + 1)",
        "value": environment.id.rawValue, "name": environment.name.text(in: phrases.language),
        "description": environment.description.text(in: phrases.language),
        "checked": environment.id.rawValue == answers.environment,
      ]
    }
  }
}

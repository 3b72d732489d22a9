import Delivery
import HTTPTypes
import ItemBank
import People
import Storage

/// Keying in the sheets of one teacher: twice, then what differs, until both passes agree.
///
/// It shows numbers and letters only: who keys in need not read the questions, and sees no result.
struct PaperEntryPage {
  let paper: OpenedPaper
  let step: PaperStep
  /// The teacher that was chosen; nil while none is.
  var person: Person?
  /// What is wrong with what was sent.
  var faults: [(field: String, key: String)] = []
  /// Whether the sheets before these were kept.
  var hasKept = false
  let phrases: Phrases

  func page() -> Page {
    var values: [String: Any] = [
      "codeText": SignInCode.grouped(paper.form.code.rawValue),
      "action": SitePath.paperEntry(paper.form.code, of: paper.unit.id),
      "backURL": SitePath.paper(paper.unit.id),
    ]
    if hasKept { values["keptText"] = phrases("paper.kept") }
    switch step {
    case .first(let keying):
      values["leadText"] = phrases("paper.firstLead")
      values["persons"] = ["options": persons()]
      values["boxes"] = boxes(keying)
      values["buttonText"] = phrases("paper.toSecond")
    case .second(let keying, let first):
      values["leadText"] = phrases("paper.secondLead")
      values["hidden"] = hidden([("first", first.text)])
      values["personText"] = person?.entry.name
      values["boxes"] = boxes(keying)
      values["buttonText"] = phrases("paper.toCompare")
    case .compared(let first, let second, let places):
      values["leadText"] = phrases("paper.differ", ["count": "\(places.count)"])
      values["hidden"] = hidden([("first", first.text), ("second", second.text)])
      values["personText"] = person?.entry.name
      values["differences"] = [
        "rows": places.map { place -> [String: Any] in
          [
            "numberText": number(place),
            "boxes": [
              box(place, prefix: "f", first, "paper.firstPass"),
              box(place, prefix: "s", second, "paper.secondPass"),
            ],
          ]
        }
      ]
      values["buttonText"] = phrases("paper.toCompare")
    case .agreed: break
    }
    if !faults.isEmpty { values["errorSummary"] = summary() }
    let title = phrases("paper.entryTitle")
    return Page(
      template: "school/paper-entry",
      title: faults.isEmpty ? title : phrases("site.errorTitle", ["page": title]),
      address: SitePath.paperEntry(paper.form.code, of: paper.unit.id),
      status: faults.isEmpty ? .ok : .unprocessableContent, values: values)
  }

  private func hidden(_ passes: [(name: String, value: String)]) -> [[String: Any]] {
    (passes + [("person", person?.id.rawValue ?? "")]).map {
      ["name": $0.name, "value": $0.value]
    }
  }

  private func persons() -> [[String: Any]] {
    paper.persons.map { one in
      [
        "value": one.id.rawValue, "text": "\(one.entry.name)  \(one.staffNumber)",
        "selected": one.id == person?.id,
      ]
    }
  }

  private func number(_ place: Int) -> String {
    phrases("stage.item", ["number": "\(place + 1)"])
  }

  private func boxes(_ keying: PaperKeying) -> [[String: Any]] {
    paper.items.indices.map { box($0, prefix: "a", keying, nil) }
  }

  /// One box: the letters of the item, 我不确定 and an empty place.
  private func box(
    _ place: Int, prefix: String, _ keying: PaperKeying, _ key: String?
  ) -> [String: Any] {
    let letters = TestSession.letters.prefix(
      paper.session.letteredChoices(of: paper.items[place]).count)
    let marks =
      letters.indices.map(PaperAnswer.letter) + [PaperAnswer.unsure, PaperAnswer.blank]
    let name = "\(prefix)\(place + 1)"
    var values: [String: Any] = [
      "name": name, "labelText": key.map { phrases($0) } ?? number(place),
      "options": marks.map { mark -> [String: Any] in
        ["value": mark.token, "text": words(mark), "selected": keying.marks[place] == mark]
      },
    ]
    if faults.contains(where: { $0.field == name }) { values["isInvalid"] = true }
    return values
  }

  private func words(_ mark: PaperAnswer) -> String {
    switch mark {
    case .letter: mark.token
    case .unsure: phrases("stage.unsure")
    case .blank: phrases("paper.blank")
    }
  }

  private func summary() -> [String: Any] {
    [
      "headingText": phrases("errors.heading", ["count": "\(faults.count)"]),
      "errors": faults.map { fault in
        [
          "href": "#\(fault.field)",
          "text": phrases(fault.key, ["number": String(fault.field.dropFirst())]),
        ]
      },
    ]
  }
}

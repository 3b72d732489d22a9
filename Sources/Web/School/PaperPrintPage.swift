import Delivery
import ItemBank
import People
import Storage

/// A form as it is printed: the stages with lettered choices, and boxes for the letters at the end.
///
/// There is nothing of keys or scores in it, and nothing of a person.
struct PaperPrintPage {
  let paper: OpenedPaper
  let phrases: Phrases

  private var code: String { SignInCode.grouped(paper.form.code.rawValue) }

  func page() -> Page {
    Page(
      template: "school/paper-print", title: phrases("paper.printTitle", ["code": code]),
      address: SitePath.paper(paper.form.code, of: paper.unit.id),
      values: [
        "contentLang": Language.chinese.htmlLanguage, "schoolName": paper.unit.name,
        "codeText": code, "backURL": SitePath.paper(paper.unit.id),
        "entryURL": SitePath.paperEntry(paper.form.code, of: paper.unit.id),
        "lengthText": phrases("paper.length", ["items": "\(paper.items.count)"]),
        "stages": paper.form.stages.map(stage),
        "boxes": (1...max(paper.items.count, 1)).map { ["number": $0] },
      ])
  }

  private func stage(_ stage: Stage) -> [String: Any] {
    [
      "titleText": phrases(
        "stage.title", ["stage": "\(stage.number)", "stages": "\(paper.form.stages.count)"]),
      "groups": stage.groups.map { group -> [String: Any] in
        var values: [String: Any] = ["items": group.items.compactMap(item)]
        if let stimulus = group.stimulus.flatMap(paper.bank.stimulus) {
          values["scenario"] = [
            "titleHTML": HTML(escaping: stimulus.title).markup,
            "bodyHTML": stimulus.content.html,
          ]
        }
        return values
      },
    ]
  }

  private func item(_ id: AssessmentItem.ID) -> [String: Any]? {
    guard let item = paper.bank.item(id)?.item else { return nil }
    var values: [String: Any] = [
      "numberText": phrases("stage.item", ["number": "\(paper.session.number(of: id))"]),
      "choices": zip(TestSession.letters, paper.session.letteredChoices(of: item)).map {
        ["letter": String($0), "labelHTML": $1.content.phrasing]
      },
    ]
    for part in paper.session.content(of: item).parts {
      switch part {
      case .markup(let story): values["storyHTML"] = story.html
      case .group(let group): values["promptHTML"] = group.prompt?.phrasing
      case .control: continue
      }
    }
    return values
  }
}

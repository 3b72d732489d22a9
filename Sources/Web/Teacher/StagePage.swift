import Delivery
import HTTPTypes
import ItemBank

/// A stage: its scenarios and items on one page.
struct StagePage {
  /// Until times have been measured: four items of about 420 characters.
  static let minutesPerStage = 6

  let site: Site
  let id: TestSession.ID
  let session: TestSession
  let bank: Bank
  let language: Language
  /// The items whose answer could not be taken.
  var faults: [AssessmentItem.ID] = []
  /// What was chosen on a form that could not be taken; shown instead of what is stored, so that
  /// nobody has to choose again.
  var sent: [AssessmentItem.ID: String] = [:]

  func page() -> Page {
    let phrases = site.renderer.phrases(language)
    guard let stage = session.currentStage else {
      return DonePage(site: site, id: id, session: session).page(phrases)
    }
    let title = phrases(
      "stage.title", ["stage": "\(stage.number)", "stages": "\(session.stages.count)"])
    var values: [String: Any] = [
      "session": SessionValues.open(id, session),
      "progress": SessionValues.progress(session, phrases),
      "lengthText": phrases(
        "stage.length",
        ["items": "\(stage.items.count)", "minutes": "\(Self.minutesPerStage)"]),
      "contentLang": Language.chinese.htmlLanguage,
      "form": [
        "action": SitePath.stage(stage.number, of: id),
        "hidden": [
          ["name": "base", "value": StageForm.base(of: stage, session: session, bank: bank)]
        ],
      ],
      "groups": groups(of: stage, phrases),
    ]
    if !faults.isEmpty {
      values["errorSummary"] = [
        "headingText": phrases("errors.heading", ["count": "\(faults.count)"]),
        "errors": faults.map { fault in
          let number = number(of: fault)
          return [
            "href": "#q\(number)", "text": phrases("errors.answerItem", ["number": "\(number)"]),
          ]
        },
      ]
    }
    return Page(
      template: "teacher/stage",
      title: faults.isEmpty ? title : phrases("site.errorTitle", ["page": title]),
      address: SitePath.stage(stage.number, of: id),
      status: faults.isEmpty ? .ok : .unprocessableContent, values: values)
  }

  private func groups(of stage: Stage, _ phrases: Phrases) -> [[String: Any]] {
    stage.groups.enumerated().map { index, group in
      var values: [String: Any] = ["items": group.items.compactMap { item($0, phrases) }]
      if let stimulus = group.stimulus.flatMap(bank.stimulus) {
        var scenario: [String: Any] = [
          "id": "scenario-\(index + 1)",
          "titleHTML": HTML(escaping: stimulus.title).markup,
          "bodyHTML": stimulus.content.html,
        ]
        if group.items.count > 1 {
          scenario["countText"] = phrases(
            "stage.scenarioFor", ["count": "\(group.items.count)"])
        }
        values["scenario"] = scenario
      }
      return values
    }
  }

  private func item(_ id: AssessmentItem.ID, _ phrases: Phrases) -> [String: Any]? {
    guard let item = bank.item(id)?.item, let interaction = item.choiceInteractions.first else {
      return nil
    }
    let number = number(of: id)
    let chosen = sent[id] ?? StageForm.value(of: id, session: session, bank: bank)
    var values: [String: Any] = [
      "number": number,
      "numberText": phrases("stage.item", ["number": "\(number)"]),
      "id": "q\(number)",
      "name": StageForm.fieldName(of: id),
      "key": id.rawValue,
      "promptHTML": interaction.prompt.map(\.phrasing) ?? "",
      "choices": session.presentedChoices(of: interaction, in: id).enumerated().map {
        index, choice in
        let token = ChoiceToken.token(of: choice.id, in: item)
        return [
          "id": "q\(number)-\(index + 1)", "value": token,
          "labelHTML": choice.content.phrasing, "checked": token == chosen,
        ] as [String: Any]
      },
      "unsure": ["id": "q\(number)-unsure", "checked": chosen == ChoiceToken.unsure],
    ]
    let story = item.storyHTML
    if !story.isEmpty { values["storyHTML"] = story }
    if faults.contains(id) {
      values["error"] = phrases("errors.answerItem", ["number": "\(number)"])
    }
    return values
  }

  private func number(of id: AssessmentItem.ID) -> Int {
    session.number(of: id)
  }
}

extension TestSession {
  /// The number of an item in the whole test, from 1.
  func number(of id: AssessmentItem.ID) -> Int {
    (stages.flatMap(\.items).firstIndex(of: id) ?? 0) + 1
  }
}

extension AssessmentItem {
  /// What stands before the question, as HTML.
  var storyHTML: String {
    body.reduce(into: "") { html, part in
      if case .markup(let markup) = part { html += markup.html }
    }
  }
}

extension SafeMarkup {
  /// The markup if it may stand within a line, else its text.
  var phrasing: String {
    html.contains("<p>") || html.contains("<div") || html.contains("<ul")
      ? HTML(escaping: text).markup : html
  }
}

/// Values that every page of a session has.
enum SessionValues {
  /// The session for the browser's script.
  static func open(_ id: TestSession.ID, _ session: TestSession) -> [String: Any] {
    ["id": id.rawValue, "sequence": session.lastSequence]
  }

  /// The session for the browser's script when nothing of it shall stay on the device.
  static func ended(_ id: TestSession.ID, _ session: TestSession?) -> [String: Any] {
    ["id": id.rawValue, "sequence": session?.lastSequence ?? 0, "clear": true]
  }

  /// The stages and where the session stands.
  static func progress(_ session: TestSession, _ phrases: Phrases) -> [String: Any] {
    let current = session.submittedStages + 1
    return [
      "text": phrases(
        "stage.title",
        [
          "stage": "\(min(current, session.stages.count))",
          "stages": "\(session.stages.count)",
        ]),
      "steps": session.stages.map { stage in
        let state =
          stage.number < current ? "done" : stage.number == current ? "current" : "todo"
        return [
          "number": stage.number, "class": state, "word": phrases("stage.\(state)"),
          "isCurrent": stage.number == current,
        ] as [String: Any]
      },
    ]
  }
}

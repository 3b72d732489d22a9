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
  /// Why answers could not be taken, by item.
  var faults: [AssessmentItem.ID: EntryFault] = [:]
  /// What stood in a form that could not be taken; shown instead of what is stored, so that nobody
  /// has to answer again.
  var sent: [AssessmentItem.ID: EnteredValues] = [:]

  func page() -> Page {
    let phrases = site.renderer.phrases(language)
    guard let stage = session.currentStage else {
      return DonePage(site: site, id: id, session: session).page(phrases)
    }
    let title = SessionValues.stageTitle(session, phrases)
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
        "errors": stage.items.compactMap { id in
          faults[id].map { fault in
            let number = session.number(of: id)
            return [
              "href": "#q\(number)",
              "text": AnswerFault(number: number, fault: fault).text(phrases),
            ]
          }
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
    guard let item = bank.item(id)?.item else { return nil }
    let fields = AnswerFields(item, in: session)
    return ItemView(
      fields: fields, number: session.number(of: id),
      entered: sent[id] ?? fields.entered(session.answers[id]), fault: faults[id],
      phrases: phrases
    ).values()
  }
}

extension TestSession {
  /// The number of an item in the whole test, from 1; a further stage counts on.
  func number(of id: AssessmentItem.ID) -> Int {
    (givenStages.flatMap(\.items).firstIndex(of: id) ?? 0) + 1
  }
}

extension SafeMarkup {
  /// The markup if it may stand within a line, else its text.
  var phrasing: String {
    ["<p", "<div", "<ul", "<ol", "<dl", "<table", "<blockquote", "<h"].contains { block in
      html.contains(block)
    } ? HTML(escaping: text).markup : html
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

  /// The stage that is open, of how many; a further one by its own name.
  static func stageTitle(_ session: TestSession, _ phrases: Phrases) -> String {
    guard session.base == nil else { return phrases("further.stageTitle") }
    let current = min(session.submittedStages + 1, session.stages.count)
    return phrases(
      "stage.title", ["stage": "\(current)", "stages": "\(session.stages.count)"])
  }

  /// The stages and where the session stands.
  static func progress(_ session: TestSession, _ phrases: Phrases) -> [String: Any] {
    let current = session.submittedStages + 1
    return [
      "text": stageTitle(session, phrases),
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

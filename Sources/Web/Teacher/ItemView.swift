import ItemBank

/// The values of the template of one item: what is read, and the controls in their order.
struct ItemView {
  let fields: AnswerFields
  let number: Int
  let entered: EnteredValues
  let fault: EntryFault?
  let phrases: Phrases

  func values() -> [String: Any] {
    var values: [String: Any] = [
      "number": number,
      "numberText": phrases("stage.item", ["number": "\(number)"]),
      "id": "q\(number)",
      "key": fields.item.id.rawValue,
      "parts": parts(),
      "unsure": [
        "id": "q\(number)-unsure", "name": fields.unsureName,
        "type": fields.isOneQuestion ? "radio" : "checkbox", "checked": entered.isUnsure,
      ] as [String: Any],
    ]
    if let fault {
      values["error"] = AnswerFault(number: number, fault: fault).text(phrases)
    }
    return values
  }

  /// The parts of the body: a story, a text to answer in, or a question.
  private func parts() -> [[String: Any]] {
    var rest = fields.content.parts[...]
    let controls = ControlView(
      fields: fields, number: number, entered: entered, fault: fault, phrases: phrases)
    var groups = 0
    return fields.item.body.compactMap { part -> [String: Any]? in
      switch part {
      case .markup(let markup):
        rest = rest.dropFirst()
        return ["storyHTML": markup.html]
      case .flow(let flow):
        let pieces = rest.prefix(flow.parts.count)
        rest = rest.dropFirst(flow.parts.count)
        return ["flow": ["pieces": controls.pieces(Array(pieces))]]
      case .choiceInteraction, .interaction:
        guard case .group(let group)? = rest.popFirst() else { return nil }
        groups += 1
        return ["question": question(group, "q\(number)-g\(groups)", controls)]
      }
    }
  }

  private func question(
    _ group: CandidateContent.Group, _ id: String, _ controls: ControlView
  ) -> [String: Any] {
    var values: [String: Any] = ["id": id]
    if let prompt = group.prompt {
      values["prompt"] = ["id": "\(id)-prompt", "html": prompt.phrasing]
    }
    if let hint = hint(group) { values["hintText"] = hint }
    let interaction = fields.item.interactions.first {
      $0.responseIdentifier == group.responseIdentifier
    }
    if let list = interaction?.list(in: group) { values["list"] = ["choices": list] }
    switch group.task {
    case .takeOne, .takeSeveral:
      if case .hottext? = interaction {
        values["flow"] = ["pieces": controls.pieces(group.parts)]
      } else {
        values["options"] = group.controls.flatMap(controls.options)
      }
    case .fillGaps: values["flow"] = ["pieces": controls.pieces(group.parts)]
    case .putInOrder: values["order"] = ["rows": group.controls.compactMap(controls.select)]
    case .match:
      values["matches"] = group.controls.map { control -> [String: Any] in
        guard let select = controls.select(control) else {
          return ["grid": controls.grid(control)]
        }
        return ["select": select]
      }
    case .pair: values["pairs"] = controls.pairs(group.controls)
    }
    return values
  }

  /// How the question is operated; nil where the controls say it themselves.
  private func hint(_ group: CandidateContent.Group) -> String? {
    switch group.task {
    case .takeOne: nil
    case .takeSeveral(let maximum):
      maximum > 0 && maximum < group.controls.flatMap(\.options).count
        ? phrases("stage.hintSeveralMost", ["maximum": "\(maximum)"])
        : phrases("stage.hintSeveral")
    case .putInOrder:
      phrases("stage.hintOrder", ["last": "\(group.controls.first?.options.count ?? 0)"])
    case .match:
      phrases(
        group.controls.contains { if case .checkboxes = $0.kind { true } else { false } }
          ? "stage.hintMatchSeveral" : "stage.hintMatch")
    case .pair: phrases("stage.hintPair")
    case .fillGaps: phrases("stage.hintGaps")
    }
  }
}

extension Interaction {
  /// What select boxes offer, to be read at once without opening one; nil where it stands beside
  /// the controls anyway.
  fileprivate func list(in group: CandidateContent.Group) -> [[String: String]]? {
    switch self {
    case .gapMatch, .associate, .match:
      guard let first = group.controls.first, case .select = first.kind else { return nil }
      return first.options.map { ["labelHTML": $0.label.phrasing] }
    case .choice, .order, .hottext, .inlineChoice, .textEntry: return nil
    }
  }
}

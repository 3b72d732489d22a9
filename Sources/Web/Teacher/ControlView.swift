import Foundation
import ItemBank

/// The values of the templates of an item's controls.
struct ControlView {
  let fields: AnswerFields
  let number: Int
  let entered: EnteredValues
  let fault: EntryFault?
  let phrases: Phrases

  /// How many controls stand in texts of the item: they are numbered when there are several.
  private var places: [String] {
    fields.content.controls.filter { $0.label == nil && $0.isPlace }.map(\.field)
  }

  /// The pieces of a text with its controls, to be joined without white space between them.
  func pieces(_ parts: [CandidateContent.Part]) -> [[String: Any]] {
    parts.flatMap { part -> [[String: Any]] in
      switch part {
      case .markup(let markup): [["html": markup.html]]
      case .group: []
      case .control(let control):
        switch control.kind {
        case .mark: options(control).map { ["mark": $0] }
        case .text(let field): [["text": text(control, field)]]
        case .select, .radios, .checkboxes: select(control).map { [["place": $0]] } ?? []
        }
      }
    }
  }

  /// Radio buttons or boxes, each with its label.
  func options(_ control: CandidateContent.Control) -> [[String: Any]] {
    let field = place(of: control)
    return control.options.map { option in
      let token = fields.token(of: option)
      let shown = fields.fields[field].options.firstIndex { $0.meaning == option.meaning } ?? 0
      return [
        "id": "\(id(of: control))-\(shown + 1)", "name": fields.formName(of: control.field),
        "type": fields.fields[field].kind == .one ? "radio" : "checkbox", "value": token,
        "labelHTML": option.label.phrasing, "checked": entered[field].contains(token),
        "isInvalid": isInvalid(control),
      ]
    }
  }

  /// A select box; nil for another control.
  func select(_ control: CandidateContent.Control) -> [String: Any]? {
    guard case .select(let options) = control.kind else { return nil }
    let chosen = entered[place(of: control)].last
    let isOfNumbers = options.allSatisfy { if case .place = $0.meaning { true } else { false } }
    var values: [String: Any] = [
      "id": id(of: control), "name": fields.formName(of: control.field),
      "emptyText": phrases(isOfNumbers ? "stage.noPlace" : "stage.choose"),
      "isInvalid": isInvalid(control),
      "options": options.map { option in
        let token = fields.token(of: option)
        return [
          "value": token, "text": option.label.text.replacingOccurrences(of: "\n", with: " "),
          "selected": token == chosen,
        ] as [String: Any]
      },
    ]
    if let label = control.label {
      values["labelHTML"] = label.phrasing
    } else {
      values["labelText"] = placeText(control)
      values["placeNumber"] = placeNumber(control)
    }
    return values
  }

  /// A source with a box for every target.
  func grid(_ control: CandidateContent.Control) -> [String: Any] {
    [
      "id": "\(id(of: control))-source", "labelHTML": control.label?.phrasing ?? "",
      "options": options(control),
    ]
  }

  /// Two select boxes for every pair.
  func pairs(_ controls: [CandidateContent.Control]) -> [[String: Any]] {
    stride(from: 0, to: controls.count - 1, by: 2).map { first in
      let pair = "\(first / 2 + 1)"
      return [
        "numberText": phrases("stage.pair", ["number": pair]),
        "id": "\(id(of: controls[first]))-pair",
        "selects": [0, 1].compactMap { side -> [String: Any]? in
          guard var values = select(controls[first + side]) else { return nil }
          values["labelText"] = phrases(
            side == 0 ? "stage.pairFirst" : "stage.pairSecond", ["number": pair])
          return values
        },
      ]
    }
  }

  private func text(
    _ control: CandidateContent.Control, _ field: CandidateContent.TextField
  ) -> [String: Any] {
    var values: [String: Any] = [
      "id": id(of: control), "name": fields.formName(of: control.field),
      "labelText": placeText(control), "value": entered[place(of: control)].joined(),
      "size": min(max(field.expectedLength ?? 8, 4), 20) + 2,
      "limit": AssessmentItem.longestText, "isInvalid": isInvalid(control),
    ]
    values["placeNumber"] = placeNumber(control)
    switch field.content {
    case .text: values["mode"] = "text"
    case .decimal: values["mode"] = "decimal"
    case .whole: values["mode"] = "numeric"
    }
    return values
  }

  private func id(of control: CandidateContent.Control) -> String {
    fields.isOneQuestion ? "q\(number)" : "q\(number)-\(place(of: control) + 1)"
  }

  private func place(of control: CandidateContent.Control) -> Int {
    fields.fields.firstIndex { $0.name == control.field } ?? 0
  }

  private func isInvalid(_ control: CandidateContent.Control) -> Bool {
    fault?.fields.contains(control.field) ?? false
  }

  private func placeText(_ control: CandidateContent.Control) -> String {
    let places = places
    guard places.count > 1, let place = places.firstIndex(of: control.field) else {
      return phrases("stage.onlyPlace")
    }
    return phrases("stage.place", ["place": "\(place + 1)", "places": "\(places.count)"])
  }

  private func placeNumber(_ control: CandidateContent.Control) -> String? {
    let places = places
    guard places.count > 1 else { return nil }
    return places.firstIndex(of: control.field).map { "\($0 + 1)" }
  }
}

extension CandidateContent.Control {
  fileprivate var isPlace: Bool {
    switch kind {
    case .select, .text: true
    case .radios, .checkboxes, .mark: false
    }
  }
}

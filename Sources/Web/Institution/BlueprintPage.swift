import Competency
import Delivery
import ItemBank

/// The values of the fields in which a blueprint is edited.
struct BlueprintPage {
  let fields: BlueprintFields
  /// What stands in the fields.
  let values: [String: String]
  let faults: [BlueprintEntry.Fault]
  let opened: FormDesk.Opened

  private var phrases: Phrases { fields.phrases }

  /// The values of the template's editor.
  var editor: [String: Any] {
    let isChosen = values[BlueprintFields.selection] == "chosen"
    return [
      "whole": fields.whole.map(number),
      "selection": beside(
        BlueprintFields.selection, ["isChosen": isChosen, "isDrawn": !isChosen]),
      "exposure": number(
        BlueprintFields.Field(
          name: BlueprintFields.exposure, label: phrases("forms.exposure"), range: 1...100)),
      "enemies": beside(
        BlueprintFields.enemies, ["value": values[BlueprintFields.enemies] ?? ""]),
      "forms": opened.shown.forms.map(form),
    ]
  }

  /// Values of a field, with what is wrong with it.
  private func beside(_ field: String, _ values: [String: Any]) -> [String: Any] {
    var values = values
    if let error = error(of: field) { values["error"] = error }
    return values
  }

  private func error(of field: String) -> String? { faults.first { $0.field == field }?.text }

  private func number(_ field: BlueprintFields.Field) -> [String: Any] {
    beside(
      field.name,
      [
        "name": field.name, "label": field.label, "value": values[field.name] ?? "",
        "least": "\(field.range.lowerBound)", "most": "\(field.range.upperBound)",
      ])
  }

  private func form(_ form: Blueprint.Form) -> [String: Any] {
    let held = held
    let points = zip(fields.points(of: form), fields.exceptionFields(of: form)).map {
      point, field in
      number(field).merging([
        "held": "\(held[point.id, default: 0])",
        "dimension": fields.framework.dimension(point.dimension)?.name.text(in: phrases.language)
          ?? "",
      ]) { $1 }
    }
    let environment = fields.framework.environment(form.environment)
    return [
      "headingText": phrases(
        "forms.formOf",
        ["environment": environment.map(fields.name) ?? form.environment.rawValue]),
      "id": "form-\(form.environment.rawValue)",
      "environments": fields.environmentFields(of: form).map(number),
      "dimensions": zip(fields.framework.dimensions, fields.dimensionFields(of: form)).map {
        [
          "name": $0.name.text(in: phrases.language), "minimum": number($1.minimum),
          "maximum": number($1.maximum),
        ] as [String: Any]
      },
      "perPoint": number(fields.perPointField(of: form)),
      "points": points,
      "pointsText": phrases("forms.pointsOf", ["environment": form.environment.rawValue]),
      // What cannot be taken must not be hidden.
      "isOpen": points.contains { $0["error"] != nil },
    ]
  }

  /// The items of each point that can be given.
  private var held: [CompetencyPoint.ID: Int] {
    opened.bank.items(of: opened.inService.test)
      .filter { $0.state == .live && $0.parameters != nil }
      .compactMap(\.points.first).reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }
}

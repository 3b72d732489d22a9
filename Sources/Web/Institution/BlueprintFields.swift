import Competency
import ItemBank

/// A blueprint as the plain fields of a form.
///
/// The fields of a form of the test begin with the environment of its teachers: `from.B.A` is how
/// many items of environment A those of B get.
struct BlueprintFields: Sendable {
  /// One field.
  struct Field: Sendable {
    var name: String
    /// What it is called on the page.
    var label: String
    /// What a number may be.
    var range: ClosedRange<Int>
    /// Whether it may be left empty.
    var isOptional = false
  }

  let blueprint: Blueprint
  let framework: Framework
  let phrases: Phrases

  /// The longest test there is, in items.
  static let longest = 100

  static let stages = "stages"
  static let itemsPerStage = "itemsPerStage"
  static let pilotItems = "pilotItems"
  static let selection = "selection"
  static let exposure = "exposure"
  static let enemies = "enemies"

  static func from(_ form: Blueprint.Form, _ environment: Competency.Environment.ID) -> String {
    "from.\(form.environment.rawValue).\(environment.rawValue)"
  }

  static func minimum(_ form: Blueprint.Form, _ dimension: Competency.Dimension.ID) -> String {
    "min.\(form.environment.rawValue).\(dimension.rawValue)"
  }

  static func maximum(_ form: Blueprint.Form, _ dimension: Competency.Dimension.ID) -> String {
    "max.\(form.environment.rawValue).\(dimension.rawValue)"
  }

  static func perPoint(_ form: Blueprint.Form) -> String { "point.\(form.environment.rawValue)" }

  static func exception(_ form: Blueprint.Form, _ point: CompetencyPoint.ID) -> String {
    "point.\(form.environment.rawValue).\(point.rawValue)"
  }

  /// The fields of the whole test that hold a number.
  var whole: [Field] {
    [
      Field(name: Self.stages, label: phrases("forms.stages"), range: 1...10),
      Field(name: Self.itemsPerStage, label: phrases("forms.itemsPerStage"), range: 1...10),
      Field(name: Self.pilotItems, label: phrases("forms.pilotItems"), range: 0...10),
    ]
  }

  /// The environments that a form takes items from, in the framework's order.
  func environments(of form: Blueprint.Form) -> [Competency.Environment] {
    let included = Set(framework.environment(form.environment)?.includes ?? [])
    return framework.environments.filter { included.contains($0.id) }
  }

  /// The points that a form may ask about.
  func points(of form: Blueprint.Form) -> [CompetencyPoint] {
    let included = Set(environments(of: form).map(\.id))
    return framework.points.filter { included.contains($0.environment) }
  }

  func environmentFields(of form: Blueprint.Form) -> [Field] {
    environments(of: form).map { environment in
      Field(
        name: Self.from(form, environment.id),
        label: phrases("forms.from", ["environment": name(of: environment)]),
        range: 0...Self.longest)
    }
  }

  /// The lowest and the highest number of each dimension.
  func dimensionFields(of form: Blueprint.Form) -> [(minimum: Field, maximum: Field)] {
    framework.dimensions.map { dimension in
      let name = dimension.name.text(in: phrases.language)
      return (
        Field(
          name: Self.minimum(form, dimension.id),
          label: phrases("forms.least", ["dimension": name]), range: 0...Self.longest,
          isOptional: true),
        Field(
          name: Self.maximum(form, dimension.id),
          label: phrases("forms.most", ["dimension": name]), range: 0...Self.longest,
          isOptional: true)
      )
    }
  }

  func perPointField(of form: Blueprint.Form) -> Field {
    Field(name: Self.perPoint(form), label: phrases("forms.perPoint"), range: 1...Self.longest)
  }

  func exceptionFields(of form: Blueprint.Form) -> [Field] {
    points(of: form).map { point in
      Field(
        name: Self.exception(form, point.id),
        label: "\(point.id.rawValue) \(point.name.text(in: phrases.language))",
        range: 0...Self.longest, isOptional: true)
    }
  }

  /// An environment with its letter.
  func name(of environment: Competency.Environment) -> String {
    "\(environment.id.rawValue) \(environment.name.text(in: phrases.language))"
  }

  /// What stands in the fields for a blueprint.
  func values(of blueprint: Blueprint) -> [String: String] {
    var values = [
      Self.stages: "\(blueprint.stages)", Self.itemsPerStage: "\(blueprint.itemsPerStage)",
      Self.pilotItems: "\(blueprint.pilotItems)",
      Self.selection: blueprint.selection == nil ? "drawn" : "chosen",
      Self.exposure: blueprint.selection.map { Self.percent($0.maximumExposure) } ?? "",
      Self.enemies: blueprint.enemies.map { $0.map(\.rawValue).joined(separator: " ") }
        .joined(separator: "\n"),
    ]
    for form in blueprint.forms {
      for environment in environments(of: form) {
        values[Self.from(form, environment.id)] = "\(form.fromEnvironment[environment.id] ?? 0)"
      }
      for dimension in framework.dimensions {
        let range = form.fromDimension[dimension.id]
        values[Self.minimum(form, dimension.id)] = range.map { "\($0.lowerBound)" } ?? ""
        values[Self.maximum(form, dimension.id)] = range.map { "\($0.upperBound)" } ?? ""
      }
      values[Self.perPoint(form)] = "\(form.perPointMaximum)"
      for point in points(of: form) {
        values[Self.exception(form, point.id)] =
          form.perPointException[point.id].map { "\($0)" } ?? ""
      }
    }
    return values
  }

  /// A share as whole per cent.
  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))" }

  /// What another blueprint says otherwise, in words: one line for each field.
  func changes(from earlier: Blueprint, to later: Blueprint) -> [String] {
    let (before, after) = (values(of: earlier), values(of: later))
    func line(_ name: String, _ label: String, _ word: (String) -> String) -> String? {
      let (old, new) = (before[name] ?? "", after[name] ?? "")
      guard old != new else { return nil }
      return phrases("forms.change", ["field": label, "before": word(old), "after": word(new)])
    }
    func plain(_ text: String) -> String { text.isEmpty ? phrases("forms.unset") : text }
    var lines = whole.map { line($0.name, $0.label, plain) }
    lines.append(
      line(Self.selection, phrases("forms.selection")) {
        phrases("forms.\($0.isEmpty ? "drawn" : $0)")
      })
    lines.append(
      line(Self.exposure, phrases("forms.exposure")) { $0.isEmpty ? plain("") : "\($0) %" })
    lines.append(
      line(Self.enemies, phrases("forms.enemies")) {
        plain($0.split(separator: "\n").joined(separator: phrases("result.listSeparator")))
      })
    for form in later.forms {
      let fields =
        environmentFields(of: form)
        + dimensionFields(of: form).flatMap { [$0.minimum, $0.maximum] }
        + [perPointField(of: form)] + exceptionFields(of: form)
      lines += fields.map {
        line($0.name, "\(form.environment.rawValue)\(phrases("forms.labelGap"))\($0.label)", plain)
      }
    }
    return lines.compactMap(\.self)
  }
}

import Competency
import ItemBank

/// A blueprint as somebody typed it: what they meant, or what is wrong with it.
struct BlueprintEntry: Sendable {
  /// What is wrong with a field.
  struct Fault: Sendable {
    var field: String
    var text: String
  }

  /// What stands in the fields.
  private(set) var values: [String: String]
  /// What is wrong, in the order of the page; empty when ``blueprint`` is what was meant.
  private(set) var faults: [Fault] = []
  /// The blueprint meant, as far as it could be read.
  private(set) var blueprint: Blueprint

  private let fields: BlueprintFields
  private var phrases: Phrases { fields.phrases }

  /// How many of the best items one is drawn from, where nothing was chosen before.
  private static let usualAmong = 3
  /// The most groups of enemies.
  private static let mostEnemies = 200

  /// Reads the fields of a form.
  ///
  /// - Parameters:
  ///   - form: what was sent.
  ///   - fields: the fields of the blueprint that it was made from.
  ///   - bank: the bank, for the items named.
  init(_ form: Form, fields: BlueprintFields, bank: Bank) {
    self.fields = fields
    blueprint = fields.blueprint
    values = fields.values(of: fields.blueprint)
    for name in values.keys { values[name] = form[name] ?? "" }
    readWhole()
    for place in blueprint.forms.indices { readForm(at: place) }
    readSelection(bank)
    readEnemies(bank)
  }

  /// A number; nil when the field is empty or wrong, which is then noted.
  private mutating func number(_ field: BlueprintFields.Field) -> Int? {
    let text = (values[field.name] ?? "").filter { !$0.isWhitespace }
    if text.isEmpty, field.isOptional { return nil }
    if let number = Int(text), field.range.contains(number) { return number }
    note(
      field.name, "forms.badNumber",
      [
        "field": field.label, "least": "\(field.range.lowerBound)",
        "most": "\(field.range.upperBound)",
      ])
    return nil
  }

  private mutating func note(_ field: String, _ key: String, _ values: [String: String] = [:]) {
    faults.append(Fault(field: field, text: phrases(key, values)))
  }

  private mutating func readWhole() {
    let numbers = fields.whole.map { number($0) }
    blueprint.stages = numbers[0] ?? blueprint.stages
    blueprint.itemsPerStage = numbers[1] ?? blueprint.itemsPerStage
    blueprint.pilotItems = numbers[2] ?? blueprint.pilotItems
    if numbers[0] != nil, blueprint.pilotItems > blueprint.stages {
      note(BlueprintFields.pilotItems, "forms.tooManyPilots", ["stages": "\(blueprint.stages)"])
    }
  }

  private mutating func readForm(at place: Int) {
    var form = blueprint.forms[place]
    let environments = fields.environments(of: form)
    let counts = fields.environmentFields(of: form).map { number($0) }
    if counts.allSatisfy({ $0 != nil }), let first = environments.first {
      form.fromEnvironment = [:]
      for (environment, count) in zip(environments, counts) {
        // An environment without items still belongs to the form when the form is its own.
        if let count, count > 0 || environment.id == form.environment {
          form.fromEnvironment[environment.id] = count
        }
      }
      let sum = counts.compactMap(\.self).reduce(0, +)
      if sum != blueprint.length {
        note(
          BlueprintFields.from(form, first.id), "forms.badSum",
          [
            "environment": form.environment.rawValue, "sum": "\(sum)",
            "length": "\(blueprint.length)",
          ])
      }
    }
    readDimensions(of: &form)
    if let maximum = number(fields.perPointField(of: form)) { form.perPointMaximum = maximum }
    form.perPointException = [:]
    for (point, field) in zip(fields.points(of: form), fields.exceptionFields(of: form)) {
      if let maximum = number(field), maximum != form.perPointMaximum {
        form.perPointException[point.id] = maximum
      }
    }
    blueprint.forms[place] = form
  }

  private mutating func readDimensions(of form: inout Blueprint.Form) {
    var least = 0
    form.fromDimension = [:]
    for (dimension, bounds) in zip(
      fields.framework.dimensions, fields.dimensionFields(of: form))
    {
      let (low, high) = (number(bounds.minimum), number(bounds.maximum))
      guard low != nil || high != nil else { continue }
      let range = (low ?? 0, high ?? blueprint.length)
      guard range.0 <= range.1, range.1 <= blueprint.length else {
        note(
          bounds.minimum.name, "forms.badRange",
          [
            "environment": form.environment.rawValue,
            "dimension": dimension.name.text(in: phrases.language),
            "length": "\(blueprint.length)",
          ])
        continue
      }
      least += range.0
      form.fromDimension[dimension.id] = range.0...range.1
    }
    if least > blueprint.length, let first = fields.dimensionFields(of: form).first {
      note(
        first.minimum.name, "forms.badLeast",
        [
          "environment": form.environment.rawValue, "sum": "\(least)",
          "length": "\(blueprint.length)",
        ])
    }
  }

  private mutating func readSelection(_ bank: Bank) {
    guard values[BlueprintFields.selection] == "chosen" else {
      blueprint.selection = nil
      return
    }
    let count = bank.items(of: blueprint.test).count
    if count < Blueprint.Selection.minimumItemCount {
      note(
        BlueprintFields.selection, "forms.tooFewForChoice",
        ["least": "\(Blueprint.Selection.minimumItemCount)", "count": "\(count)"])
    }
    let field = BlueprintFields.Field(
      name: BlueprintFields.exposure, label: phrases("forms.exposure"), range: 1...100)
    guard let percent = number(field) else { return }
    blueprint.selection = Blueprint.Selection(
      among: blueprint.selection?.among ?? Self.usualAmong,
      maximumExposure: Double(percent) / 100)
  }

  private mutating func readEnemies(_ bank: Bank) {
    let separators: Set<Character> = [" ", "\t", ",", "，", "、", ";", "；", "\r"]
    let groups = (values[BlueprintFields.enemies] ?? "").split(whereSeparator: \.isNewline).map {
      $0.split(whereSeparator: separators.contains).map(String.init)
    }.filter { !$0.isEmpty }
    let known = Set(bank.items(of: blueprint.test).map(\.id.rawValue))
    let unknown = groups.joined().filter { !known.contains($0) }
    if !unknown.isEmpty {
      note(
        BlueprintFields.enemies, "forms.unknownItems",
        ["items": unknown.prefix(10).map { String($0.prefix(40)) }.joined(separator: " ")])
    }
    if groups.count > Self.mostEnemies {
      note(BlueprintFields.enemies, "forms.tooManyEnemies", ["most": "\(Self.mostEnemies)"])
    }
    if let lonely = groups.first(where: { Set($0).count < 2 }) {
      note(
        BlueprintFields.enemies, "forms.lonelyEnemy",
        ["item": String(lonely.joined(separator: " ").prefix(40))])
    }
    blueprint.enemies = groups.map { group in
      var seen: Set<String> = []
      return group.filter { seen.insert($0).inserted }.map(AssessmentItem.ID.init(rawValue:))
    }
  }
}

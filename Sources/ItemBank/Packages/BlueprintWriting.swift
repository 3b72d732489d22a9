import Competency
public import Diagnostics
import Foundation

extension Blueprint {
  /// The bytes of the file that the blueprint is read from again.
  ///
  /// - Throws: the encoder's error when a number is none.
  public func written() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(BlueprintFile(self))) + [0x0A]
  }

  /// What contradicts itself in it, whatever the bank holds.
  public var faults: [Text] { BlueprintFile(self).faults }
}

extension BlueprintFile {
  fileprivate init(_ blueprint: Blueprint) {
    test = blueprint.test.rawValue
    version = blueprint.version
    title = LocalizedText(chinese: blueprint.title.chinese, english: blueprint.title.english)
    framework = blueprint.framework.rawValue
    audience = blueprint.audience == .public ? .public : .enrolled
    stages = blueprint.stages
    itemsPerStage = blueprint.itemsPerStage
    pilotItems = blueprint.pilotItems > 0 ? blueprint.pilotItems : nil
    forms = blueprint.forms.map(Form.init)
    enemies = blueprint.enemies.isEmpty ? nil : blueprint.enemies.map { $0.map(\.rawValue) }
    selection = blueprint.selection.map {
      Selection(rule: .aOptimal, among: $0.among, maximumExposure: $0.maximumExposure)
    }
    changedInService = blueprint.isChangedInService ? true : nil
  }
}

extension BlueprintFile.Form {
  fileprivate init(_ form: Blueprint.Form) {
    environment = form.environment.rawValue
    fromEnvironment = form.fromEnvironment.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }
    fromDimension = form.fromDimension.reduce(into: [:]) {
      $0[$1.key.rawValue] = Range(min: $1.value.lowerBound, max: $1.value.upperBound)
    }
    perPointMaximum = form.perPointMaximum
    perPointException =
      form.perPointException.isEmpty
      ? nil : form.perPointException.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }
  }
}

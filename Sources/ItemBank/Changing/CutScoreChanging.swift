public import Competency
import Diagnostics
import Foundation

/// Borders between the levels of a framework, as a panel has set them.
public struct PanelCutScores: Hashable, Sendable {
  /// The framework.
  public var framework: Framework.ID
  /// Where each level but the lowest begins, in logits, with the error.
  public var cuts: [ProficiencyLevel.ID: CutScore]
  /// The number of the panel.
  public var panel: Int

  /// Creates borders, to a millionth of a logit: what is written to JSON and read again is then the
  /// same number, whatever reads it.
  public init(framework: Framework.ID, cuts: [ProficiencyLevel.ID: CutScore], panel: Int) {
    self.framework = framework
    self.cuts = cuts.mapValues {
      CutScore(
        location: Self.rounded($0.location), standardError: Self.rounded($0.standardError),
        isSetByPanel: $0.isSetByPanel)
    }
    self.panel = panel
  }

  private static func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}

extension BankImporter {
  /// Works out the bank with other borders between the levels of a framework.
  ///
  /// Only the framework's measurement file changes, with a version of its own; it says that it was
  /// changed here, so that the borders are kept when the bank's folder is read again. Nothing is
  /// written anywhere; never throws for content.
  ///
  /// - Parameters:
  ///   - borders: the borders.
  ///   - base: the files of the bank.
  /// - Returns: the report, and the bank when it changes.
  /// - Throws: the encoder's error when a border is no number.
  public static func change(
    _ borders: PanelCutScores, in base: PackageFiles
  ) throws -> BankImport {
    var report = BankImportReport()
    var contents = base.contents
    for file in base.measurementFiles where file.framework == borders.framework {
      if let bytes = try file.written(with: borders) { contents[file.path] = bytes }
    }
    guard contents != base.contents else { return BankImport(report: report) }
    let files = PackageFiles(contents, name: base.name)
    let (bank, diagnostics) = BankReader.read(files)
    let errors = diagnostics.filter { $0.severity == .error }
    guard let bank, errors.isEmpty else {
      report.refused = [
        .init(identifier: borders.framework.rawValue, diagnostics: errors)
      ]
      return BankImport(report: report)
    }
    return BankImport(report: report, files: files, bank: bank)
  }
}

/// A framework's measurement file as it stands, every key kept: what is not understood here must
/// outlive a change.
private struct MeasurementDocument {
  /// Under which it says who set its borders.
  static let mark = "cutsSetInService"
  /// Between the version of the constants and that of the borders.
  private static let separator = "+panel-"

  let path: String
  private let object: [String: Any]

  init?(_ bytes: [UInt8], path: String) throws {
    guard let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
      return nil
    }
    self.path = path
    self.object = object
  }

  var framework: Framework.ID? {
    (object["framework"] as? String).map(Framework.ID.init(rawValue:))
  }

  private var levels: [[String: Any]] { object["levels"] as? [[String: Any]] ?? [] }

  /// The borders that were set in the service; nil when none were.
  var borders: PanelCutScores? {
    guard let framework, let panel = (object[Self.mark] as? [String: Any])?["panel"] as? Int else {
      return nil
    }
    var cuts: [ProficiencyLevel.ID: CutScore] = [:]
    for level in levels {
      guard let id = level["id"] as? String, let cut = level["cut"] as? [String: Any],
        let location = Self.number(cut["location"]), let error = Self.number(cut["standardError"])
      else { continue }
      cuts[ProficiencyLevel.ID(rawValue: id)] = CutScore(
        location: location, standardError: error, isSetByPanel: true)
    }
    return PanelCutScores(framework: framework, cuts: cuts, panel: panel)
  }

  /// A number, written with a point or without.
  private static func number(_ value: Any?) -> Double? {
    value as? Double ?? (value as? Int).map(Double.init)
  }

  /// The bytes with borders in it; nil when its levels are others.
  ///
  /// They follow from the file's own constants and the borders, whatever borders it had before.
  func written(with borders: PanelCutScores) throws -> [UInt8]? {
    let upper = levels.dropFirst().compactMap { $0["id"] as? String }
    guard Set(upper) == Set(borders.cuts.keys.map(\.rawValue)), upper.count == borders.cuts.count,
      let version = object["version"] as? String
    else { return nil }
    var changed = object
    changed["levels"] = levels.map { level in
      var level = level
      if let cut = (level["id"] as? String).flatMap({
        borders.cuts[ProficiencyLevel.ID(rawValue: $0)]
      }) {
        level["cut"] = [
          "location": cut.location, "standardError": cut.standardError, "setByPanel": true,
        ]
      }
      return level
    }
    let own = version.split(separator: Self.separator, maxSplits: 1).first ?? ""
    changed["version"] = "\(own)\(Self.separator)\(borders.panel)"
    changed[Self.mark] = [
      "panel": borders.panel,
      "note": "等级线由评委设定，note 中关于界线的话不再适用。"
        + "The borders between levels were set by a panel; what note says of them is past.",
    ]
    let data = try JSONSerialization.data(
      withJSONObject: changed, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    return [UInt8](data) + [0x0A]
  }
}

extension PackageFiles {
  /// The measurement files that can be read.
  fileprivate var measurementFiles: [MeasurementDocument] {
    paths.filter { $0.hasSuffix(".measurement.json") }.sorted().compactMap { path in
      guard let bytes = bytes(of: path) else { return nil }
      do {
        return try MeasurementDocument(bytes, path: path)
      } catch {
        // No JSON: the reader of frameworks says so with its place.
        return nil
      }
    }
  }

  /// The same files, with the borders that were set in the service in place of its own.
  ///
  /// - Parameter published: the files of the bank that was in service.
  /// - Returns: the files; the same when none were set, or levels are others by now.
  func keepingCutScores(setIn published: PackageFiles) -> PackageFiles {
    var changed: [String: [UInt8]] = [:]
    for borders in published.measurementFiles.compactMap(\.borders) {
      for file in measurementFiles where file.framework == borders.framework {
        do {
          if let bytes = try file.written(with: borders) { changed[file.path] = bytes }
        } catch {
          // Numbers that were read from JSON can be written to it.
          continue
        }
      }
    }
    return changed.isEmpty ? self : PackageFiles(contents.merging(changed) { $1 }, name: name)
  }
}

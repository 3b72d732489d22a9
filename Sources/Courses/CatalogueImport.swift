public import Competency
public import Diagnostics
import Sheets
import Foundation

/// A sheet of courses or of institutions that takes the place of the ones there are.
public struct CatalogueImport: Sendable {
  /// What a sheet holds.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Courses: all of them, whatever framework they are about.
    case courses
    /// The institutions that offer them.
    case providers
  }

  /// What it holds.
  public var kind: Kind
  /// The files of the catalogue with the sheet in it.
  public var files: [String: [UInt8]]
  /// The catalogue with the sheet in it; nil when anything is an error.
  public var catalogue: Catalogue?
  /// Every fault, with line and column of the sheet.
  public var diagnostics: [Diagnostic]

  /// Reads a sheet beside what is published.
  ///
  /// - Parameters:
  ///   - sheet: the file's content.
  ///   - name: its name, for the diagnostics.
  ///   - files: the published files of the catalogue.
  ///   - frameworks: the frameworks courses may be about, at least one.
  ///   - isSample: whether the courses are a sample that nobody offers; nil for as it was.
  /// - Throws: the fault of laying the files in a folder to read them.
  public init(
    _ sheet: [UInt8], name: String, into files: [String: [UInt8]], frameworks: [Framework],
    isSample: Bool? = nil
  ) throws {
    let header = Sheet.read(sheet, file: name).sheet?.header ?? []
    kind = header.contains("name_zh") && !header.contains("title_zh") ? .providers : .courses
    var files = files
    switch kind {
    case .providers: files[Self.providersFile] = sheet
    case .courses:
      // One sheet holds them all: those beside it would double its courses.
      for path in files.keys where path.hasPrefix("catalogue-") && path.hasSuffix(".csv") {
        files[path] = nil
      }
      files[Self.coursesFile] = sheet
    }
    if let isSample {
      files["catalogue.json"] = try Self.about(files["catalogue.json"] ?? [], isSample: isSample)
    }
    self.files = files
    let read = try CourseFiles.withFolder(of: files) {
      CatalogueReader.read(folder: $0, frameworks: frameworks)
    }
    catalogue = read.catalogue
    let own = kind == .courses ? Self.coursesFile : Self.providersFile
    diagnostics = read.diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      let last = diagnostic.file.split(separator: "/").last.map(String.init) ?? diagnostic.file
      // The folder it was laid in is nobody's business.
      diagnostic.file = last == own ? name : last
      return diagnostic
    }
    // The sheet's own faults come first.
    diagnostics = diagnostics.filter { $0.file == name } + diagnostics.filter { $0.file != name }
  }

  private static let coursesFile = "catalogue.csv"
  private static let providersFile = "providers.csv"

  /// What the catalogue says about itself, with one thing changed.
  private static func about(_ bytes: [UInt8], isSample: Bool) throws -> [UInt8] {
    let object =
      bytes.isEmpty
      ? [:] : try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
    // A note about a sample would not be true of courses that are offered.
    var about = isSample ? object : [:]
    about["sample"] = isSample
    return [UInt8](
      try JSONSerialization.data(
        withJSONObject: about, options: [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]))
  }
}

/// What changes when a catalogue takes the place of another.
public struct CatalogueComparison: Hashable, Sendable {
  /// Courses that are new, in the new order.
  public var added: [Course.ID]
  /// Courses that say something else.
  public var changed: [Course.ID]
  /// Courses that are not there any more, in the old order.
  public var removed: [Course.ID]
  /// How many courses say the same.
  public var unchanged: Int
  /// Whether nothing at all changes, institutions and the word about a sample included.
  public var isSame: Bool

  /// Compares two catalogues.
  public init(from old: Catalogue, to new: Catalogue) {
    added = new.courses.map(\.id).filter { old.course($0) == nil }
    removed = old.courses.map(\.id).filter { new.course($0) == nil }
    let kept = new.courses.filter { old.course($0.id) != nil }
    changed = kept.filter { old.course($0.id) != $0 }.map(\.id)
    unchanged = kept.count - changed.count
    isSame =
      old.courses == new.courses && old.providers == new.providers
      && old.isSample == new.isSample
  }
}

extension CatalogueComparison {
  /// What the audit log says of it.
  public func auditDetail(version: String) -> String {
    "version \(version), \(added.count) added, \(changed.count) changed, \(removed.count) removed"
  }
}

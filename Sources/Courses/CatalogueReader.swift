public import Competency
public import Diagnostics
public import Foundation
import Sheets

/// Reads a course catalogue from a folder: `catalogue.json`, `providers.csv`, `catalogue.csv` and
/// any sheets beside it whose names begin with `catalogue-`, such as one for each framework.
public enum CatalogueReader {
  /// Reads and checks a catalogue.
  ///
  /// - Parameters:
  ///   - folder: the folder with the files.
  ///   - frameworks: the frameworks whose points the courses may be about, at least one.
  /// - Returns: the catalogue, or nil when any diagnostic is an error; and every fault, with the
  ///   line of the row and the number of the cell, from 1, as its column.
  public static func read(
    folder: URL, frameworks: [Framework]
  ) -> (catalogue: Catalogue?, diagnostics: [Diagnostic]) {
    var faults: [Diagnostic] = []
    var version = ContentVersion()
    let isSample = isSample(folder: folder, version: &version, faults: &faults)
    let providers = providers(folder: folder, version: &version, faults: &faults)
    let standards = CourseStandardReader(folder: folder, frameworks: frameworks)
      .read(version: &version, faults: &faults)
    let courses = courses(
      folder: folder,
      context: CourseRow.Context(
        frameworks: frameworks, providers: Set(providers.map(\.id)), standards: standards),
      version: &version, faults: &faults)
    guard let isSample, !faults.contains(where: { $0.severity == .error }) else {
      return (nil, faults)
    }
    // Plans are pinned to this version, and a plan depends on its programme as well.
    for bytes in ProgrammeReader.fileBytes(in: folder.appending(path: "programmes")) {
      version.add(bytes)
    }
    let catalogue = Catalogue(
      version: version.hexadecimal, isSample: isSample, courses: courses, providers: providers,
      standards: standards)
    return (catalogue, faults)
  }

  /// The columns a sheet of institutions must have.
  static let providerColumns = ["id", "name_zh", "name_en"]

  /// What the catalogue says about itself.
  private struct About: Decodable {
    var sample: Bool
  }

  private static func isSample(
    folder: URL, version: inout ContentVersion, faults: inout [Diagnostic]
  ) -> Bool? {
    switch ContentFile.read("catalogue.json", in: folder) {
    case .failure(let fault):
      faults.append(fault.diagnostic)
      return nil
    case .success(let file):
      version.add(file.bytes)
      switch JSONContent<About>.decode(from: file) {
      case .failure(let fault):
        faults.append(fault.diagnostic)
        return nil
      case .success(let content): return content.value.sample
      }
    }
  }

  /// The rows of one of the folder's sheets.
  private static func records(
    _ name: String, columns: [String], folder: URL, version: inout ContentVersion,
    faults: inout [Diagnostic]
  ) -> [SheetRecord] {
    switch ContentFile.read(name, in: folder) {
    case .failure(let fault):
      faults.append(fault.diagnostic)
      return []
    case .success(let file):
      version.add(file.bytes)
      let (sheet, sheetFaults) = Sheet.read(file.bytes, file: file.name)
      faults += sheetFaults
      return sheet.map {
        SheetRecord.records(of: $0, file: file.name, required: columns, faults: &faults)
      } ?? []
    }
  }

  private static func providers(
    folder: URL, version: inout ContentVersion, faults: inout [Diagnostic]
  ) -> [Provider] {
    let records = records(
      "providers.csv", columns: providerColumns, folder: folder, version: &version,
      faults: &faults)
    var lines: [Provider.ID: Int] = [:]
    var providers: [Provider] = []
    for record in records {
      let cells = providerColumns.compactMap { record.filled($0, faults: &faults) }
      guard cells.count == 3 else { continue }
      let id = Provider.ID(rawValue: cells[0])
      if let line = lines[id] {
        faults.append(record.duplicateIdentifier(id.rawValue, firstLine: line))
        continue
      }
      lines[id] = record.line
      providers.append(
        Provider(id: id, name: LocalizedName(chinese: cells[1], english: cells[2])))
    }
    return providers
  }

  private static func courses(
    folder: URL, context: CourseRow.Context, version: inout ContentVersion,
    faults: inout [Diagnostic]
  ) -> [Course] {
    let others = ContentFile.names(endingIn: ".csv", in: folder, faults: &faults)
      .filter { $0.hasPrefix("catalogue-") }
    var records: [SheetRecord] = []
    for name in ["catalogue.csv"] + others {
      records += self.records(
        name, columns: CourseRow.columns, folder: folder, version: &version, faults: &faults)
    }
    var prerequisites = PrerequisiteCheck()
    var courses: [Course] = []
    for record in records {
      let row = CourseRow(record: record, context: context)
      let course = row.course(faults: &faults)
      // A row with faults of its own still counts as the course another row asks for.
      guard prerequisites.add(record, faults: &faults), let course else { continue }
      courses.append(course)
    }
    faults += prerequisites.faults()
    return courses
  }
}

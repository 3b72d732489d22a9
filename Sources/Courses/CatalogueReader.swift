public import Competency
public import Diagnostics
public import Foundation
import Sheets

/// Reads a course catalogue from a folder: `catalogue.json`, `providers.csv`, `catalogue.csv`.
public enum CatalogueReader {
  /// Reads and checks a catalogue.
  ///
  /// - Parameters:
  ///   - folder: the folder with the three files.
  ///   - framework: the framework whose points the courses are about.
  /// - Returns: the catalogue, or nil when any diagnostic is an error; and every fault, with the
  ///   line of the row and the number of the cell, from 1, as its column.
  public static func read(
    folder: URL, framework: Framework
  ) -> (catalogue: Catalogue?, diagnostics: [Diagnostic]) {
    var faults: [Diagnostic] = []
    var version = ContentVersion()
    let isSample = isSample(folder: folder, version: &version, faults: &faults)
    let providers = providers(folder: folder, version: &version, faults: &faults)
    let courses = courses(
      folder: folder, framework: framework, providers: Set(providers.map(\.id)),
      version: &version, faults: &faults)
    guard let isSample, !faults.contains(where: { $0.severity == .error }) else {
      return (nil, faults)
    }
    // Plans are pinned to this version, and a plan depends on its programme as well.
    for bytes in ProgrammeReader.fileBytes(in: folder.appending(path: "programmes")) {
      version.add(bytes)
    }
    let catalogue = Catalogue(
      version: version.hexadecimal, isSample: isSample, courses: courses, providers: providers)
    return (catalogue, faults)
  }

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
      "providers.csv", columns: ["id", "name_zh", "name_en"], folder: folder, version: &version,
      faults: &faults)
    var lines: [Provider.ID: Int] = [:]
    var providers: [Provider] = []
    for record in records {
      let cells = ["id", "name_zh", "name_en"].compactMap { record.filled($0, faults: &faults) }
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
    folder: URL, framework: Framework, providers: Set<Provider.ID>,
    version: inout ContentVersion, faults: inout [Diagnostic]
  ) -> [Course] {
    let records = records(
      "catalogue.csv", columns: CourseRow.columns, folder: folder, version: &version,
      faults: &faults)
    var prerequisites = PrerequisiteCheck()
    var courses: [Course] = []
    for record in records {
      let row = CourseRow(record: record, framework: framework, providers: providers)
      let course = row.course(faults: &faults)
      // A row with faults of its own still counts as the course another row asks for.
      guard prerequisites.add(record, faults: &faults), let course else { continue }
      courses.append(course)
    }
    faults += prerequisites.faults()
    return courses
  }
}

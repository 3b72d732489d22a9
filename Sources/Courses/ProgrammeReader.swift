public import Competency
public import Diagnostics
public import Foundation

/// Reads training programmes from a folder with one JSON file each.
public enum ProgrammeReader {
  /// Reads and checks every programme of a folder.
  ///
  /// - Parameters:
  ///   - folder: the folder with the files, whose names end in `.json`.
  ///   - frameworks: the frameworks programmes may be about.
  /// - Returns: the programmes without errors, in the order of their files' names; and every fault,
  ///   with line and column.
  public static func read(
    folder: URL, frameworks: [Framework]
  ) -> (programmes: [Programme], diagnostics: [Diagnostic]) {
    var programmes: [Programme] = []
    var faults: [Diagnostic] = []
    var files: [Programme.ID: String] = [:]
    for name in ContentFile.names(endingIn: ".json", in: folder, faults: &faults) {
      let content: JSONContent<ProgrammeDocument>
      switch ContentFile.read(name, in: folder).flatMap(JSONContent<ProgrammeDocument>.decode) {
      case .success(let decoded): content = decoded
      case .failure(let fault):
        faults.append(fault.diagnostic)
        continue
      }
      let found = ProgrammeCheck(content: content, frameworks: frameworks).faults()
      faults += found
      let id = Programme.ID(rawValue: content.value.id)
      if let first = files.updateValue(name, forKey: id) {
        faults.append(duplicate(content, first: first))
      } else if !found.contains(where: { $0.severity == .error }),
        let programme = content.value.programme
      {
        programmes.append(programme)
      }
    }
    return (programmes, faults)
  }

  /// Reads and checks one file.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - frameworks: the frameworks it may be about.
  ///   - catalogue: the courses compulsory ones must be among; nil to leave that aside.
  /// - Returns: the programme, or nil when any diagnostic is an error; and every fault, with line and
  ///   column.
  public static func read(
    file: URL, frameworks: [Framework], catalogue: Catalogue? = nil
  ) -> (programme: Programme?, diagnostics: [Diagnostic]) {
    let folder = file.deletingLastPathComponent()
    switch ContentFile.read(file.lastPathComponent, in: folder)
      .flatMap(JSONContent<ProgrammeDocument>.decode)
    {
    case .failure(let fault): return (nil, [fault.diagnostic])
    case .success(let content):
      var faults = ProgrammeCheck(content: content, frameworks: frameworks).faults()
      if let catalogue {
        faults += CompulsoryCheck(content: content, catalogue: catalogue).faults()
      }
      let isRefused = faults.contains { $0.severity == .error }
      return (isRefused ? nil : content.value.programme, faults)
    }
  }

  /// The bytes of every programme's file, in the order of their names; of those that can be read.
  static func fileBytes(in folder: URL) -> [[UInt8]] {
    var faults: [Diagnostic] = []
    return ContentFile.names(endingIn: ".json", in: folder, faults: &faults).compactMap { name in
      switch ContentFile.read(name, in: folder) {
      case .success(let file): [UInt8](file.bytes)
      case .failure: nil
      }
    }
  }

  private static func duplicate(
    _ content: JSONContent<ProgrammeDocument>, first: String
  ) -> Diagnostic {
    let id = content.value.id
    return content.fault(
      "duplicate-id", at: "id",
      Text("编号“\(id)”在 \(first) 中已经用过。", "The identifier “\(id)” is already used in \(first)."),
      remedy: Text("请换一个编号。", "Give it another identifier."))
  }
}

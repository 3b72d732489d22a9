public import Competency
public import Diagnostics
import Foundation

extension PackageFiles {
  /// Reads whatever a person may want to import: the folder of a package, a zip archive, one item,
  /// or a sheet of items.
  ///
  /// Never throws for content.
  ///
  /// - Parameters:
  ///   - path: the folder or file, used in diagnostics as given.
  ///   - frameworks: the frameworks that a sheet's points are looked up in; asked for a sheet only.
  /// - Returns: the files of a package; nil when there is nothing to import. And what is wrong.
  public static func read(
    path: String, frameworks: @autoclosure () -> [Framework]
  ) -> (files: PackageFiles?, diagnostics: [Diagnostic]) {
    var isFolder: ObjCBool = false
    var findings = Findings(file: path)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      findings.note(.missing, href: path, line: 0)
      return (nil, findings.diagnostics)
    }
    if isFolder.boolValue {
      return (PackageFiles(folder: URL(filePath: path, directoryHint: .isDirectory)), [])
    }
    let url = URL(filePath: path, directoryHint: .notDirectory)
    // A workbook is a zip archive too; the sheet's reader says how to save it.
    let isWorkbook = [".xlsx", ".xls", ".et"].contains { path.lowercased().hasSuffix($0) }
    if isArchive(url), !isWorkbook { return read(archive: url, name: path) }
    let folder = PackageFolder(url.deletingLastPathComponent())
    switch folder.bytes(of: url.lastPathComponent, limit: XMLElement.packageLimit) {
    case .failure(let refused):
      findings.note(refused.reason, href: path, line: 0)
      return (nil, findings.diagnostics)
    case .success(let bytes):
      // What begins as a document of XML is an item, whatever it is called.
      let start = bytes.prefix(200).first { !$0.isSpaceOrMark }
      return start == UInt8(ascii: "<") || path.lowercased().hasSuffix(".xml")
        ? package(of: bytes, path: path)
        : ItemSheet.package(bytes, file: path, frameworks: frameworks())
    }
  }

  private static func package(
    of bytes: [UInt8], path: String
  ) -> (files: PackageFiles?, diagnostics: [Diagnostic]) {
    let type = AssessmentItem.read(bytes: bytes, file: path).item?.version ?? .v3p0
    let name = String(path.split(separator: "/").last ?? "item.xml")
    let attributes = [
      ("identifier", "R-item"),
      ("type", "imsqti_item_xmlv" + type.rawValue.replacing(".", with: "p")),
      ("href", name.asAddress),
    ]
    let list = XMLElement(
      "resources", Manifest.namespace, [],
      [XMLElement("resource", Manifest.namespace, attributes, [])])
    let manifest = XMLElement("manifest", Manifest.namespace, [("identifier", "item")], [list])
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return (
      PackageFiles(
        [name: bytes, Manifest.file: XMLWriting.document(manifest)],
        name: folder.isEmpty ? "." : folder.joined(separator: "/")), []
    )
  }
}

extension UInt8 {
  /// Whether it is white space, or part of a byte order mark or of a wide character that begins so.
  fileprivate var isSpaceOrMark: Bool {
    [0, 9, 10, 13, 32, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains(self)
  }
}

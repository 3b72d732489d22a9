public import Diagnostics
import Foundation

extension BankChecker {
  /// Checks documents against an XML schema that the operator has.
  ///
  /// Compiling one of QTI takes seconds and some 80 MB, so this is for a tool, never for a service.
  /// Documents of another namespace than the schema's are passed over.
  ///
  /// - Parameters:
  ///   - paths: files, folders or zip archives; used in diagnostics as given.
  ///   - schema: the XSD file; what it includes is read from beside it, never from the network.
  /// - Returns: an error when the schema cannot be used; otherwise a warning for each fault.
  public static func check(paths: [String], against schema: String) -> [Diagnostic] {
    var findings = Findings(file: schema)
    guard let schema = XMLSchema.compile(schema, findings: &findings) else {
      return findings.diagnostics
    }
    return paths.flatMap { path -> [Diagnostic] in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
      let url = URL(
        filePath: path, directoryHint: isFolder.boolValue ? .isDirectory : .notDirectory)
      if isFolder.boolValue {
        return check(PackageFiles(folder: url), named: path, against: schema)
      }
      if PackageFiles.isArchive(url) {
        return PackageFiles.read(archive: url, name: path).files.map {
          check($0, named: path, against: schema)
        } ?? []
      }
      let folder = PackageFiles(folder: url.deletingLastPathComponent())
      let bytes = folder.bytes(of: url.lastPathComponent)
      return bytes.map { check($0, named: path, against: schema) } ?? []
    }
  }

  private static func check(
    _ files: PackageFiles, named name: String, against schema: XMLSchema
  ) -> [Diagnostic] {
    let prefix = name.hasSuffix("/") ? name : name + "/"
    return files.paths.filter { $0.lowercased().hasSuffix(".xml") }.flatMap { path in
      files.bytes(of: path).map { check($0, named: prefix + path, against: schema) } ?? []
    }
  }

  private static func check(
    _ bytes: [UInt8], named name: String, against schema: XMLSchema
  ) -> [Diagnostic] {
    var findings = Findings(file: name)
    // What the careful parser refuses is told by the reader.
    guard XMLElement.parse(bytes, limit: XMLElement.packageLimit, findings: &findings) != nil else {
      return []
    }
    schema.check(bytes, findings: &findings)
    return findings.diagnostics
  }
}

public import Diagnostics
public import Foundation

extension PackageFiles {
  /// Unpacks a zip archive into memory.
  ///
  /// Never throws for content. The whole archive is refused when it has more than 64 MB, more than
  /// 10,000 entries or more than 256 MB unpacked, or an entry that could leave the folder, is a
  /// link, is there twice, has a password or unpacks to suspiciously much. A folder around the whole
  /// package is taken off.
  ///
  /// - Parameters:
  ///   - bytes: the archive.
  ///   - name: the name to use in diagnostics.
  /// - Returns: the files, nil when a diagnostic is an error; and what is wrong.
  public static func read(
    archive bytes: [UInt8], name: String
  ) -> (files: PackageFiles?, diagnostics: [Diagnostic]) {
    var findings = Findings(file: name)
    do {
      let archive = try Archive(bytes)
      var contents: [String: [UInt8]] = [:]
      for entry in try archive.entries() {
        contents[entry.path] = try archive.bytes(of: entry)
      }
      return (PackageFiles(withoutOuterFolder(contents), name: name), [])
    } catch {
      findings.note(error)
      return (nil, findings.diagnostics)
    }
  }

  /// Unpacks a zip file into memory.
  ///
  /// - Parameters:
  ///   - url: the file.
  ///   - name: the name to use in diagnostics.
  /// - Returns: the files, nil when a diagnostic is an error; and what is wrong, as
  ///   ``read(archive:name:)-([UInt8],_)`` says it.
  public static func read(
    archive url: URL, name: String
  ) -> (files: PackageFiles?, diagnostics: [Diagnostic]) {
    let folder = PackageFolder(url.deletingLastPathComponent())
    var findings = Findings(file: name)
    switch folder.bytes(of: url.lastPathComponent, limit: Archive.archiveLimit) {
    case .success(let bytes): return read(archive: bytes, name: name)
    case .failure(let refused):
      if refused.reason == .tooLarge {
        findings.note(ArchiveFault.tooLarge)
      } else {
        findings.note(refused.reason, href: name, line: 0)
      }
      return (nil, findings.diagnostics)
    }
  }

  /// The files without the folder that holds all of them, when the manifest stands in it.
  ///
  /// Packing a folder instead of what is in it is the commonest slip, and what is meant is clear.
  private static func withoutOuterFolder(_ contents: [String: [UInt8]]) -> [String: [UInt8]] {
    let outer = contents.keys.filter { $0.hasSuffix("/" + Manifest.file) && !isHidden($0) }
      .min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
      .map { String($0.dropLast(Manifest.file.count)) }
    guard let outer, contents[Manifest.file] == nil,
      contents.keys.allSatisfy({ $0.hasPrefix(outer) || isHidden($0) })
    else { return contents }
    return contents.reduce(into: [:]) { inner, file in
      if file.key.hasPrefix(outer) { inner[String(file.key.dropFirst(outer.count))] = file.value }
    }
  }

  /// Whether a file is, or calls itself, a zip archive.
  static func isArchive(_ url: URL) -> Bool {
    if url.pathExtension.lowercased() == "zip" { return true }
    do {
      // Opening a pipe would wait for somebody to write into it.
      let values = try url.resourceValues(forKeys: [.isRegularFileKey])
      guard values.isRegularFile == true else { return false }
      let file = try FileHandle(forReadingFrom: url)
      let start = try file.read(upToCount: 4)
      try file.close()
      return start == Data("PK\u{3}\u{4}".utf8)
    } catch {
      // Whoever reads the file will say what is wrong with it.
      return false
    }
  }
}

extension BankCheckReport {
  /// Checks a zip file as a package.
  mutating func check(archive url: URL, named name: String) {
    let (files, found) = PackageFiles.read(archive: url, name: name)
    diagnostics += found
    guard let files else { return self.files += 1 }
    self.files += files.paths.count
    let (bank, faults) = BankReader.read(files)
    diagnostics += faults
    if let bank { check(bank) }
  }
}

import Diagnostics

/// A file of a package, with what can be told from its bytes alone.
struct LoadedFile: Sendable {
  var bytes: [UInt8]
  /// The hash of the bytes.
  var hash: String
  /// What reading it as an item gave; nil when it is none, or an item that was read before.
  var item: ReadItem?

  /// An item's file as it was read.
  struct ReadItem: Sendable {
    var item: AssessmentItem?
    var diagnostics: [Diagnostic]
  }
}

extension PackageFiles {
  /// Loads files, and reads the items among them, on all cores.
  ///
  /// - Parameters:
  ///   - paths: the files, each once.
  ///   - items: which of them are items.
  ///   - known: items that were read before, by the hash of their bytes: they are not read again.
  /// - Returns: the files by path, or why one cannot be had.
  func loaded(
    _ paths: [String], items: Set<String>, known: [String: AssessmentItem]
  ) -> [String: Result<LoadedFile, PackageFolder.Refused>] {
    let files = Concurrently.map(paths) { path in
      bytes(of: path, limit: XMLElement.packageLimit).map { bytes in
        var file = LoadedFile(bytes: bytes, hash: ContentHash.hexadecimal([bytes]))
        if items.contains(path), known[file.hash] == nil {
          let (item, found) = AssessmentItem.read(
            bytes: bytes, file: name + "/" + path, contentHash: file.hash)
          file.item = LoadedFile.ReadItem(item: item, diagnostics: found)
        }
        return file
      }
    }
    return [String: Result<LoadedFile, PackageFolder.Refused>](
      uniqueKeysWithValues: zip(paths, files))
  }
}

import Diagnostics

/// A file of a package, with what can be told from its bytes alone.
struct LoadedFile: Sendable {
  /// The bytes, or why they cannot be had.
  var bytes: Result<[UInt8], PackageFolder.Refused>
  /// The hash of the bytes; empty when there are none.
  var hash = ""
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
  /// - Returns: the files by path.
  func loaded(
    _ paths: [String], items: Set<String>, known: [String: AssessmentItem]
  ) -> [String: LoadedFile] {
    let files = Concurrently.map(paths) { path in
      var file = LoadedFile(bytes: bytes(of: path, limit: XMLElement.packageLimit))
      guard case .success(let bytes) = file.bytes else { return file }
      file.hash = ContentHash.hexadecimal([bytes])
      if items.contains(path), known[file.hash] == nil {
        let (item, found) = AssessmentItem.read(
          bytes: bytes, file: name + "/" + path, contentHash: file.hash)
        file.item = LoadedFile.ReadItem(item: item, diagnostics: found)
      }
      return file
    }
    return [String: LoadedFile](uniqueKeysWithValues: zip(paths, files))
  }
}

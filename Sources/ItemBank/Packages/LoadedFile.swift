import Diagnostics

/// A file of a package, with what can be told from its bytes alone.
struct LoadedFile: Sendable {
  var bytes: [UInt8]
  /// The hash of the bytes.
  var hash: String
  /// What reading it as an item gave; nil when it is none, or an item that was read before.
  var item: ReadItem?
  /// What reading it as a usage file gave; nil when it is none, or one that was read before.
  var usage: ReadUsage?

  /// An item's file as it was read.
  struct ReadItem: Sendable {
    var item: AssessmentItem?
    var diagnostics: [Diagnostic]
  }

  /// A usage file as it was read.
  struct ReadUsage: Sendable {
    var statistics: UsageStatistics
    var diagnostics: [Diagnostic]
  }
}

/// What was read of a package before: the same bytes say the same.
struct ReadFiles: Sendable {
  /// Items by the hash of their own file.
  var items: [String: AssessmentItem] = [:]
  /// Usage files without a fault by the hash of their bytes.
  var usages: [String: UsageStatistics] = [:]
}

extension PackageFiles {
  /// Loads files, and reads the items and usage files among them, on all cores.
  ///
  /// - Parameters:
  ///   - paths: the files, each once.
  ///   - kinds: what the manifest says that a file is.
  ///   - known: what is not read again.
  /// - Returns: the files by path, or why one cannot be had.
  func loaded(
    _ paths: [String], kinds: [String: Set<Manifest.Kind>], known: ReadFiles
  ) -> [String: Result<LoadedFile, PackageFolder.Refused>] {
    // A usage file takes as long as thousands of items: begun last, it would be waited for.
    let usages = Set(paths.filter { kinds[$0]?.contains(.usage) ?? false })
    let paths = paths.filter(usages.contains) + paths.filter { !usages.contains($0) }
    let files = Concurrently.map(paths) { path in
      bytes(of: path, limit: XMLElement.packageLimit).map { bytes in
        var file = LoadedFile(bytes: bytes, hash: ContentHash.hexadecimal([bytes]))
        if let kinds = kinds[path], kinds.contains(.item), known.items[file.hash] == nil {
          let (item, found) = AssessmentItem.read(
            bytes: bytes, file: name + "/" + path, contentHash: file.hash)
          file.item = LoadedFile.ReadItem(item: item, diagnostics: found)
        }
        if usages.contains(path), known.usages[file.hash] == nil {
          var findings = Findings(file: name + "/" + path)
          let statistics = findings.usage(bytes)
          file.usage = LoadedFile.ReadUsage(
            statistics: statistics, diagnostics: findings.diagnostics)
        }
        return file
      }
    }
    return [String: Result<LoadedFile, PackageFolder.Refused>](
      uniqueKeysWithValues: zip(paths, files))
  }
}

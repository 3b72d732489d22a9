import Foundation

/// The sources of the project as text.
enum SourceTree {
  struct Source {
    var path: String
    var text: String
  }

  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static var sources: URL { root.appending(path: "Sources") }

  /// The Swift files of a target.
  static func sources(of target: String) throws -> [Source] {
    try files(below: sources.appending(path: target), extension: "swift")
  }

  /// The files below a folder with an extension.
  static func files(below folder: URL, extension ending: String) throws -> [Source] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".\(ending)") }.sorted()
      .map { path in
        Source(
          path: path,
          text: try String(contentsOf: folder.appending(path: path), encoding: .utf8))
      }
  }

  /// The modules that a file imports.
  static func importedModules(in text: String) -> Set<String> {
    let imports = text.matches(
      of:
        #/(?m)^(?:@\w+ |public |package |internal )*import (?:struct |class |enum |func |protocol )?(\w+)/#
    )
    return Set(imports.map { String($0.1) })
  }
}

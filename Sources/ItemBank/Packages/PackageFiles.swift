public import Foundation

/// The files of a package as bytes by path, from a folder or from memory.
///
/// Everything that is read of a package is read through it. Nothing outside the package can be had,
/// and nothing is written anywhere.
public struct PackageFiles: Sendable {
  /// Where the bytes are.
  private enum Source {
    /// In a folder, read when they are asked for.
    case folder(PackageFolder)
    case memory([String: [UInt8]])
  }

  /// The name of the package in diagnostics.
  public let name: String
  private let source: Source

  /// The files of a folder, read when they are asked for.
  ///
  /// - Parameter folder: the folder; its relative path becomes the name.
  public init(folder: URL) {
    let path = folder.relativePath
    name = path.hasSuffix("/") ? String(path.dropLast()) : path
    source = .folder(PackageFolder(folder))
  }

  /// Files in memory.
  ///
  /// - Parameters:
  ///   - contents: the bytes by path, such as `items/A1/a1-01.xml`.
  ///   - name: the name of the package in diagnostics.
  public init(_ contents: [String: [UInt8]], name: String) {
    self.name = name
    source = .memory(contents)
  }

  /// The paths of all files, in order, hidden ones left out.
  public var paths: [String] {
    switch source {
    case .folder(let folder): folder.paths()
    case .memory(let contents): contents.keys.filter { !Self.isHidden($0) }.sorted()
    }
  }

  /// The paths of all files that are written elsewhere: hidden ones too when someone named them.
  var writtenPaths: [String] {
    switch source {
    case .folder(let folder): folder.paths()
    case .memory(let contents): contents.keys.sorted()
    }
  }

  /// The bytes of all files that can be had, by path.
  public var contents: [String: [UInt8]] {
    paths.reduce(into: [:]) { $0[$1] = bytes(of: $1) }
  }

  /// The bytes of a file.
  ///
  /// - Parameter path: a path as ``paths`` gives it.
  /// - Returns: the bytes; nil when there is no such file, or none that may be read.
  public func bytes(of path: String) -> [UInt8]? {
    switch bytes(of: path, limit: XMLElement.packageLimit) {
    case .success(let bytes): bytes
    case .failure: nil
    }
  }

  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - path: a path in the package, as ``PackageFolder/path(of:in:)`` gives it.
  ///   - limit: the most bytes.
  /// - Returns: the bytes, or why they cannot be had.
  func bytes(of path: String, limit: Int) -> Result<[UInt8], PackageFolder.Refused> {
    switch source {
    case .folder(let folder): return folder.bytes(of: path, limit: limit)
    case .memory(let contents):
      guard let bytes = contents[path] else { return .failure(PackageFolder.Refused(.missing)) }
      guard bytes.count <= limit else { return .failure(PackageFolder.Refused(.tooLarge)) }
      return .success(bytes)
    }
  }

  /// Whether a file is one that systems put beside those of people, such as `.DS_Store`.
  static func isHidden(_ path: String) -> Bool {
    path.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
  }
}

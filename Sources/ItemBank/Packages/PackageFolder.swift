import Diagnostics
import Foundation

/// The folder of a package: the only place its files are read from.
struct PackageFolder {
  /// Why a file of the folder cannot be used.
  enum Refusal {
    /// The address leads out of the folder, or is no relative path.
    case unsafe
    /// There is no such file.
    case missing
    /// It is not a regular file, or the system will not let us read it.
    case unreadable
    /// It is larger than the limit.
    case tooLarge
  }

  /// How many entries a package may have; what comes after them is not looked at.
  static let entryLimit = 10_000

  private let root: URL

  init(_ root: URL) {
    self.root = root.standardizedFileURL.resolvingSymlinksInPath()
  }

  /// The path in the folder that an address means.
  ///
  /// - Parameters:
  ///   - href: a relative address, percent-encoded or not.
  ///   - path: the path of the file it stands in.
  /// - Returns: a path without `.` and `..`, or nil when it would leave the folder.
  static func path(of href: String, in path: String) -> String? {
    // Byte by byte, as a file system takes a path apart: a letter's mark after a slash hides none.
    let slash = UInt8(ascii: "/")
    let text = href.utf8.contains(UInt8(ascii: "%")) ? href.removingPercentEncoding ?? href : href
    let bytes = text.utf8
    guard let first = bytes.first, first != slash, !bytes.contains(UInt8(ascii: "\\")),
      !bytes.contains(0), !bytes.prefix(while: { $0 != slash }).contains(UInt8(ascii: ":"))
    else { return nil }
    var segments = path.utf8.split(separator: slash).dropLast().map { Substring($0) }
    for segment in bytes.split(separator: slash) {
      switch Substring(segment) {
      case ".": continue
      case "..":
        guard segments.popLast() != nil else { return nil }
      case let name: segments.append(name)
      }
    }
    return segments.isEmpty ? nil : segments.joined(separator: "/")
  }

  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - path: a path in the folder, as ``path(of:in:)`` gives it.
  ///   - limit: the most bytes.
  /// - Returns: the bytes, or why they cannot be had.
  func bytes(of path: String, limit: Int) -> Result<[UInt8], Refused> {
    let file = root.appending(path: path)
    // A symbolic link could lead anywhere, wherever it stands in the path.
    let resolved = file.resolvingSymlinksInPath().standardizedFileURL
    guard resolved.path == root.appending(path: path).standardizedFileURL.path else {
      return .failure(Refused(.unsafe))
    }
    do {
      let values = try file.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
      guard values.isRegularFile == true else { return .failure(Refused(.unreadable)) }
      guard (values.fileSize ?? 0) <= limit else { return .failure(Refused(.tooLarge)) }
      return .success([UInt8](try Data(contentsOf: file)))
    } catch let error as CocoaError
      where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile
    {
      return .failure(Refused(.missing))
    } catch {
      return .failure(Refused(.unreadable))
    }
  }

  /// A ``Refusal`` as an error.
  struct Refused: Error {
    let reason: Refusal
    init(_ reason: Refusal) { self.reason = reason }
  }

  /// The paths of the files in the folder, in order.
  ///
  /// Hidden files are left out.
  func paths() -> [String] {
    let found = FileManager.default.enumerator(
      at: root, includingPropertiesForKeys: [.isDirectoryKey], options: [.skipsHiddenFiles])
    guard let found else { return [] }
    var paths: [String] = []
    for case let file as URL in found {
      guard !file.hasDirectoryPath, paths.count < Self.entryLimit else { continue }
      let path = file.standardizedFileURL.path
      guard path.hasPrefix(root.path + "/") else { continue }
      paths.append(String(path.dropFirst(root.path.count + 1)))
    }
    return paths.sorted()
  }
}

extension Findings {
  /// Notes that a file of the package cannot be used.
  ///
  /// - Parameters:
  ///   - refusal: why.
  ///   - href: the address as the referring file writes it.
  ///   - line: the line of the referring file.
  mutating func note(_ refusal: PackageFolder.Refusal, href: String, line: Int) {
    let name = href.prefix(200)
    let (code, message): (String, Text) =
      switch refusal {
      case .unsafe:
        ("unsafe-path", Text("路径越出题库文件夹：\(name)", "The path leads out of the package: \(name)"))
      case .missing:
        ("missing-file", Text("文件不存在：\(name)", "There is no such file: \(name)"))
      case .unreadable:
        ("unreadable-file", Text("文件无法读取：\(name)", "The file cannot be read: \(name)"))
      case .tooLarge:
        ("too-large", Text("文件过大：\(name)", "The file is too large: \(name)"))
      }
    let remedy: Text =
      switch refusal {
      case .unsafe: Text("请用文件夹内的相对路径，不用链接。", "Use a path within the folder, and no links.")
      case .missing: Text("请补上文件，或从清单中删去它。", "Add the file, or take it out of the manifest.")
      case .unreadable: Text("请检查文件权限。", "Check the file's permissions.")
      case .tooLarge: Text("请拆分文件。", "Split the file.")
      }
    error(code, line: line, message, remedy: remedy)
  }
}

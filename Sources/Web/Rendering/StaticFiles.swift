import CSodium
import Foundation

/// The files of `Web/static/`, read once, addressed by a hash of their content so that a browser
/// may keep them for ever.
struct StaticFiles: Sendable {
  /// One file, ready to send.
  struct File: Sendable {
    var contentType: String
    var bytes: [UInt8]
    var gzipped: [UInt8]?
  }

  /// The files by the last part of their address.
  let byAddress: [String: File]
  private let addressByName: [String: String]

  /// Reads a folder of files; folders inside it are not served.
  ///
  /// - Throws: the file system's error if it cannot be read.
  init(folder: URL) throws {
    var byAddress: [String: File] = [:]
    var addressByName: [String: String] = [:]
    for url in try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    {
      guard let contentType = Self.contentTypes[url.pathExtension] else { continue }
      var bytes = [UInt8](try Data(contentsOf: url))
      if url.pathExtension == "css" { bytes = Self.withoutComments(bytes) }
      let name = url.lastPathComponent
      let stem = url.deletingPathExtension().lastPathComponent
      let address = "\(stem)-\(Digest(of: bytes).hex.prefix(10)).\(url.pathExtension)"
      byAddress[address] = File(
        contentType: contentType, bytes: bytes, gzipped: Gzip.compress(bytes, level: 9))
      addressByName[name] = address
    }
    self.byAddress = byAddress
    self.addressByName = addressByName
  }

  /// The path of a file by its name in the folder.
  func path(of name: String) -> String {
    "/static/\(addressByName[name] ?? name)"
  }

  /// A style sheet without what is only for its authors: a phone on a bad line need not wait for it.
  ///
  /// The sheet has no string with such marks in it.
  static func withoutComments(_ bytes: [UInt8]) -> [UInt8] {
    var text = String(decoding: bytes, as: UTF8.self)
    while let start = text.range(of: "/*"),
      let end = text.range(of: "*/", range: start.upperBound..<text.endIndex)
    {
      text.removeSubrange(start.lowerBound..<end.upperBound)
    }
    return [UInt8](text.utf8)
  }

  private static let contentTypes = [
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
  ]
}

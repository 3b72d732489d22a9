import Foundation
import Web

/// The key of sign-in codes, in a file of its own beside the database, for its owner's eyes only.
///
/// A backup of the database without it still opens, but no code works any more: back both up, apart.
enum CodeKeyFile {
  /// The file's name in the data folder.
  static let name = "code.key"

  /// Reads the key of a data folder, making it if there is none.
  ///
  /// - Throws: ``CodeKeyFault`` if the file holds something else; the file system's error if it cannot
  ///   be read or made.
  static func key(in folder: URL) throws -> CodeKey {
    let file = folder.appending(path: name)
    if FileManager.default.fileExists(atPath: file.path) {
      guard let key = CodeKey([UInt8](try Data(contentsOf: file))) else {
        throw CodeKeyFault(file: file.path)
      }
      return key
    }
    let key = CodeKey()
    guard
      FileManager.default.createFile(
        atPath: file.path, contents: Data(key.content), attributes: [.posixPermissions: 0o600])
    else { throw CodeKeyFault(file: file.path) }
    return key
  }
}

/// A key file that cannot be used.
struct CodeKeyFault: Error, Hashable {
  var file: String
}

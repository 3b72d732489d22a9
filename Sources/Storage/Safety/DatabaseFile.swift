public import Foundation
import GRDB

/// A database file as it lies there, looked at without changing it and without bringing it to the
/// newest schema.
public struct DatabaseFile: Hashable, Sendable {
  /// The file's name in a data folder.
  public static let name = "bianque.sqlite"

  /// Where it is.
  public var url: URL

  /// A file anywhere, such as a backup.
  public init(_ url: URL) {
    self.url = url
  }

  /// The database of a data folder.
  public init(folder: URL) {
    url = folder.appending(path: Self.name)
  }

  /// Whether there is such a file.
  public var exists: Bool { FileManager.default.fileExists(atPath: url.path) }

  /// Opens it for reading; a service may go on writing meanwhile.
  func openForReading() throws -> DatabaseQueue {
    var configuration = GRDB.Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    return try DatabaseQueue(path: url.path, configuration: configuration)
  }

  /// Opens it for writing, as it is.
  func openForWriting() throws -> DatabaseQueue {
    var configuration = GRDB.Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    return try DatabaseQueue(path: url.path, configuration: configuration)
  }

  /// Waits until the file, and its name in the folder, are on the disk.
  func synchronise() throws {
    let file = try FileHandle(forUpdating: url)
    try file.synchronize()
    try file.close()
    try Self.synchronise(folder: url.deletingLastPathComponent())
  }

  /// Waits until the names in a folder are on the disk.
  static func synchronise(folder: URL) throws {
    let descriptor = open(folder.path, O_RDONLY)
    guard descriptor >= 0 else { throw StoreError.cannotWrite }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StoreError.cannotWrite }
  }

  /// Takes the name of another file in one step: there is never a moment without a file.
  func take(nameOf target: DatabaseFile) throws {
    guard rename(url.path, target.url.path) == 0 else { throw StoreError.cannotWrite }
    try Self.synchronise(folder: target.url.deletingLastPathComponent())
  }

  /// Removes it, if it is there, with what SQLite keeps beside it.
  func remove() throws {
    for end in ["", "-wal", "-shm", "-journal"]
    where FileManager.default.fileExists(atPath: url.path + end) {
      try FileManager.default.removeItem(atPath: url.path + end)
    }
  }

  /// Makes it, empty, for its owner's eyes only: it will hold names.
  func makePrivate() throws {
    guard
      FileManager.default.createFile(
        atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw StoreError.cannotWrite }
  }
}

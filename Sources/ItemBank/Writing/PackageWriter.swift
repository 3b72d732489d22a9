import CZip
public import Foundation

/// Writes the files of a package, to the last byte as they are.
public enum PackageWriter {
  /// Why a package cannot be written.
  public enum Failure: Error, Hashable {
    /// There is no file; many programs take an archive of none for damaged.
    case empty
    /// A path could leave the folder, or is none.
    case unsafePath(String)
    /// A file cannot be read.
    case unreadable(String)
    /// The archive cannot be made: most likely there is not enough memory.
    case archive
  }

  /// Packs files into a zip archive.
  ///
  /// The same files give the same bytes: entries are in order, and their time is always the first
  /// that the format knows.
  ///
  /// - Parameter files: the files; of a folder the hidden ones are left out.
  /// - Returns: the archive.
  /// - Throws: ``Failure`` when there is no file, a path is unsafe, a file cannot be read or memory
  ///   runs out.
  public static func archive(_ files: PackageFiles) throws(Failure) -> [UInt8] {
    let paths = files.writtenPaths
    guard !paths.isEmpty else { throw .empty }
    let writing = try ArchiveWriting()
    for path in paths {
      try writing.add(path, try content(of: path, in: files))
    }
    return try writing.finish()
  }

  /// Writes files into a folder.
  ///
  /// - Parameters:
  ///   - files: the files; of a folder the hidden ones are left out.
  ///   - folder: the folder, made when it is not there; what it holds else is left alone.
  /// - Throws: ``Failure`` when a path is unsafe or a file cannot be read, before anything is
  ///   written; or the file system's error.
  public static func write(_ files: PackageFiles, to folder: URL) throws {
    var contents: [(path: String, bytes: [UInt8])] = []
    for path in files.writtenPaths { contents.append((path, try content(of: path, in: files))) }
    for (path, bytes) in contents {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
  }

  private static func content(
    of path: String, in files: PackageFiles
  ) throws(Failure) -> [UInt8] {
    guard EntryName.path(of: path) == path else { throw .unsafePath(path) }
    guard let bytes = files.bytes(of: path) else { throw .unreadable(path) }
    return bytes
  }
}

/// A zip archive while it is being written into memory.
private struct ArchiveWriting: ~Copyable {
  /// The first of January 1980, as DOS writes it: the earliest day that the format knows.
  private static let date: UInt16 = 1 << 5 | 1
  /// A regular file that everyone may read, as Unix writes it.
  private static let attributes: UInt32 = 0o100644 << 16

  private let buffer: OpaquePointer
  private let archive: OpaquePointer

  init() throws(PackageWriter.Failure) {
    guard let buffer = zip_source_buffer_create(nil, 0, 1, nil) else { throw .archive }
    // Closing the archive gives up its share of the buffer; this one is for reading it afterwards.
    zip_source_keep(buffer)
    guard let archive = zip_open_from_source(buffer, ZIP_TRUNCATE, nil) else {
      zip_source_free(buffer)
      zip_source_free(buffer)
      throw .archive
    }
    self.buffer = buffer
    self.archive = archive
  }

  deinit {
    zip_discard(archive)
    zip_source_free(buffer)
  }

  func add(_ path: String, _ bytes: [UInt8]) throws(PackageWriter.Failure) {
    guard let source = Archive.source(of: bytes) else { throw .archive }
    let index = zip_file_add(archive, path, source, UInt32(ZIP_FL_ENC_UTF_8))
    guard index >= 0 else {
      zip_source_free(source)
      throw .archive
    }
    let place = UInt64(index)
    guard zip_set_file_compression(archive, place, Int32(ZIP_CM_DEFLATE), 9) == 0,
      zip_file_set_dostime(archive, place, 0, Self.date, 0) == 0,
      zip_file_set_external_attributes(
        archive, place, 0, UInt8(ZIP_OPSYS_UNIX), Self.attributes) == 0
    else { throw .archive }
  }

  /// Closes the archive.
  ///
  /// - Returns: its bytes.
  consuming func finish() throws(PackageWriter.Failure) -> [UInt8] {
    let (archive, buffer) = (archive, buffer)
    // From here on the archive is closed by hand, and must not be discarded as well.
    discard self
    defer { zip_source_free(buffer) }
    guard zip_close(archive) == 0 else {
      zip_discard(archive)
      throw .archive
    }
    var status = zip_stat_t()
    guard zip_source_stat(buffer, &status) == 0, zip_source_open(buffer) == 0 else {
      throw .archive
    }
    defer { zip_source_close(buffer) }
    let size = Int(status.size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { target, count in
      let read = zip_source_read(buffer, target.baseAddress, UInt64(size))
      count = Int(max(0, read))
    }
    guard bytes.count == size else { throw .archive }
    return bytes
  }
}

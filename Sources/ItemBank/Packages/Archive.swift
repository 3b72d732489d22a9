import CZip
import Foundation

/// An open zip archive in memory, closed when it goes out of scope.
///
/// Archives are written by strangers: an entry is only unpacked after all of them were looked at,
/// and none is unpacked further than it says.
struct Archive: ~Copyable {
  /// An entry that is a file.
  struct Entry {
    var index: UInt64
    var path: String
    var size: Int
  }

  /// The largest archive, in bytes.
  static let archiveLimit = 64_000_000
  /// The most bytes all entries together may unpack to.
  static let unpackedLimit = 256_000_000
  /// How often larger an entry may become by unpacking.
  ///
  /// XML seldom gets beyond 50, and deflate never beyond 1,032. Small entries may: they do no harm.
  private static let ratioLimit: UInt64 = 200
  private static let ratioMatters: UInt64 = 1_000_000
  /// The largest directory of an archive, in bytes: 10,000 entries with long names fit.
  private static let directoryLimit: UInt64 = 8_000_000

  private let pointer: OpaquePointer

  init(_ bytes: [UInt8]) throws(ArchiveFault) {
    guard bytes.count <= Self.archiveLimit else { throw .tooLarge }
    // libzip takes memory for every entry before anyone can ask how many there are.
    guard !Self.statesTooManyEntries(bytes) else { throw .tooManyEntries }
    // Of no bytes at all libzip would make a new archive.
    guard !bytes.isEmpty, let source = Self.source(of: bytes) else { throw .notAnArchive }
    guard let pointer = zip_open_from_source(source, ZIP_RDONLY, nil) else {
      zip_source_free(source)
      throw .notAnArchive
    }
    self.pointer = pointer
  }

  deinit { zip_discard(pointer) }

  /// The files in the archive; throws when one of them is a reason to refuse the archive.
  func entries() throws(ArchiveFault) -> [Entry] {
    let count = zip_get_num_entries(pointer, 0)
    guard count <= PackageFolder.entryLimit else { throw .tooManyEntries }
    var entries: [Entry] = []
    var paths: Set<String> = []
    var total: UInt64 = 0
    for index in 0..<UInt64(max(0, count)) {
      guard let entry = try entry(index) else { continue }
      guard paths.insert(entry.path).inserted else { throw .duplicate(entry.path) }
      total += UInt64(entry.size)
      guard total <= UInt64(Self.unpackedLimit) else { throw .unpacksTooLarge }
      entries.append(entry)
    }
    return entries
  }

  /// An entry; nil when it is a folder.
  private func entry(_ index: UInt64) throws(ArchiveFault) -> Entry? {
    let name = try name(index)
    guard let path = EntryName.path(of: name) else { throw .unsafePath(name) }
    var system: UInt8 = 0
    var attributes: UInt32 = 0
    guard zip_file_get_external_attributes(pointer, index, 0, &system, &attributes) == 0 else {
      throw .damaged(name)
    }
    // The kind of file, as Unix writes it: none given, a regular file or a folder.
    let kind = attributes >> 16 & 0xF000
    guard [0, 0x8000, 0x4000].contains(kind) else { throw .link(name) }
    var status = zip_stat_t()
    guard zip_stat_index(pointer, index, 0, &status) == 0,
      status.valid & UInt64(ZIP_STAT_SIZE) != 0, status.valid & UInt64(ZIP_STAT_COMP_SIZE) != 0
    else { throw .damaged(name) }
    if EntryName.isFolder(name) || kind == 0x4000 {
      guard status.size == 0 else { throw .damaged(name) }
      return nil
    }
    guard status.encryption_method == ZIP_EM_NONE else { throw .encrypted(name) }
    guard [UInt16(ZIP_CM_STORE), UInt16(ZIP_CM_DEFLATE)].contains(status.comp_method) else {
      throw .compression(name)
    }
    guard status.size <= UInt64(Self.unpackedLimit) else { throw .unpacksTooLarge }
    let isBomb = status.size / Self.ratioLimit > status.comp_size
    if isBomb, status.size > Self.ratioMatters { throw .bomb(name) }
    return Entry(index: index, path: path, size: Int(status.size))
  }

  private func name(_ index: UInt64) throws(ArchiveFault) -> String {
    guard let raw = zip_get_name(pointer, index, UInt32(ZIP_FL_ENC_RAW)) else {
      throw .damaged("#\(index + 1)")
    }
    let bytes = raw.withMemoryRebound(to: UInt8.self, capacity: strlen(raw)) {
      [UInt8](UnsafeBufferPointer(start: $0, count: strlen(raw)))
    }
    // What is not flagged as UTF-8 is CP437 by the letter of the standard, and comes back changed.
    let strict = zip_get_name(pointer, index, UInt32(ZIP_FL_ENC_STRICT))
    let isFlagged = strict.map { strcmp($0, raw) == 0 } ?? false
    guard let name = EntryName.decode(bytes, isFlaggedUTF8: isFlagged) else {
      throw .name("#\(index + 1)")
    }
    return name
  }

  /// The bytes of an entry, unpacked and found whole by their checksum.
  func bytes(of entry: Entry) throws(ArchiveFault) -> [UInt8] {
    guard let file = zip_fopen_index(pointer, entry.index, 0) else { throw .damaged(entry.path) }
    defer { zip_fclose(file) }
    let bytes = [UInt8](unsafeUninitializedCapacity: entry.size) { buffer, count in
      while count < entry.size, let start = buffer.baseAddress {
        let read = zip_fread(file, start + count, UInt64(entry.size - count))
        guard read > 0 else { return }
        count += Int(read)
      }
    }
    // Only reading on to the end compares the checksum, and tells of more bytes than were stated.
    var beyond: UInt8 = 0
    guard bytes.count == entry.size, zip_fread(file, &beyond, 1) == 0 else {
      throw .damaged(entry.path)
    }
    return bytes
  }

  /// A source with its own copy of bytes, which it frees.
  static func source(of bytes: [UInt8]) -> OpaquePointer? {
    guard let copy = malloc(max(1, bytes.count)) else { return nil }
    bytes.withUnsafeBytes { buffer in
      if let start = buffer.baseAddress { memcpy(copy, start, buffer.count) }
    }
    guard let source = zip_source_buffer_create(copy, UInt64(bytes.count), 1, nil) else {
      free(copy)
      return nil
    }
    return source
  }

  /// Whether any end record, which stands at the end before a comment, states too much.
  ///
  /// The extended records of large archives mark themselves here by the highest numbers.
  private static func statesTooManyEntries(_ bytes: [UInt8]) -> Bool {
    let record = 22
    guard bytes.count >= record else { return false }
    func number(at place: Int, bytes width: Int) -> UInt64 {
      (0..<width).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
    }
    let last = bytes.count - record
    for place in max(0, last - 65_535)...last where number(at: place, bytes: 4) == 0x0605_4B50 {
      if number(at: place + 10, bytes: 2) > UInt64(PackageFolder.entryLimit) { return true }
      if number(at: place + 12, bytes: 4) > directoryLimit { return true }
    }
    return false
  }
}

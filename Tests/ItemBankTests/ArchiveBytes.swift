import Foundation

/// A zip archive put together byte by byte, so that it can lie.
struct ArchiveBytes {
  /// An entry, stored without compression.
  struct Entry {
    var name: [UInt8]
    var content: [UInt8] = Array("<a/>".utf8)
    var flags: UInt16 = 0
    var method: UInt16 = 0
    /// The kind of file and its rights, as Unix writes them.
    var mode: UInt32 = 0o100644
    /// The size it states; its own when nil.
    var statedSize: UInt32?

    init(_ name: String) { self.name = Array(name.utf8) }
    init(name: [UInt8]) { self.name = name }
  }

  var entries: [Entry]

  /// The archive.
  var bytes: [UInt8] {
    var (files, directory): ([UInt8], [UInt8]) = ([], [])
    for entry in entries {
      let header = header(entry)
      directory += number(0x0201_4B50) + number(UInt16(0x0314)) + header
      directory += [UInt8](repeating: 0, count: 6) + number(entry.mode << 16)
      directory += number(UInt32(files.count)) + entry.name
      files += number(0x0403_4B50) + header + entry.name + entry.content
    }
    let count = number(UInt16(truncatingIfNeeded: entries.count))
    let end = number(0x0605_4B50) + [0, 0, 0, 0] + count + count
    return files + directory + end + number(UInt32(directory.count))
      + number(UInt32(files.count)) + [0, 0]
  }

  /// What the local header and the directory have in common.
  private func header(_ entry: Entry) -> [UInt8] {
    let size = UInt32(entry.content.count)
    return number(UInt16(20)) + number(entry.flags) + number(entry.method) + [0, 0, 0x21, 0]
      + number(checksum(entry.content)) + number(size) + number(entry.statedSize ?? size)
      + number(UInt16(entry.name.count)) + [0, 0]
  }

  private func number(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }

  private func number(_ signature: Int) -> [UInt8] { number(UInt32(signature)) }

  private func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
        sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1
      }
    }
  }
}

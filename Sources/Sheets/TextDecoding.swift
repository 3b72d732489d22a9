import Glibc

/// Text found in bytes that do not say how they are encoded.
///
/// Spreadsheets in China save CSV as UTF-8 with or without a byte order mark, as UTF-16 with one
/// (“Unicode 文本”), or as GB18030. Bytes that are valid UTF-8 are hardly ever meant as GB18030, so
/// the order of attempts is: byte order mark, strict UTF-8, GB18030.
enum TextDecoding {
  /// The text of some bytes without its byte order mark; nil when no encoding fits.
  static func decode(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return String(validating: bytes.dropFirst(3), as: UTF8.self)
    }
    if bytes.starts(with: [0xFF, 0xFE]) {
      return utf16(bytes.dropFirst(2), lowByteFirst: true)
    }
    if bytes.starts(with: [0xFE, 0xFF]) {
      return utf16(bytes.dropFirst(2), lowByteFirst: false)
    }
    return String(validating: bytes, as: UTF8.self) ?? gb18030(bytes)
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, lowByteFirst: Bool) -> String? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return lowByteFirst ? second << 8 | first : first << 8 | second
    }
    return String(validating: units, as: UTF16.self)
  }

  private static func gb18030(_ bytes: [UInt8]) -> String? {
    // iconv_open answers −1 when the system has no such table.
    guard let descriptor = iconv_open("UTF-8", "GB18030"),
      descriptor != UnsafeMutableRawPointer(bitPattern: -1)
    else { return nil }
    defer { iconv_close(descriptor) }
    // Two bytes of GB18030 become at most three of UTF-8, four become at most four.
    var output = [UInt8](repeating: 0, count: bytes.count * 3 / 2 + 4)
    let written = convert(bytes, into: &output, with: descriptor)
    return written.flatMap { String(validating: output.prefix($0), as: UTF8.self) }
  }

  /// Converts all of `bytes`; nil at the first byte that does not belong to the encoding.
  private static func convert(
    _ bytes: [UInt8], into output: inout [UInt8], with descriptor: iconv_t
  ) -> Int? {
    let capacity = output.count
    var input = bytes.map { CChar(bitPattern: $0) }
    return input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBytes { target in
        var next = source.baseAddress
        var remaining = source.count
        var out = target.bindMemory(to: CChar.self).baseAddress
        var room = capacity
        let result = iconv(descriptor, &next, &remaining, &out, &room)
        // −1 stands for any byte that does not belong, a cut-off character at the end included.
        return result == Int(bitPattern: UInt.max) ? nil : capacity - room
      }
    }
  }
}

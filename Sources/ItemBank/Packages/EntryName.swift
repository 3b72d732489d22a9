import Glibc

/// The name of a file in an archive, as strangers' programs write it.
enum EntryName {
  /// The text of a name.
  ///
  /// Archives made in China often carry GBK names without a word about it; others carry UTF-8
  /// without its flag. Bytes without the flag are UTF-8 when they read as such and hold a character
  /// from U+0800 on, as every Chinese one is; a few short GBK names would else pass for UTF-8.
  ///
  /// - Parameters:
  ///   - bytes: the name as it stands.
  ///   - isFlaggedUTF8: whether the archive says that it is UTF-8.
  /// - Returns: the text; nil when no encoding fits.
  static func decode(_ bytes: [UInt8], isFlaggedUTF8: Bool) -> String? {
    let text = String(validating: bytes, as: UTF8.self)
    if isFlaggedUTF8 { return text }
    if let text, bytes.allSatisfy({ $0 < 0x80 }) || text.unicodeScalars.contains(where: isWide) {
      return text
    }
    return gb18030(bytes) ?? text
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x800 }

  /// Whether a name is that of a folder.
  static func isFolder(_ name: String) -> Bool { name.hasSuffix("/") || name.hasSuffix("\\") }

  /// The path in the package that a name means.
  ///
  /// Some programs on Windows write `\` between folders, which is taken for `/`.
  ///
  /// - Parameter name: the name of an entry.
  /// - Returns: a path without `.`, or nil when it could leave the folder.
  static func path(of name: String) -> String? {
    let segments = name.replacing("\\", with: "/").split(
      separator: "/", omittingEmptySubsequences: false)
    guard let first = segments.first, !first.isEmpty, !first.contains(":"),
      !segments.contains("..")
    else { return nil }
    let kept = segments.filter { !$0.isEmpty && $0 != "." }
    // `./` alone is the folder itself.
    return kept.isEmpty && !isFolder(name) ? nil : kept.joined(separator: "/")
  }

  private static func gb18030(_ bytes: [UInt8]) -> String? {
    // iconv_open answers −1 when the system has no such table.
    guard let descriptor = iconv_open("UTF-8", "GB18030"),
      descriptor != UnsafeMutableRawPointer(bitPattern: -1)
    else { return nil }
    defer { iconv_close(descriptor) }
    // Two bytes of GB18030 become at most three of UTF-8, four become at most four.
    var output = [UInt8](repeating: 0, count: bytes.count * 3 / 2 + 4)
    let capacity = output.count
    var input = bytes.map { CChar(bitPattern: $0) }
    let written: Int? = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBytes { target in
        var (next, remaining) = (source.baseAddress, source.count)
        var (out, room) = (target.bindMemory(to: CChar.self).baseAddress, capacity)
        let result = iconv(descriptor, &next, &remaining, &out, &room)
        return result == Int(bitPattern: UInt.max) ? nil : capacity - room
      }
    }
    return written.flatMap { String(validating: output.prefix($0), as: UTF8.self) }
  }
}

import Diagnostics

/// Why an archive is refused as a whole.
///
/// The entry is named where there is one.
enum ArchiveFault: Error, Hashable {
  case tooLarge
  case notAnArchive
  case tooManyEntries
  case unpacksTooLarge
  case bomb(String)
  case unsafePath(String)
  case link(String)
  case duplicate(String)
  case encrypted(String)
  case compression(String)
  case name(String)
  case damaged(String)
}

extension Findings {
  /// Notes why an archive is refused.
  mutating func note(_ fault: ArchiveFault) {
    switch fault {
    case .tooLarge, .notAnArchive, .tooManyEntries, .unpacksTooLarge: noteArchive(fault)
    case .bomb, .unsafePath, .link, .duplicate, .encrypted, .compression, .name, .damaged:
      noteEntry(fault)
    }
  }

  private mutating func noteArchive(_ fault: ArchiveFault) {
    let split = Text("请把题库分成几个包。", "Split the bank into several packages.")
    switch fault {
    case .tooLarge:
      error(
        "archive-too-large", line: 0,
        Text("压缩包超过 64 MB。", "The archive is larger than 64 MB."), remedy: split)
    case .tooManyEntries:
      error(
        "too-many-entries", line: 0,
        Text("压缩包中的文件超过 10000 个。", "The archive has more than 10,000 entries."), remedy: split)
    case .unpacksTooLarge:
      error(
        "archive-too-large", line: 0,
        Text("解压后超过 256 MB。", "The archive unpacks to more than 256 MB."), remedy: split)
    default:
      error(
        "not-an-archive", line: 0,
        Text("文件不是 zip 压缩包，或已损坏。", "The file is no zip archive, or is damaged."),
        remedy: Text(
          "请重新打包为 zip；RAR 和 7z 改名不能用。",
          "Pack it as zip again; a RAR or 7z file with a new name will not do."))
    }
  }

  private mutating func noteEntry(_ fault: ArchiveFault) {
    let again = Text("请重新打包为普通的 zip。", "Pack it again as a plain zip.")
    switch fault {
    case .unsafePath(let name):
      note(.unsafe, href: name, line: 0)
    case .link(let name):
      entry(
        "symbolic-link", name, "压缩包中有链接或特殊文件", "The archive holds a link or a special file",
        Text("请放入文件本身，不放链接。", "Put the file itself in, not a link."))
    case .duplicate(let name):
      entry(
        "duplicate-path", name, "压缩包中同一路径出现两次", "The archive holds a path twice",
        Text("请只留一个文件。", "Leave only one of them."))
    case .encrypted(let name):
      entry(
        "encrypted", name, "压缩包中的文件加了密码", "A file in the archive has a password",
        Text("请不加密码重新打包。", "Pack it again without a password."))
    case .bomb(let name):
      entry(
        "compression-ratio", name, "文件的压缩比异常，可能是恶意文件",
        "A file unpacks to suspiciously many bytes", again)
    case .compression(let name):
      entry(
        "compression-method", name, "不支持文件的压缩方法", "A file is packed by an unknown method", again)
    case .name(let name):
      entry("entry-name", name, "文件名的编码无法识别", "The encoding of a file name is unknown", again)
    case .damaged(let name):
      entry("damaged-archive", name, "压缩包中的文件已损坏", "A file in the archive is damaged", again)
    case .tooLarge, .notAnArchive, .tooManyEntries, .unpacksTooLarge: return
    }
  }

  private mutating func entry(
    _ code: String, _ name: String, _ chinese: String, _ english: String, _ remedy: Text
  ) {
    error(
      code, line: 0, Text("\(chinese)：\(name.prefix(200))", "\(english): \(name.prefix(200))"),
      remedy: remedy)
  }
}

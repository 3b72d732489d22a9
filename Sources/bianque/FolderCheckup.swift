import Diagnostics
import Foundation
import ItemBank
import Storage

/// What `doctor` looks at in the data folder beside the database.
enum FolderCheckup {
  /// How much must be free at least, in bytes, so that days of answers and a backup have room.
  private static let leastFree = 512 << 20

  static func checks(folder: URL) -> [Checkup] {
    [key(folder), space(folder)]
  }

  private static func key(_ folder: URL) -> Checkup {
    let file = folder.appending(path: CodeKeyFile.name)
    guard FileManager.default.fileExists(atPath: file.path) else {
      return Checkup(
        "code-key", Text("没有登录码密钥。", "There is no key of sign-in codes."),
        remedy: Text(
          "从另外保存的地方放回 \(CodeKeyFile.name)。从未发过登录码的，启动服务会新建。",
          "Put \(CodeKeyFile.name) back from where it is kept. If no codes were ever given out, "
            + "starting the service makes one."))
    }
    do {
      _ = try CodeKeyFile.key(in: folder)
      let rights = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
      let isPrivate = ((rights as? NSNumber)?.intValue ?? 0) & 0o077 == 0
      return Checkup(
        "code-key",
        isPrivate
          ? Text("登录码密钥在，只有属主能读。", "The key is there, for its owner's eyes only.")
          : Text("登录码密钥别人也能读。", "Others can read the key of sign-in codes."),
        remedy: isPrivate
          ? nil
          : Text("chmod 600 \(file.path)", "chmod 600 \(file.path)"))
    } catch {
      return Checkup(
        "code-key",
        Text("\(CodeKeyFile.name) 读不了或不是密钥。", "\(CodeKeyFile.name) is unreadable or no key."),
        remedy: Text("从另外保存的地方放回密钥。", "Put the key back from where it is kept."))
    }
  }

  private static func space(_ folder: URL) -> Checkup {
    do {
      let volume = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
      let free = (volume[.systemFreeSize] as? NSNumber)?.intValue ?? 0
      let file = DatabaseFile(folder: folder).url.path
      let size =
        FileManager.default.fileExists(atPath: file)
        ? (try FileManager.default.attributesOfItem(atPath: file)[.size] as? NSNumber)?.intValue
          ?? 0
        : 0
      // Twice the database: as much again for a restore, and the write-ahead log.
      let isEnough = free >= max(leastFree, 2 * size)
      let megabytes = free >> 20
      return Checkup(
        "disk",
        Text("磁盘剩余 \(megabytes) MB。", "\(megabytes) MB are free on the disk."),
        remedy: isEnough
          ? nil
          : Text(
            "请腾出空间：至少 512 MB，并不少于数据库的两倍。",
            "Make room: at least 512 MB, and twice the size of the database."))
    } catch {
      return Checkup(
        "disk", Text("数据文件夹读不了。", "The data folder cannot be read."),
        remedy: Text("请检查 --data 和权限。", "Check --data and its rights."))
    }
  }
}

/// What `doctor` looks at in bank and courses.
enum ContentCheckup {
  static func checks(bank: URL, courses: URL) -> [Checkup] {
    do {
      let content = try PublishedContent(bank: bank, courses: courses)
      return [
        Checkup(
          "content",
          Text(
            "题库 \(content.bank.items.count) 题，方案 \(content.programmes.count) 个，没有错误。",
            "\(content.bank.items.count) items, \(content.programmes.count) programmes, no errors.")
        )
      ]
    } catch {
      let errors = error.diagnostics.filter { $0.severity == .error }
      let first = errors.first.map { $0.message } ?? Text("读不了。", "Unreadable.")
      return [
        Checkup(
          "content",
          Text(
            "题库或课程有 \(errors.count) 个错误，第一个：\(first.chinese)",
            "Bank or courses have \(errors.count) errors, the first: \(first.english)"),
          remedy: Text(
            "用 bianque bank check 逐条查看；检查 --bank 和 --courses。",
            "See them with bianque bank check; check --bank and --courses."))
      ]
    }
  }
}

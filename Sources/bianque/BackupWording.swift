import Diagnostics
import Storage

/// What a person is told when a backup cannot be made or restored.
enum BackupWording {
  /// One sentence with what is wrong and one with what to do.
  ///
  /// - Parameters:
  ///   - error: why.
  ///   - file: the backup's path as it was given.
  ///   - isRestore: whether the backup was to be restored.
  /// - Returns: the sentences.
  static func text(for error: any Error, file: String, isRestore: Bool) -> Text {
    switch error {
    case DatabaseFileError.missing where isRestore:
      Text("没有文件“\(file)”。什么都没有改。", "There is no file \"\(file)\". Nothing was changed.")
    case DatabaseFileError.missing:
      Text(
        "数据文件夹里没有数据库，请检查 --data。", "There is no database in the data folder; check --data.")
    case DatabaseFileError.alreadyThere where isRestore:
      Text(
        "数据文件夹里已经有数据库，什么都没有改。确实要换，请先停止服务，再加 --replace；旧的会留在旁边。",
        "There is a database in the data folder; nothing was changed. To replace it, stop the "
          + "service and add --replace; the old one is kept beside it.")
    case DatabaseFileError.alreadyThere:
      Text("文件已经存在：\(file)，请换一个名字。", "The file is there already: \(file). Choose another name.")
    case DatabaseFileError.foreign:
      Text(
        "“\(isRestore ? file : "数据库")”不是扁鹊的数据库。什么都没有改。",
        "\"\(isRestore ? file : "The database")\" is no database of Bianque. Nothing was changed.")
    case DatabaseFileError.newerSchema(let found, let known):
      Text(
        "文件由更新的版本写成（结构 \(found)，本程序认识到 \(known)），请用新版本。什么都没有改。",
        "The file was written by a newer version (schema \(found); this one knows \(known)). "
          + "Nothing was changed.")
    case DatabaseFileError.damaged(let inspection):
      damaged(inspection)
    case DatabaseFileError.unreadable:
      Text(
        "文件损坏，读不到底。请用另一份备份。",
        "The file is damaged and cannot be read to its end. Use another backup.")
    case DatabaseFileError.notTheSame:
      Text("副本的行数与原来不同，已删掉副本。请再试一次。", "The copy lacked rows and was removed. Try again.")
    case DatabaseFileError.inUse:
      Text(
        "服务正在使用这个数据库，什么都没有改。请先停止服务。",
        "A service is using this database; nothing was changed. Stop the service first.")
    default:
      Text(
        "读写不了文件，请检查路径、权限和磁盘空间。什么都没有改。",
        "A file cannot be read or written; check paths, rights and disk space. Nothing was changed."
      )
    }
  }

  private static func damaged(_ inspection: DatabaseInspection) -> Text {
    var (chinese, english): ([String], [String]) = ([], [])
    if !inspection.integrityFaults.isEmpty {
      chinese.append("页面损坏")
      english.append("damaged pages")
    }
    if inspection.brokenReferences > 0 {
      chinese.append("\(inspection.brokenReferences) 处引用落空")
      english.append("\(inspection.brokenReferences) references to nothing")
    }
    let objects = inspection.missingObjects + inspection.strangeObjects
    if !objects.isEmpty {
      chinese.append("结构与版本不符（\(objects.joined(separator: "、"))）")
      english.append("a schema that is not its version's (\(objects.joined(separator: ", ")))")
    }
    if let position = inspection.audit?.firstBrokenPosition {
      chinese.append("审计日志第 \(position) 条被改动或缺失")
      english.append("line \(position) of the audit log changed or missing")
    }
    if !inspection.missingPublications.isEmpty {
      chinese.append("缺少已发布的内容")
      english.append("published content missing")
    }
    return Text(
      "数据库有问题：\(chinese.joined(separator: "；"))。什么都没有改；请用 bianque doctor 查看。",
      "The database is not whole: \(english.joined(separator: "; ")). Nothing was changed; see "
        + "bianque doctor.")
  }
}

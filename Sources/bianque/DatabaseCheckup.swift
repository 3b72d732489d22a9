import Diagnostics
import Foundation
import Storage

/// What `doctor` looks at in the database.
enum DatabaseCheckup {
  private static let restore = Text(
    "停止服务，用 bianque restore --replace 恢复最近的备份。",
    "Stop the service and restore the newest backup with bianque restore --replace.")

  static func checks(folder: URL, now: Date) -> [Checkup] {
    let file = DatabaseFile(folder: folder)
    guard file.exists else {
      return [
        Checkup(
          "database", Text("数据文件夹里没有数据库。", "There is no database in the data folder."),
          remedy: Text(
            "请检查 --data；第一次运行 bianque serve 会建立数据库。",
            "Check --data; the first bianque serve makes one."))
      ]
    }
    do {
      let inspection = try file.inspect()
      return opened(inspection) + [durability(of: file)] + content(inspection)
        + [clock(inspection, now: now)]
    } catch {
      return [unreadable(error)]
    }
  }

  private static func unreadable(_ error: any Error) -> Checkup {
    if case DatabaseFileError.newerSchema(let found, let known) = error {
      return Checkup(
        "schema",
        Text(
          "数据库由更新的版本写成（结构 \(found)，本程序认识到 \(known)）。",
          "A newer version wrote the database (schema \(found); this one knows \(known))."),
        remedy: Text("请换用新版本的程序。", "Use the newer version of the program."))
    }
    return Checkup(
      "database",
      Text("数据库打不开或读不到底。", "The database cannot be opened or read to its end."),
      remedy: Text(
        "请检查文件权限；文件损坏就用 bianque restore --replace 恢复备份。",
        "Check the file's rights; if it is damaged, restore a backup with bianque restore --replace."
      ))
  }

  private static func opened(_ inspection: DatabaseInspection) -> [Checkup] {
    let rows = inspection.rowCounts.values.reduce(0, +)
    let objects = inspection.missingObjects + inspection.strangeObjects
    return [
      Checkup("database", Text("打开了，共 \(rows) 行。", "Opened; \(rows) rows.")),
      Checkup(
        "schema",
        Text("结构版本 \(inspection.schemaVersion)。", "Schema version \(inspection.schemaVersion).")),
      Checkup(
        "schema-objects",
        objects.isEmpty
          ? Text("表、索引和触发器都在。", "Tables, indices and triggers are all there.")
          : Text(
            "与版本不符：\(objects.joined(separator: "、"))。",
            "Not as the version has it: \(objects.joined(separator: ", "))."),
        remedy: objects.isEmpty ? nil : restore),
      Checkup(
        "integrity",
        inspection.integrityFaults.isEmpty
          ? Text("完整。", "Whole.")
          : Text(
            "损坏：\(inspection.integrityFaults[0])", "Damaged: \(inspection.integrityFaults[0])"),
        remedy: inspection.integrityFaults.isEmpty ? nil : restore),
      Checkup(
        "foreign-keys",
        Text(
          "\(inspection.brokenReferences) 处引用落空。",
          "\(inspection.brokenReferences) references to nothing."),
        remedy: inspection.brokenReferences == 0 ? nil : restore),
    ]
  }

  private static func durability(of file: DatabaseFile) -> Checkup {
    do {
      try file.checkDurability()
      return Checkup(
        "durability", Text("写入等到进了磁盘才算数（FULL）。", "Commits wait for the disk (FULL)."))
    } catch {
      return Checkup(
        "durability",
        Text("不能按 synchronous=FULL 写入。", "It cannot be written to with synchronous=FULL."),
        remedy: Text(
          "请检查数据文件夹的权限和磁盘；只读或网络磁盘不能用。",
          "Check the folder's rights and disk; a read-only or network disk will not do."))
    }
  }

  private static func content(_ inspection: DatabaseInspection) -> [Checkup] {
    var checks: [Checkup] = []
    if let audit = inspection.audit {
      checks.append(
        Checkup(
          "audit",
          audit.firstBrokenPosition.map {
            Text("第 \($0) 条被改动或缺失。", "Line \($0) is missing or not as it was written.")
          } ?? Text("\(audit.intactEvents) 条，都完整。", "\(audit.intactEvents) lines, all whole."),
          remedy: audit.firstBrokenPosition.map { _ in
            Text(
              "有人绕过程序改过数据库：保留现场，与备份对比。",
              "Somebody changed the database around the program: keep it, compare it with backups.")
          }))
    }
    let missing = inspection.missingPublications
    checks.append(
      Checkup(
        "publications",
        missing.isEmpty
          ? Text(
            "测评和计划用到的题库和课程都在。", "Every bank and catalogue that is referred to is there.")
          : Text(
            "缺少：\(missing.joined(separator: "、"))。", "Missing: \(missing.joined(separator: ", "))."),
        remedy: missing.isEmpty ? nil : restore))
    return checks
  }

  private static func clock(_ inspection: DatabaseInspection, now: Date) -> Checkup {
    // A minute of difference between machines is nothing.
    let isBehind = inspection.newestTime.map { now < $0 - 60 } ?? false
    return Checkup(
      "clock",
      isBehind
        ? Text("系统时间早于数据库里最新的记录。", "The clock is behind the newest record.")
        : Text("系统时间不早于最新的记录。", "The clock is not behind the newest record."),
      remedy: isBehind ? Text("请校准系统时间（NTP）。", "Set the clock (NTP).") : nil)
  }
}

import Foundation
import TestSupport
import Testing

/// Backup, restore, doctor and retention as a person calls them.
struct SafetyCommandTests {
  /// A folder with a database in `data`, made by the command.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = try Project.temporaryFolder()
    let sheet = folder.appending(path: "单位.csv")
    try Data("单位名称,类型,上级单位\n示范县,区县,\n".utf8).write(to: sheet)
    let data = folder.appending(path: "data").path
    #expect(try Command(["roster", "import", sheet.path, "--data", data]).status == 0)
    try body(folder)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func `a backup says what it checked and that the key is not in it`() throws {
    try withFolder { folder in
      let (data, file) = (folder.appending(path: "data").path, folder.appending(path: "b.sqlite"))
      let made = try Command(["backup", "--to", file.path, "--data", data])
      #expect(made.status == 0)
      let report = try #require(try made.json() as? [String: Any])
      #expect(report["codeKeyIncluded"] as? Bool == false)
      let database = try #require(report["database"] as? [String: Any])
      #expect(database["integrity"] as? [String] == ["ok"])
      #expect((database["rows"] as? [String: Int])?["unit"] == 1)
      #expect(made.errors.contains("code.key"))
      let again = try Command(["backup", "--to", file.path, "--data", data])
      #expect(again.status == 1 && again.errors.contains("文件已经存在"))
      let none = try Command(
        ["backup", "--to", file.path + "2", "--data", folder.path + "/none"])
      #expect(none.status == 1 && none.errors.contains("没有数据库"))
    }
  }

  @Test func `a restore refuses what it must, in both languages, and says how to go on`() throws {
    try withFolder { folder in
      let (data, file) = (folder.appending(path: "data").path, folder.appending(path: "b.sqlite"))
      _ = try Command(["backup", "--to", file.path, "--data", data])
      let there = try Command(["restore", file.path, "--data", data])
      #expect(there.status == 1 && there.errors.contains("--replace"))
      let noise = folder.appending(path: "noise")
      try Data(String(repeating: "noise", count: 999).utf8).write(to: noise)
      let foreign = try Command(
        ["restore", noise.path, "--data", folder.path + "/new"],
        environment: ["LC_ALL": "en_GB.UTF-8"])
      #expect(foreign.status == 1 && foreign.errors.contains("is no database of Bianque"))
      let replaced = try Command(["restore", file.path, "--data", data, "--replace"])
      #expect(replaced.status == 0)
      let report = try #require(try replaced.json() as? [String: Any])
      let kept = try #require(report["replaced"] as? String)
      #expect(FileManager.default.fileExists(atPath: kept))
    }
  }

  @Test func `the doctor names each fault with a remedy and ends with 1`() throws {
    try withFolder { folder in
      let data = folder.appending(path: "data")
      let key = data.appending(path: "code.key")
      let found = { () throws -> (status: Int32, faults: Set<String>) in
        let command = try Command(["doctor", "--json", "--data", data.path])
        let report = try #require(try command.json() as? [String: Any])
        let checks = try #require(report["checks"] as? [[String: Any]])
        let faults = checks.filter { $0["ok"] as? Bool == false }
        #expect(faults.allSatisfy { ($0["remedy"] as? String)?.isEmpty == false })
        return (command.status, Set(faults.compactMap { $0["check"] as? String }))
      }
      #expect(try found().faults.contains("code-key"))
      #expect(
        FileManager.default.createFile(
          atPath: key.path, contents: Data(repeating: 7, count: 32),
          attributes: [.posixPermissions: 0o600]))
      let well = try found()
      #expect(well.status == 0 && well.faults.isEmpty, "\(well.faults)")
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key.path)
      let open = try found()
      #expect(open.status == 1 && open.faults == ["code-key"])
      let database = data.appending(path: "bianque.sqlite")
      let content = try Data(contentsOf: database)
      try (content.prefix(100) + Data(repeating: 0xA5, count: 6_000) + content.dropFirst(6_100))
        .write(to: database)
      #expect(try found().status == 1)
    }
  }

  @Test func `retention counts in a dry run and refuses a senseless cycle`() throws {
    try withFolder { folder in
      let data = folder.appending(path: "data").path
      let dry = try Command(["retention", "run", "--dry-run", "--data", data])
      #expect(dry.status == 0)
      let report = try #require(try dry.json() as? [String: Any])
      #expect(report["kept"] as? Bool == false)
      #expect((report["outcome"] as? [String: Int])?["persons"] == 0)
      let wrong = try Command(
        ["retention", "run", "--data", data], environment: ["BIANQUE_CYCLE_YEARS": "never"])
      #expect(wrong.status == 78 && wrong.errors.contains("BIANQUE_CYCLE_YEARS"))
    }
  }
}

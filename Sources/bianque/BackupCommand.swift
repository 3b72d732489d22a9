import ArgumentParser
import Diagnostics
import Foundation
import Storage

/// `bianque backup`: a checked copy of the database, while the service runs.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "服务运行中备份数据库并核对。Copies the database while serving, and checks the copy.",
    discussion:
      "登录码密钥 code.key 不在备份里，请另外保存。The key of sign-in codes, code.key, is not in it: keep it apart.")

  @Option(help: "写到哪个文件；已有的不覆盖。The file to write; one that is there is kept.")
  var to: String
  @Option(help: "数据文件夹，缺省 data。The data folder.")
  var data = "data"

  struct Answer: Encodable {
    var file: String
    var bytes: Int
    var database: InspectionAnswer
    var codeKeyIncluded = false
  }

  func run() throws {
    let terminal = Terminal.current
    let folder = URL(filePath: data, directoryHint: .isDirectory)
    let target = DatabaseFile(URL(filePath: to))
    do {
      let inspection = try DatabaseFile(folder: folder).backUp(to: target, at: Date())
      let size = try FileManager.default.attributesOfItem(atPath: target.url.path)[.size]
      try terminal.answer(
        Answer(
          file: to, bytes: (size as? NSNumber)?.intValue ?? 0,
          database: InspectionAnswer(inspection)))
      terminal.say(
        terminal(
          Text(
            "备份里没有登录码密钥：请把 \(folder.appending(path: CodeKeyFile.name).path) 另外保存在别处。",
            "The key of sign-in codes is not in the backup: keep "
              + "\(folder.appending(path: CodeKeyFile.name).path) apart, elsewhere.")))
    } catch {
      terminal.say(terminal(BackupWording.text(for: error, file: to, isRestore: false)))
      throw ExitCode(Exit.refused)
    }
  }
}

/// What is told of a database file that was looked at.
struct InspectionAnswer: Encodable {
  struct Audit: Encodable {
    var intactEvents: Int
    var firstBrokenPosition: Int?
    var lastHash: String
  }

  var schemaVersion: Int
  var integrity: [String]
  var brokenReferences: Int
  var missingObjects: [String]
  var strangeObjects: [String]
  var missingPublications: [String]
  var rows: [String: Int]
  var audit: Audit?

  init(_ inspection: DatabaseInspection) {
    schemaVersion = inspection.schemaVersion
    integrity = inspection.integrityFaults.isEmpty ? ["ok"] : inspection.integrityFaults
    brokenReferences = inspection.brokenReferences
    missingObjects = inspection.missingObjects
    strangeObjects = inspection.strangeObjects
    missingPublications = inspection.missingPublications
    rows = inspection.rowCounts
    audit = inspection.audit.map {
      Audit(
        intactEvents: $0.intactEvents, firstBrokenPosition: $0.firstBrokenPosition,
        lastHash: $0.lastHash)
    }
  }
}

import ArgumentParser
import Diagnostics
import Foundation
import Storage

/// `bianque restore`: puts a backup in the place of a data folder's database, all or nothing.
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "核对备份并恢复，要么全部要么不动。Checks a backup and restores it, all or nothing.")

  @Argument(help: "备份文件。The backup.")
  var file: String
  @Option(help: "数据文件夹，缺省 data。The data folder.")
  var data = "data"
  @Flag(help: "换掉已有的数据库；旧的留在旁边。Replaces a database that is there; it is kept beside.")
  var replace = false

  struct Answer: Encodable {
    var restored: String
    var replaced: String?
    var database: InspectionAnswer
    var codeKeyPresent: Bool
  }

  func run() throws {
    let terminal = Terminal.current
    let folder = URL(filePath: data, directoryHint: .isDirectory)
    do {
      let done = try DatabaseFile(URL(filePath: file)).restore(
        into: folder, replaces: replace, at: Date())
      let hasKey = FileManager.default.fileExists(
        atPath: folder.appending(path: CodeKeyFile.name).path)
      try terminal.answer(
        Answer(
          restored: DatabaseFile(folder: folder).url.path, replaced: done.replaced?.path,
          database: InspectionAnswer(done.inspection), codeKeyPresent: hasKey))
      if !hasKey, done.inspection.rowCounts["sign_in_code", default: 0] > 0 {
        terminal.say(
          terminal(
            Text(
              "数据文件夹里没有 \(CodeKeyFile.name)：请在启动前放回原来的密钥，否则已发的登录码全部失效。",
              "There is no \(CodeKeyFile.name) in the data folder: put the old key back before you "
                + "start the service, or every code that was given out is void.")))
      }
    } catch {
      terminal.say(terminal(BackupWording.text(for: error, file: file, isRestore: true)))
      throw ExitCode(Exit.refused)
    }
  }
}

import ArgumentParser
import Diagnostics
import Foundation
import ItemBank

/// `bianque bank export`: takes a bank elsewhere as a QTI 3.0 package.
struct BankExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "把题库导出为 QTI 3.0 压缩包。Exports the bank as a QTI 3.0 package.")

  @Option(help: "题库文件夹，缺省 ItemBank。The folder of the item bank.")
  var bank = "ItemBank"
  @Option(help: "写到哪个 .zip 文件；已有的不覆盖。The .zip file to write; one that is there is kept.")
  var to: String
  @Option(help: "只导出这些题，用逗号分开。Only these items, separated by commas.")
  var items: String?
  @Flag(help: "连同题目参数。With the statistics of the items.")
  var usage = false

  func run() throws {
    let terminal = Terminal.current
    let target = URL(filePath: to)
    guard !FileManager.default.fileExists(atPath: target.path) else {
      terminal.say(terminal(Text("文件已经存在：\(to)", "The file is there already: \(to)")))
      throw ExitCode(Exit.refused)
    }
    let wanted = items.map { list in
      Set(
        list.split(separator: ",").map {
          AssessmentItem.ID(rawValue: $0.trimmingCharacters(in: .whitespaces))
        })
    }
    let source = PackageFiles(folder: URL(filePath: bank, directoryHint: .isDirectory))
    let (selected, diagnostics) = source.selecting(
      PackageSelection(items: wanted, includesUsage: usage))
    guard let selected, !diagnostics.contains(where: { $0.severity == .error }) else {
      terminal.say(diagnostics)
      throw ExitCode(Exit.refused)
    }
    do {
      try Data(try PackageWriter.archive(selected)).write(to: target, options: .withoutOverwriting)
    } catch {
      terminal.say(
        terminal(Text("写不了文件：\(to)", "The file cannot be written: \(to)")))
      throw ExitCode(Exit.refused)
    }
    let read = BankReader.read(selected).bank
    try terminal.answer(
      ExportAnswer(
        items: read?.items.count ?? 0, stimuli: read?.stimuli.count ?? 0,
        files: selected.paths.count))
  }
}

/// What `bank export` prints.
struct ExportAnswer: Encodable {
  var items: Int
  var stimuli: Int
  var files: Int
}

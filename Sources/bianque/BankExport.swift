import ArgumentParser
import Diagnostics
import Foundation
import ItemBank
import Storage

/// `bianque bank export`: takes a bank elsewhere as a QTI package.
struct BankExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "把题库导出为 QTI 压缩包。Exports the bank as a QTI package.")

  @Option(help: "题库文件夹，缺省 ItemBank。The folder of the item bank.")
  var bank = "ItemBank"
  @Option(help: "改为导出这个数据文件夹里使用中的题库。Exports the bank in service in this data folder instead.")
  var data: String?
  @Option(
    name: .customLong("private"),
    help: "与 --data 同用：机构自己的题库。With --data: the institution's own bank.")
  var privateName: String?
  @Option(help: "QTI 版本：3.0、2.2 或 2.1。The version of QTI: 3.0, 2.2 or 2.1.")
  var qti = "3.0"
  @Option(help: "写到哪个 .zip 文件；已有的不覆盖。The .zip file to write; one that is there is kept.")
  var to: String
  @Option(help: "只导出这些题，用逗号分开。Only these items, separated by commas.")
  var items: String?
  @Flag(help: "连同题目参数。With the statistics of the items.")
  var usage = false

  func validate() throws {
    if AssessmentItem.Version(rawValue: qti) == nil {
      throw ValidationError("--qti 是 3.0、2.2 或 2.1。--qti is 3.0, 2.2 or 2.1.")
    }
  }

  func run() async throws {
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
    let selection = PackageSelection(items: wanted, includesUsage: usage)
    let selected = try selected(selection, from: try await source(terminal), terminal)
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

extension BankExport {
  /// The files of the bank that is exported.
  private func source(_ terminal: Terminal) async throws -> PackageFiles {
    guard let data else {
      return PackageFiles(folder: URL(filePath: bank, directoryHint: .isDirectory))
    }
    do {
      let store = try Composition.openStore(in: URL(filePath: data, directoryHint: .isDirectory))
      let name = privateName.map { BankName(rawValue: $0) } ?? .public
      if let version = try await store.bankInService(name) {
        return PackageFiles(
          try await store.publishedFiles(.bank, version: version.rawValue), name: data)
      }
      terminal.say(
        terminal(Text("\(data) 里没有这个题库。", "There is no such bank in \(data).")))
      throw ExitCode(Exit.refused)
    } catch let error as ConfigurationError {
      for fault in error.faults { terminal.say(terminal(fault)) }
      throw ExitCode(Exit.configuration)
    }
  }

  /// The files that go into the package, in the version asked for.
  private func selected(
    _ selection: PackageSelection, from source: PackageFiles, _ terminal: Terminal
  ) throws -> PackageFiles {
    var (files, diagnostics) = source.selecting(selection)
    if let version = AssessmentItem.Version(rawValue: qti), let taken = files,
      !diagnostics.areErrors
    {
      let (written, found) = taken.written(in: version)
      files = written
      diagnostics += found
    }
    guard let files, !diagnostics.areErrors else {
      terminal.say(diagnostics)
      throw ExitCode(Exit.refused)
    }
    return files
  }
}

extension [Diagnostic] {
  /// Whether content with these faults cannot be used.
  var areErrors: Bool { contains { $0.severity == .error } }
}

/// What `bank export` prints.
struct ExportAnswer: Encodable {
  var items: Int
  var stimuli: Int
  var files: Int
}

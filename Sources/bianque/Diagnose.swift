import ArgumentParser
import Diagnostics
import Foundation

/// `bianque diagnose`: the posterior for scores, given items and prior.
struct Diagnose: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "由得分、题目参数和先验算出各能力点的后验。The posterior for scores, items and prior.")

  @Argument(help: "请求文件（JSON）。The request (JSON).")
  var request: String

  func run() throws {
    let terminal = Terminal.current
    try RequestFile(path: request, terminal: terminal).answered { data in
      try terminal.answer(try DiagnoseRequest.read(data).answer())
    }
  }
}

/// A request in a file, and what is said when it cannot be answered.
struct RequestFile {
  let path: String
  let terminal: Terminal

  /// Reads the file and answers it.
  ///
  /// - Throws: the exit code for a refused request, after the reason was said.
  func answered(_ answer: (Data) throws -> Void) throws {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      terminal.say(terminal(Text("读不了文件：\(path)", "The file cannot be read: \(path)")))
      throw ExitCode(Exit.refused)
    }
    do {
      try answer(data)
    } catch let error as RequestError {
      terminal.say("\(path): \(error.description(inChinese: terminal.isChinese))")
      throw ExitCode(Exit.refused)
    }
  }
}

import ArgumentParser
import Diagnostics
import Foundation
import Psychometrics

/// A file of scores, read as a stream.
struct ResponseFile {
  let path: String
  let terminal: Terminal

  /// Reads the file.
  ///
  /// - Throws: the exit code for refused content, after the reason was said.
  func read(weights: String? = nil, groups: String? = nil) throws -> ResponseTable {
    var reader = ResponseTableReader(weightColumn: weights, groupColumn: groups)
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      while let part = try file.read(upToCount: 1 << 20), !part.isEmpty {
        try part.withUnsafeBytes { try reader.read($0) }
      }
      try file.close()
      return try reader.finish()
    } catch let error as ResponseTableError {
      terminal.say([diagnostic(of: error)])
    } catch {
      terminal.say(terminal(Text("读不了文件：\(path)", "The file cannot be read: \(path)")))
    }
    throw ExitCode(Exit.refused)
  }

  private func diagnostic(of error: ResponseTableError) -> Diagnostic {
    switch error {
    case .empty:
      Diagnostic(
        "empty-file", file: path, message: Text("文件是空的。", "The file is empty."),
        remedy: Text(
          "第一行写题目编号，以后每行一名受测者的得分。",
          "Put the items' names on the first line and one person's scores on each line after it."))
    case .notText:
      Diagnostic(
        "not-text", file: path, line: 1,
        message: Text("文件不是 UTF-8 文本。", "The file is not UTF-8 text."),
        remedy: Text("另存为 UTF-8 编码的 CSV。", "Save it as CSV in UTF-8."))
    case .noSuchColumn(let name):
      Diagnostic(
        "no-such-column", file: path, line: 1,
        message: Text("没有名为“\(name)”的列。", "There is no column named \"\(name)\"."),
        remedy: Text("核对第一行的列名。", "Compare with the names on the first line."))
    case .noRows:
      Diagnostic(
        "no-rows", file: path, message: Text("只有题目行，没有得分。", "There are no rows of scores."),
        remedy: Text("每名受测者写一行得分。", "Write one row of scores a person."))
    }
  }
}

import ArgumentParser
import Diagnostics
import Foundation
import Psychometrics

/// Reads the files of `simulate adaptive`; what cannot be read ends the command with the reason.
struct AdaptiveFiles {
  let terminal: Terminal

  /// The items of a bank: columns a, b, and if given c and d.
  func items(_ path: String) throws -> [LogisticItem] {
    let sheet = try sheet(path)
    let names = sheet.columns.map { $0.name.lowercased() }
    func place(_ name: String) -> Int? { names.firstIndex(of: name) }
    guard let slope = place("a"), let difficulty = place("b") else {
      throw refusal(
        path, line: 1,
        Text("表头应有 a 和 b 两列。", "The header must have the columns a and b."))
    }
    let asymptotes = (place("c"), place("d"))
    return try (0..<sheet.rowCount).map { row in
      let line = sheet.lines[row]
      func number(_ column: Int?, otherwise: Double?) throws -> Double {
        let label = column.flatMap { sheet.columns[$0].label(row) }
        guard let value = label.map({ Double($0) }) ?? otherwise, value.isFinite,
          value.magnitude <= 1e6
        else {
          throw refusal(
            path, line: line, Text("题目参数应为数值。", "An item's parameters must be numbers."))
        }
        return value
      }
      do {
        return try LogisticItem(
          discrimination: try number(slope, otherwise: nil),
          difficulty: try number(difficulty, otherwise: nil),
          lowerAsymptote: try number(asymptotes.0, otherwise: 0),
          upperAsymptote: try number(asymptotes.1, otherwise: 1))
      } catch is ItemParameterError {
        throw refusal(
          path, line: line,
          Text("应有 0 ≤ c < d ≤ 1。", "The asymptotes must satisfy 0 ≤ c < d ≤ 1."))
      }
    }
  }

  /// Each person's answers: 0, 1 or missing.
  func answers(_ path: String, itemCount: Int) throws -> [[Int16]] {
    let sheet = try sheet(path)
    guard sheet.columns.count == itemCount else {
      throw refusal(
        path, line: 1,
        Text(
          "题库有 \(itemCount) 道题，作答有 \(sheet.columns.count) 列。",
          "The bank has \(itemCount) items, the responses \(sheet.columns.count) columns."))
    }
    return try (0..<sheet.rowCount).map { row in
      try sheet.columns.enumerated().map { place, column in
        guard let label = column.label(row) else { return ScoreTable.missing }
        guard let score = Double(label), score == 0 || score == 1 else {
          throw refusal(
            path, line: sheet.lines[row],
            Text(
              "第 \(place + 1) 列的得分“\(label)”不是 0 或 1。",
              "The score \"\(label)\" in column \(place + 1) is neither 0 nor 1."))
        }
        return Int16(score)
      }
    }
  }

  private func sheet(_ path: String) throws -> ResponseSheet {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      terminal.say(terminal(Text("读不了文件：\(path)", "The file cannot be read: \(path)")))
      throw ExitCode(Exit.refused)
    }
    let sheet = ResponseSheet.read(data, file: path)
    let errors = sheet.faults.all.filter { $0.severity == .error }
    guard errors.isEmpty else {
      terminal.say(errors)
      throw ExitCode(Exit.refused)
    }
    return sheet
  }

  private func refusal(_ path: String, line: Int, _ message: Text) -> ExitCode {
    terminal.say("\(path):\(line): \(terminal(message))")
    return ExitCode(Exit.refused)
  }
}

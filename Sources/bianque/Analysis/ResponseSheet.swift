import Diagnostics
import Foundation

/// Answers as a table of labels: a header of column names, and a row for each person.
///
/// Every column keeps each of its labels once and a small number for each row, so that a file of
/// hundreds of thousands of persons takes a few bytes a cell.
struct ResponseSheet {
  /// A column of the file.
  struct Column {
    /// Its name in the header.
    var name: String
    /// The labels that occur, in the order they first do.
    var labels: [String] = []
    /// For each row the place of its label in ``labels``; −1 where the cell is empty.
    var codes: [Int32] = []
    private var known: [String: Int32] = [:]

    init(name: String) { self.name = name }

    /// The label in a row; nil where the cell is empty.
    func label(_ row: Int) -> String? { codes[row] < 0 ? nil : labels[Int(codes[row])] }

    /// Adds a cell.
    mutating func append(_ label: String) {
      if label.isEmpty || ResponseSheet.missingWords.contains(label) {
        codes.append(-1)
      } else if let code = known[label] {
        codes.append(code)
      } else {
        known[label] = Int32(labels.count)
        codes.append(Int32(labels.count))
        labels.append(label)
      }
    }
  }

  /// What is written for an answer that is missing, beside nothing.
  static let missingWords: Set<String> = ["NA", "NaN", "nan", "null", "."]

  /// The columns, in the file's order.
  var columns: [Column]
  /// The line each row stands on, from 1.
  var lines: [Int] = []
  /// What is wrong with the file.
  var faults: FaultList

  /// How many rows there are.
  var rowCount: Int { lines.count }

  /// Reads a CSV file: comma-separated, or by tabs or semicolons when the header has no comma.
  ///
  /// - Parameters:
  ///   - data: the file's bytes, in UTF-8.
  ///   - file: the file's name, for the diagnostics.
  /// - Returns: the sheet with its faults; rows with a wrong number of cells are left out.
  static func read(_ data: Data, file: String) -> ResponseSheet {
    var sheet = ResponseSheet(columns: [], faults: FaultList(file: file))
    var bytes = [UInt8](data)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0) {
      sheet.faults.add(.unknownEncoding(line: 0), line: 0, column: 0)
      return sheet
    }
    sheet.readRows(bytes)
    return sheet
  }

  private mutating func readRows(_ bytes: [UInt8]) {
    var reader = CellReader(bytes: bytes)
    while let row = reader.nextRow() {
      if row.cells.allSatisfy(\.isEmpty), row.cells.count <= 1 { continue }
      if columns.isEmpty {
        readHeader(row, separator: reader.separator)
        if columns.isEmpty { return }
      } else if row.cells.count == columns.count {
        for (place, cell) in row.cells.enumerated() { columns[place].append(cell) }
        lines.append(row.line)
        if columns.allSatisfy({ $0.codes.last == -1 }) {
          faults.add(.emptyRow, line: row.line, column: 0)
        }
      } else {
        faults.add(
          .wrongNumberOfCells(found: row.cells.count, expected: columns.count), line: row.line,
          column: min(row.cells.count, columns.count) + 1)
      }
    }
    if let line = reader.unclosedQuote { faults.add(.unclosedQuote, line: line, column: 0) }
    if let line = reader.notUTF8 {
      faults.add(.unknownEncoding(line: line), line: line, column: 0)
    }
    if columns.isEmpty { faults.add(.empty, line: 0, column: 0) }
  }

  private mutating func readHeader(_ row: CellReader.Row, separator: UInt8) {
    if separator != UInt8(ascii: ",") {
      faults.add(.otherSeparator, line: row.line, column: 0)
    }
    var seen: Set<String> = []
    for (place, name) in row.cells.enumerated() {
      if name.isEmpty {
        faults.add(.emptyColumnName, line: row.line, column: place + 1)
      } else if !seen.insert(name).inserted {
        faults.add(.duplicateColumn(name), line: row.line, column: place + 1)
      }
    }
    columns = row.cells.map { Column(name: $0) }
  }
}

/// Splits the bytes of a CSV file into rows of cells.
struct CellReader {
  /// A row.
  struct Row {
    /// The line it begins on, from 1.
    var line: Int
    /// Its cells, trimmed.
    var cells: [String]
  }

  /// What stands between cells.
  let separator: UInt8
  /// The line of a quote that was never closed.
  private(set) var unclosedQuote: Int?
  /// The first line that is not UTF-8.
  private(set) var notUTF8: Int?
  private let bytes: [UInt8]
  private var place = 0
  private var line = 1

  init(bytes: [UInt8]) {
    self.bytes = bytes
    let header = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
    separator = candidates.first { header.contains($0) } ?? UInt8(ascii: ",")
  }

  /// The next row; nil at the end.
  mutating func nextRow() -> Row? {
    guard place < bytes.count else { return nil }
    let start = line
    var cells: [String] = []
    while true {
      cells.append(nextCell())
      guard place < bytes.count else { break }
      let end = bytes[place]
      place += 1
      if end == separator {
        if place == bytes.count { cells.append("") }
        if place < bytes.count { continue }
        break
      }
      if end == UInt8(ascii: "\r"), place < bytes.count, bytes[place] == UInt8(ascii: "\n") {
        place += 1
      }
      line += 1
      break
    }
    return Row(line: start, cells: cells)
  }

  /// Reads up to the next separator or line end, and stays before it.
  private mutating func nextCell() -> String {
    while place < bytes.count, bytes[place] == UInt8(ascii: " ") { place += 1 }
    if place < bytes.count, bytes[place] == UInt8(ascii: "\"") { return quotedCell() }
    let start = place
    while place < bytes.count, !endsCell(bytes[place]) { place += 1 }
    return text(bytes[start..<place])
  }

  private mutating func quotedCell() -> String {
    let start = line
    place += 1
    var content: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") {
        guard place < bytes.count, bytes[place] == byte else {
          while place < bytes.count, !endsCell(bytes[place]) { place += 1 }
          return text(content[...])
        }
        place += 1
      } else if byte == UInt8(ascii: "\n") {
        line += 1
      }
      content.append(byte)
    }
    unclosedQuote = unclosedQuote ?? start
    return text(content[...])
  }

  private func endsCell(_ byte: UInt8) -> Bool {
    byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private mutating func text(_ slice: ArraySlice<UInt8>) -> String {
    var slice = slice
    while let last = slice.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") {
      slice.removeLast()
    }
    if let text = String(validating: slice, as: UTF8.self) { return text }
    notUTF8 = notUTF8 ?? line
    return String(decoding: slice, as: UTF8.self)
  }
}

public import Diagnostics
import SwiftCSV

extension Sheet {
  /// The most bytes a sheet may have: 5 MB.
  public static let byteLimit = 5_000_000

  /// The most columns a sheet may have.
  public static let columnLimit = 200

  /// Reads a sheet from a CSV file in UTF-8, UTF-16 with a byte order mark, or GB18030.
  ///
  /// Cells are separated by commas, or by tabs when the first line has tabs and no comma. The first
  /// row that is not blank is the header; blank rows are skipped; columns without a name or a cell to
  /// the right of the last one are ignored, since spreadsheets write them.
  ///
  /// - Parameters:
  ///   - bytes: the file's content, at most ``byteLimit``.
  ///   - file: the file's name, for the diagnostics.
  /// - Returns: the sheet with every row that has the right number of cells, or nil when no header
  ///   or no end of a quoted cell can be found; and every fault, with the line a row begins on and
  ///   the cell's number from 1 as its column.
  public static func read(
    _ bytes: some Collection<UInt8>, file: String
  ) -> (sheet: Sheet?, diagnostics: [Diagnostic]) {
    guard bytes.count <= byteLimit else { return (nil, [SheetFault.tooLarge.diagnostic(file)]) }
    let content = [UInt8](bytes)
    guard !isWorkbook(content) else { return (nil, [SheetFault.notASheet.diagnostic(file)]) }
    guard let text = TextDecoding.decode(content) else {
      return (nil, [SheetFault.unknownEncoding.diagnostic(file)])
    }
    guard !text.utf8.contains(0) else { return (nil, [SheetFault.notASheet.diagnostic(file)]) }
    switch rawRows(of: text) {
    case .failure(let fault): return (nil, [fault.diagnostic(file)])
    case .success(let rows): return assemble(rows, file: file)
    }
  }

  /// Whether bytes begin as a workbook does: a zip archive, or the container of older ones.
  static func isWorkbook(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
  }

  /// The rows as they stand, untrimmed, the header among them, without empty lines.
  static func rawRows(of text: String) -> Result<[Row], SheetFault> {
    // SwiftCSV drops an empty last cell unless the line ends.
    let closed = text.last?.isNewline == true ? text : text + "\n"
    let firstLine = closed.prefix { !$0.isNewline }
    let usesTabs = firstLine.contains("\t") && !firstLine.contains(",")
    var rows: [Row] = []
    var line = 1
    do {
      // With a limit of 0 the initialiser reads the header only; the rows are read once, below.
      let csv = try EnumeratedCSV(
        string: closed, delimiter: usesTabs ? .tab : .comma, loadColumns: false, rowLimit: 0)
      try csv.enumerateAsArray(startAt: 0, rowLimit: nil) { cells in
        // Millions of empty lines would be millions of rows.
        if cells != [""] { rows.append(Row(line: line, cells: cells)) }
        line += 1 + newlines(in: cells)
      }
    } catch {
      return .failure(.strayQuote(line: line))
    }
    // SwiftCSV takes the end of the text for the end of a quoted cell. In text it accepts, every
    // quote has its partner, unless the last cell is still open.
    let quotes = closed.reduce(0) { $1 == "\"" ? $0 + 1 : $0 }
    if !quotes.isMultiple(of: 2), let last = rows.last {
      let before = newlines(in: last.cells.dropLast())
      return .failure(.unclosedQuote(line: last.line + before, column: last.cells.count))
    }
    return .success(rows)
  }

  /// The line ends inside quoted cells, counted as SwiftCSV sees them: `\r\n` is one character.
  private static func newlines(in cells: some Sequence<String>) -> Int {
    cells.reduce(0) { sum, cell in sum + cell.reduce(0) { $1.isNewline ? $0 + 1 : $0 } }
  }

  private static func assemble(
    _ raw: [Row], file: String
  ) -> (sheet: Sheet?, diagnostics: [Diagnostic]) {
    let rows = raw.map { Row(line: $0.line, cells: $0.cells.map { withoutMark(trimmed($0)) }) }
      .filter { row in row.cells.contains { !$0.isEmpty } }
    guard let first = rows.first else { return (nil, [SheetFault.empty.diagnostic(file)]) }
    let header = withoutTrailingBlanks(first.cells, downTo: 0)
    let headerFaults = faults(inHeader: header, line: first.line)
    guard headerFaults.isEmpty else { return (nil, headerFaults.map { $0.diagnostic(file) }) }

    var sheet = Sheet(header: header, rows: [])
    var wrong: [SheetFault] = []
    for row in rows.dropFirst() {
      // Blank cells beyond the header are the spreadsheet's only if the header's line has them too;
      // otherwise they may be the row's own cells, moved by a comma too many.
      let isRectangular = row.cells.count == first.cells.count
      let cells =
        isRectangular ? withoutTrailingBlanks(row.cells, downTo: header.count) : row.cells
      if cells.count == header.count {
        sheet.rows.append(Row(line: row.line, cells: cells))
      } else {
        wrong.append(
          .wrongNumberOfCells(line: row.line, found: cells.count, expected: header.count))
      }
    }
    var diagnostics = wrong.prefix(reportLimit).map { $0.diagnostic(file) }
    if wrong.count > reportLimit {
      diagnostics.append(SheetFault.moreFaults(wrong.count - reportLimit).diagnostic(file))
    }
    return (sheet, diagnostics)
  }

  /// How many rows with a wrong number of cells are told one by one.
  private static let reportLimit = 100

  private static func faults(inHeader header: [String], line: Int) -> [SheetFault] {
    guard header.count <= columnLimit else { return [.tooManyColumns(header.count)] }
    var seen: Set<String> = []
    return header.enumerated().compactMap { index, name in
      if name.isEmpty { return .emptyColumnName(line: line, column: index + 1) }
      let isNew = seen.insert(name).inserted
      return isNew ? nil : .duplicateColumn(name, line: line, column: index + 1)
    }
  }

  private static func withoutTrailingBlanks(_ cells: [String], downTo count: Int) -> [String] {
    var cells = cells
    while cells.count > count, cells.last?.isEmpty == true { cells.removeLast() }
    return cells
  }

  /// The cell without white space around it, the ideographic space included.
  static func trimmed(_ cell: String) -> String {
    let start = cell.drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}

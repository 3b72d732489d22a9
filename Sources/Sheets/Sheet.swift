/// A table of text with a header row, as a person typed it into a spreadsheet.
public struct Sheet: Hashable, Sendable {
  /// A row below the header.
  public struct Row: Hashable, Sendable {
    /// The line the row begins on, from 1; a quoted cell may span lines.
    public var line: Int
    /// Its cells, trimmed, as many as the header has.
    public var cells: [String]

    /// Creates a row.
    public init(line: Int, cells: [String]) {
      self.line = line
      self.cells = cells
    }
  }

  /// The names of the columns: trimmed, not empty, each once.
  public var header: [String]
  /// The rows, in the file's order, without blank ones.
  public var rows: [Row]

  /// Creates a sheet.
  public init(header: [String], rows: [Row]) {
    self.header = header
    self.rows = rows
  }

  /// The place of a column in every row's cells.
  public func index(of column: String) -> Int? {
    header.firstIndex(of: column)
  }
}

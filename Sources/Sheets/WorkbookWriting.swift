import CXLSXWriter
public import Foundation

/// A workbook (.xlsx) to download: tables of text and numbers.
public struct Workbook: Hashable, Sendable {
  /// What a cell holds.
  public enum Cell: Hashable, Sendable {
    /// Text; never read as a formula, whatever it begins with.
    case text(String)
    /// A number.
    case number(Double)
  }

  /// One sheet of the workbook.
  public struct Page: Hashable, Sendable {
    /// Its name on the tab.
    ///
    /// What Excel does not allow there (`[]:*?/\`, more than 31 characters) is left out.
    public var name: String
    /// The names of the columns.
    public var header: [String]
    /// The cells of each row.
    public var rows: [[Cell]]

    /// Creates a sheet.
    public init(name: String, header: [String], rows: [[Cell]]) {
      self.name = name
      self.header = header
      self.rows = rows
    }
  }

  /// The library's reason for not writing a workbook.
  public struct Fault: Error, Hashable {
    /// The reason, in English.
    public var reason: String
  }

  /// The sheets, in order; their names differ.
  public var pages: [Page]

  /// Creates a workbook.
  public init(pages: [Page]) { self.pages = pages }

  /// The workbook as a file.
  ///
  /// - Parameter temporaryFolder: where it is written on the way: libxlsxwriter writes files only.
  /// - Returns: the file's bytes.
  /// - Throws: ``Fault`` or the file's error.
  public func bytes(temporaryFolder: URL) throws -> [UInt8] {
    let file = temporaryFolder.appending(path: "\(UUID().uuidString).xlsx")
    defer {
      // A file that was never written cannot be removed, and that is fine.
      unlink(file.path)
    }
    var options = lxw_workbook_options()
    options.tmpdir = strdup(temporaryFolder.path)
    defer { free(options.tmpdir) }
    guard let book = workbook_new_opt(file.path, &options) else {
      throw Fault(reason: "the workbook could not be begun")
    }
    try write(to: book)
    return [UInt8](try Data(contentsOf: file))
  }

  private func write(to book: UnsafeMutablePointer<lxw_workbook>) throws {
    let bold = workbook_add_format(book)
    format_set_bold(bold)
    var fault: lxw_error = LXW_NO_ERROR
    for page in pages {
      guard let sheet = workbook_add_worksheet(book, Self.tab(page.name)) else {
        fault = LXW_ERROR_PARAMETER_VALIDATION
        continue
      }
      for (column, title) in page.header.enumerated() {
        let failure = worksheet_write_string(sheet, 0, lxw_col_t(column), Self.plain(title), bold)
        if failure != LXW_NO_ERROR { fault = failure }
      }
      for (row, cells) in page.rows.enumerated() {
        for (column, cell) in cells.enumerated() {
          let place = (lxw_row_t(row + 1), lxw_col_t(column))
          let failure =
            switch cell {
            case .text(let text):
              worksheet_write_string(sheet, place.0, place.1, Self.plain(text), nil)
            case .number(let number): worksheet_write_number(sheet, place.0, place.1, number, nil)
            }
          if failure != LXW_NO_ERROR { fault = failure }
        }
      }
      worksheet_freeze_panes(sheet, 1, 1)
    }
    // Closing frees the book, so it is closed whatever happened.
    let closing = workbook_close(book)
    if closing != LXW_NO_ERROR { fault = closing }
    guard fault == LXW_NO_ERROR else {
      throw Fault(reason: lxw_strerror(fault).map { String(cString: $0) } ?? "unknown")
    }
  }

  /// Control characters are not allowed in XML 1.0 and would end a C string.
  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.value >= 32 || $0 == "\n" || $0 == "\t" }))
  }

  private static func tab(_ name: String) -> String {
    let allowed = plain(name).filter { !"[]:*?/\\".contains($0) }
    // An apostrophe may stand inside, not at an end.
    return String(allowed.prefix(31)).trimmingCharacters(in: CharacterSet(charactersIn: "' "))
  }
}

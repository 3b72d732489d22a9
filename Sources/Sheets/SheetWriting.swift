extension Sheet {
  /// A table as a CSV file that spreadsheet programs open as it stands.
  ///
  /// UTF-8 with a byte order mark, lines end in CRLF. SwiftCSV's own writer leaves cells with line
  /// ends unquoted and cannot escape formulas, so this is not its work.
  ///
  /// A cell that a spreadsheet program would take for a formula gets an apostrophe in front: one
  /// that begins with `=`, `+`, `-`, `@` (or their full-width forms), a tab or a carriage return.
  /// Plain negative numbers stay numbers.
  ///
  /// - Parameters:
  ///   - header: the names of the columns.
  ///   - rows: the cells of each row.
  /// - Returns: the file's bytes.
  public static func csv(header: [String], rows: [[String]]) -> [UInt8] {
    var text = "\u{FEFF}"
    for row in [header] + rows {
      text += row.map { quoted(withoutFormula($0)) }.joined(separator: ",")
      text += "\r\n"
    }
    return [UInt8](text.utf8)
  }

  private static func withoutFormula(_ cell: String) -> String {
    // Scalars, not characters: a combining mark after the sign must not hide it.
    // What is marked as text already is marked once more, so that it reads back as it is.
    guard let first = cell.unicodeScalars.first,
      formulaSigns.contains(first) || isMarkedAsText(cell)
    else { return cell }
    return isNegativeNumber(cell) ? cell : "'" + cell
  }

  private static var formulaSigns: String.UnicodeScalarView {
    "=+-@＝＋－＠\t\r".unicodeScalars
  }

  /// Whether a cell begins with the sign that keeps a spreadsheet from running it.
  private static func isMarkedAsText(_ cell: String) -> Bool {
    guard cell.unicodeScalars.first == "'" else { return false }
    let second = cell.unicodeScalars.dropFirst().first { $0 != "'" }
    return second.map(formulaSigns.contains) ?? false
  }

  /// A cell as it was before the sign was written that keeps a spreadsheet from running it.
  static func withoutMark(_ cell: String) -> String {
    isMarkedAsText(cell) ? String(String.UnicodeScalarView(cell.unicodeScalars.dropFirst())) : cell
  }

  private static func isNegativeNumber(_ cell: String) -> Bool {
    let parts = cell.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    return cell.first == "-" && parts.count <= 2
      && parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { ("0"..."9").contains($0) } }
  }

  private static func quoted(_ cell: String) -> String {
    let needsQuotes = cell.unicodeScalars.contains { ",\"\r\n\t".unicodeScalars.contains($0) }
    guard needsQuotes else { return cell }
    var quoted = "\""
    for scalar in cell.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}

public import Diagnostics

/// One row of a sheet, read by the names of its columns.
public struct SheetRecord: Sendable {
  var file: String
  var columns: [String: Int]
  var row: Sheet.Row

  /// The line the row begins on.
  public var line: Int { row.line }

  /// The rows of a sheet.
  ///
  /// - Parameters:
  ///   - sheet: the sheet.
  ///   - file: its name, for the diagnostics.
  ///   - required: the columns that must be there.
  ///   - faults: where what is wrong is added.
  /// - Returns: one record a row; none, with a diagnostic each, when a required column is missing.
  public static func records(
    of sheet: Sheet, file: String, required: [String], faults: inout [Diagnostic]
  ) -> [SheetRecord] {
    var columns: [String: Int] = [:]
    for (index, name) in sheet.header.enumerated() { columns[name] = index }
    let missing = required.filter { columns[$0] == nil }
    faults += missing.map { name in
      Diagnostic(
        "missing-column", file: file, line: 1,
        message: Text("缺少“\(name)”一列。", "The column “\(name)” is missing."),
        remedy: Text("请在表头加上这一列。", "Add the column to the header."))
    }
    guard missing.isEmpty else { return [] }
    return sheet.rows.map { SheetRecord(file: file, columns: columns, row: $0) }
  }

  /// The cell in a column.
  public func text(_ column: String) -> String {
    columns[column].map { row.cells[$0] } ?? ""
  }

  /// A fault of the cell in a column.
  public func fault(
    _ code: String, _ severity: Diagnostic.Severity = .error, in column: String, _ message: Text,
    remedy: Text
  ) -> Diagnostic {
    Diagnostic(
      code, severity, file: file, line: line, column: (columns[column] ?? -1) + 1,
      message: message, remedy: remedy)
  }

  /// The cell in a column that may not be empty; nil with a diagnostic when it is.
  public func filled(_ column: String, faults: inout [Diagnostic]) -> String? {
    let text = text(column)
    if text.isEmpty {
      faults.append(
        fault(
          "empty-cell", in: column,
          Text("“\(column)”是空的。", "“\(column)” is empty."),
          remedy: Text("请填写这个单元格。", "Fill in the cell.")))
    }
    return text.isEmpty ? nil : text
  }

  /// A finite number; nil with a diagnostic when the cell holds anything else.
  public func number(_ column: String, faults: inout [Diagnostic]) -> Double? {
    let text = text(column)
    if let number = Double(text), number.isFinite { return number }
    faults.append(
      fault(
        "bad-number", in: column,
        Text("“\(text)”不是数。", "“\(text)” is not a number."),
        remedy: Text("请写成 3 或 2.5 这样的数。", "Write a number such as 3 or 2.5.")))
    return nil
  }

  /// The fault of an identifier that an earlier row has already.
  public func duplicateIdentifier(_ identifier: String, firstLine: Int) -> Diagnostic {
    fault(
      "duplicate-id", in: "id",
      Text(
        "编号“\(identifier)”在第 \(firstLine) 行已经用过。",
        "The identifier “\(identifier)” is already used in line \(firstLine)."),
      remedy: Text("请换一个编号。", "Give it another identifier."))
  }
}

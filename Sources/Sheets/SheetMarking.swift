import Diagnostics

/// What is wrong with one row of a sheet.
public struct SheetRemark: Hashable, Sendable {
  /// Where it is.
  public enum Place: Hashable, Sendable {
    /// The line the row begins on, from 1, and the cell's number, from 1; 0 for the whole row.
    case cell(line: Int, column: Int)
    /// The row that an identifier names.
    case identifier(String)
  }

  /// Where.
  public var place: Place
  /// What, as a person reads it.
  public var text: String

  /// Creates a remark.
  public init(_ place: Place, _ text: String) {
    self.place = place
    self.text = text
  }
}

extension Sheet {
  /// The names of the column of faults in both languages: readers leave it aside, so that a sheet
  /// can be mended and sent again with it.
  public static let faultColumns = ["错误", "errors"]

  /// The names of the column that identifies a row.
  private static let identifierColumns = ["id", "题号"]

  /// The same sheet with a first column that says what is wrong with each row.
  ///
  /// All other cells stay as they were, but for the apostrophe in front of what a spreadsheet would
  /// take for a formula. The column comes first so that a row with a cell too many or too few shows it
  /// as well. A column of faults that the sheet has already is written anew.
  ///
  /// - Parameters:
  ///   - bytes: the sheet.
  ///   - remarks: what is wrong.
  ///   - inChinese: the language of the column's name and of what is said about broken rows.
  /// - Returns: a CSV file's bytes; nil where the sheet has no rows, or no remark is about one.
  public static func marked(
    _ bytes: [UInt8], with remarks: [SheetRemark], inChinese: Bool
  ) -> [UInt8]? {
    guard bytes.count <= byteLimit, !isWorkbook(bytes), let text = TextDecoding.decode(bytes),
      case .success(let raw) = rawRows(of: text)
    else { return nil }
    let filled = raw.filter { row in row.cells.contains { !trimmed($0).isEmpty } }
    guard var header = filled.first?.cells, filled.count > 1 else { return nil }
    let isMarked = header.first.map { faultColumns.contains(trimmed($0)) } ?? false
    if isMarked { header.removeFirst() }
    while header.last.map({ trimmed($0).isEmpty }) ?? false { header.removeLast() }
    let marking = SheetMarking(
      header: header, remarks: remarks, offset: isMarked ? 1 : 0, inChinese: inChinese)
    let rows = filled.dropFirst().map { row -> [String] in
      let cells = isMarked ? Array(row.cells.dropFirst()) : row.cells
      return [marking.text(about: cells, line: row.line)] + cells
    }
    guard rows.contains(where: { !$0[0].isEmpty }) else { return nil }
    return csv(header: [faultColumns[inChinese ? 0 : 1]] + header, rows: rows)
  }

  fileprivate static func identifier(in cells: [String], header: [String]) -> String? {
    guard
      let place = header.firstIndex(where: { identifierColumns.contains(trimmed($0).lowercased()) }
      ),
      cells.indices.contains(place)
    else { return nil }
    return trimmed(cells[place])
  }
}

/// Finds what is to be said of a row.
private struct SheetMarking {
  let header: [String]
  /// How many columns stand before the header's own.
  let offset: Int
  let inChinese: Bool
  private var byLine: [Int: [String]] = [:]
  private var byIdentifier: [String: [String]] = [:]

  init(header: [String], remarks: [SheetRemark], offset: Int, inChinese: Bool) {
    self.header = header
    self.offset = offset
    self.inChinese = inChinese
    for remark in remarks {
      switch remark.place {
      case .cell(let line, let column):
        let place = column - 1 - offset
        // The column's name: its number is another one in the marked sheet.
        let name = header.indices.contains(place) ? header[place] + (inChinese ? "：" : ": ") : ""
        byLine[line, default: []].append(name + remark.text)
      case .identifier(let identifier):
        byIdentifier[identifier, default: []].append(remark.text)
      }
    }
  }

  func text(about cells: [String], line: Int) -> String {
    var texts = byLine[line] ?? []
    if let identifier = Sheet.identifier(in: cells, header: header) {
      texts += byIdentifier[identifier] ?? []
    }
    // The reading tells of the first hundred broken rows one by one, and of the others together.
    if texts.isEmpty, cells.count < header.count {
      let fault = SheetFault.wrongNumberOfCells(
        line: line, found: cells.count, expected: header.count
      ).diagnostic("")
      texts.append(fault.message(inChinese: inChinese) + fault.remedy(inChinese: inChinese))
    }
    return texts.joined(separator: "\n")
  }
}

/// Reads a table of scores as a stream of bytes, so that a file of any length needs no more memory
/// than its scores.
///
/// The first line names the items. A cell is a whole number; an empty cell or `NA` is an item that
/// was not answered; `1.0` counts as 1. Columns are separated by commas; semicolons and tabs are
/// recognised. Everything else becomes a finding with its line and column, and reading goes on.
public struct ResponseTableReader {
  private let weightColumn: String?
  private let groupColumn: String?
  private var table = ResponseTable()
  private var roles: [Role] = []
  private var delimiter: UInt8 = 0x2c
  private var line = 0
  private var rest: [UInt8] = []
  private var groupNumbers: [String: Int] = [:]

  /// What a column is for.
  private enum Role: Hashable {
    case item
    case weight
    case group
    case none
  }

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - weightColumn: the name of a column that says how often each row counts.
  ///   - groupColumn: the name of a column that says which group a person belongs to.
  public init(weightColumn: String? = nil, groupColumn: String? = nil) {
    self.weightColumn = weightColumn
    self.groupColumn = groupColumn
  }

  /// Reads the next bytes, cut anywhere.
  ///
  /// - Throws: ``ResponseTableError`` when the header shows that this is no table of answers.
  public mutating func read(_ bytes: UnsafeRawBufferPointer) throws(ResponseTableError) {
    var start = 0
    while let end = bytes[start...].firstIndex(of: 0x0a) {
      if rest.isEmpty {
        try readLine(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      } else {
        rest += bytes[start..<end]
        try readRest()
      }
      start = end + 1
    }
    rest += bytes[start...]
  }

  /// Reads the last line and returns the table.
  ///
  /// - Throws: ``ResponseTableError`` when there is nothing to return.
  public mutating func finish() throws(ResponseTableError) -> ResponseTable {
    if !rest.isEmpty { try readRest() }
    guard line > 0 else { throw .empty }
    guard table.rows > 0 else { throw .noRows }
    return table
  }

  private mutating func readRest() throws(ResponseTableError) {
    let whole = rest
    rest = []
    let outcome: Result<Void, ResponseTableError> = whole.withUnsafeBytes { bytes in
      do throws(ResponseTableError) {
        try readLine(bytes)
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }

  private mutating func readLine(_ bytes: UnsafeRawBufferPointer) throws(ResponseTableError) {
    line += 1
    var end = bytes.count
    if end > 0, bytes[end - 1] == 0x0d { end -= 1 }
    let text = UnsafeRawBufferPointer(rebasing: bytes[..<end])
    if line == 1 {
      try readHeader(text)
    } else if !text.isEmpty || roles.count == 1 {
      readRow(text)
    }
  }

  private mutating func readHeader(
    _ bytes: UnsafeRawBufferPointer
  ) throws(ResponseTableError) {
    guard !bytes.contains(0), !bytes.starts(with: [0xff, 0xfe]), !bytes.starts(with: [0xfe, 0xff])
    else { throw .notText }
    let isMarked = bytes.starts(with: [0xef, 0xbb, 0xbf])
    let header = UnsafeRawBufferPointer(rebasing: bytes[(isMarked ? 3 : 0)...])
    guard !header.isEmpty else { throw .empty }
    chooseDelimiter(header)
    var names: Set<String> = []
    forEachCell(header) { reader, cell, column in
      var name = reader.name(cell, column: column)
      var role = Role.item
      if name == reader.weightColumn { role = .weight }
      if name == reader.groupColumn { role = .group }
      if name.isEmpty {
        role = .none
        reader.table.findings.add(ResponseFinding(.unnamedColumn, line: 1, column: column))
      } else if !names.insert(name).inserted {
        reader.table.findings.add(
          ResponseFinding(.duplicateName, line: 1, column: column, detail: name))
        name += "#\(column)"
      }
      reader.roles.append(role)
      if role == .item {
        reader.table.items.append(name)
        reader.table.columns.append(column)
      }
    }
    if let weightColumn {
      guard roles.contains(.weight) else { throw .noSuchColumn(weightColumn) }
      table.weights = []
    }
    if let groupColumn {
      guard roles.contains(.group) else { throw .noSuchColumn(groupColumn) }
      table.groups = []
    }
  }

  private mutating func chooseDelimiter(_ header: UnsafeRawBufferPointer) {
    let candidates: [UInt8] = [0x2c, 0x3b, 0x09]
    let counts = candidates.map { candidate in header.count { $0 == candidate } }
    guard counts[0] == 0, let most = counts.indices.max(by: { counts[$0] < counts[$1] }),
      counts[most] > 0
    else { return }
    delimiter = candidates[most]
    table.findings.add(
      ResponseFinding(.otherDelimiter, line: 1, detail: most == 1 ? ";" : "⇥"))
  }

  private mutating func name(_ cell: UnsafeRawBufferPointer, column: Int) -> String {
    guard let name = String(validating: cell, as: UTF8.self) else {
      table.findings.add(ResponseFinding(.notUTF8, line: 1, column: column))
      return "column \(column)"
    }
    return name
  }

  private mutating func readRow(_ bytes: UnsafeRawBufferPointer) {
    let row = table.scores.count
    table.lines.append(Int32(line))
    var weight = 1.0
    var group = 0
    var cells = 0
    forEachCell(bytes) { reader, cell, column in
      cells = column
      guard column <= reader.roles.count else { return }
      switch reader.roles[column - 1] {
      case .item: reader.table.scores.append(reader.score(cell, column: column))
      case .weight: weight = reader.weight(cell, column: column)
      case .group: group = reader.group(cell)
      case .none: break
      }
    }
    if cells < roles.count {
      table.findings.add(ResponseFinding(.shortRow, line: line, column: cells))
      while table.scores.count < row + table.items.count {
        table.scores.append(ResponseMatrix.missing)
      }
    } else if cells > roles.count {
      table.findings.add(ResponseFinding(.longRow, line: line, column: roles.count + 1))
    }
    table.weights?.append(weight)
    table.groups?.append(group)
  }

  /// Calls with each cell of a line, without quotation marks and outer spaces; columns from 1.
  @inline(__always)
  private mutating func forEachCell(
    _ bytes: UnsafeRawBufferPointer,
    _ body: (inout ResponseTableReader, UnsafeRawBufferPointer, Int) -> Void
  ) {
    var (start, column, isQuoted) = (0, 1, false)
    for place in 0...bytes.count {
      if place < bytes.count {
        let byte = bytes[place]
        if byte == 0x22 { isQuoted.toggle() }
        guard byte == delimiter, !isQuoted else { continue }
      }
      body(&self, Self.trimmed(bytes, start, place), column)
      start = place + 1
      column += 1
    }
  }

  private static func trimmed(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int
  ) -> UnsafeRawBufferPointer {
    var (start, end) = (start, end)
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x22 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x22 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }

  private mutating func score(_ cell: UnsafeRawBufferPointer, column: Int) -> UInt8 {
    if cell.count == 1, cell[0] &- 0x30 < 10 { return cell[0] &- 0x30 }
    if cell.isEmpty || cell.elementsEqual([0x4e, 0x41]) { return ResponseMatrix.missing }
    let text = String(decoding: cell, as: UTF8.self)
    guard let value = Double(text), value.isFinite, value.rounded() == value else {
      note(.notAnInteger, column, text)
      return ResponseMatrix.missing
    }
    guard value >= 0, value <= Double(ResponseTable.largestScore) else {
      note(.outOfRange, column, text)
      return ResponseMatrix.missing
    }
    return UInt8(value)
  }

  private mutating func weight(_ cell: UnsafeRawBufferPointer, column: Int) -> Double {
    let text = String(decoding: cell, as: UTF8.self)
    guard let value = Double(text), value > 0, value < 1e12 else {
      note(.badWeight, column, text)
      return 0
    }
    return value
  }

  private mutating func group(_ cell: UnsafeRawBufferPointer) -> Int {
    let name = String(decoding: cell, as: UTF8.self)
    if let number = groupNumbers[name] { return number }
    groupNumbers[name] = table.groupNames.count
    table.groupNames.append(name)
    return table.groupNames.count - 1
  }

  private mutating func note(_ kind: ResponseFinding.Kind, _ column: Int, _ text: String) {
    table.findings.add(
      ResponseFinding(kind, line: line, column: column, detail: String(text.prefix(40))))
  }
}

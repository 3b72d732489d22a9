import Competency
public import Diagnostics
import Sheets

/// A manuscript read as the one row of a sheet: what may stand where is said in one place.
struct ManuscriptReading {
  /// The place of the row, as diagnostics tell it.
  private static let line = 2

  private var reading: ItemSheetReading
  private let row: Sheet.Row

  init(_ manuscript: ItemManuscript, frameworks: [Framework]) {
    let columns = ItemSheetColumn.all
    row = Sheet.Row(line: Self.line, cells: columns.map { manuscript[$0] })
    reading = ItemSheetReading(
      Sheet(header: columns.map(\.chinese), rows: [row]), file: "manuscript",
      frameworks: frameworks)
  }

  /// The item; nil after a fault.
  mutating func item() -> WrittenItem? {
    reading.takeScenario(of: row)
    return reading.item(in: row)
  }

  /// The shared scenario it brings, by its number.
  var scenarios: [String: WrittenScenario] { reading.scenarios }

  /// What is wrong, each with its column.
  var findings: [ManuscriptFinding] {
    reading.diagnostics.map { fault in
      let place = fault.column - 1
      let columns = ItemSheetColumn.all
      return ManuscriptFinding(
        column: columns.indices.contains(place) ? columns[place] : nil, diagnostic: fault)
    }
  }
}

/// Something to look at in a manuscript, and where.
public struct ManuscriptFinding: Hashable, Sendable {
  /// The part it is about; nil for the whole.
  public var column: ItemSheetColumn?
  /// What, and what to do about it.
  public var diagnostic: Diagnostic

  /// Whether the item cannot be written because of it.
  public var isError: Bool { diagnostic.severity == .error }
}

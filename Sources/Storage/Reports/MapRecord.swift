import Foundation
import Reporting

/// A heat map as it is kept: what the page shows, ready to be read in one row.
struct MapRecord: Codable, Hashable {
  struct Cell: Hashable {
    /// Why there is no number; nil where there is one.
    var absent: String?
    var people: Int?
    var asked: Int?
    var expected: Double?
    var variance: Double?
    var form: String?
  }

  struct Row: Codable, Hashable {
    /// `unit`, `rest` or `total`.
    var subject: String
    var unit: String?
    var finished: Int
    var cells: [Cell]
  }

  var rows: [Row]
  var total: Row
  var people: PeopleRecord

  init(_ map: GapMap, people: PeopleRecord) {
    rows = map.rows.map(Row.init)
    total = Row(map.total)
    self.people = people
  }

  /// The map.
  ///
  /// - Throws: ``StoreError/unreadable(table:)`` if it holds a word that this program does not know.
  func map(of unit: ReportingUnit.ID) throws -> GapMap {
    GapMap(unit: unit, rows: try rows.map { try $0.row() }, total: try total.row())
  }
}

extension MapRecord.Row {
  init(_ row: GapMap.Row) {
    finished = row.finished
    cells = row.cells.map(MapRecord.Cell.init)
    switch row.subject {
    case .unit(let id): (subject, unit) = ("unit", id.rawValue)
    case .rest: subject = "rest"
    case .total: subject = "total"
    }
  }

  func row() throws -> GapMap.Row {
    let known: GapMap.Row.Subject? =
      switch subject {
      case "unit": unit.map { .unit(.init(rawValue: $0)) }
      case "rest": .rest
      case "total": .total
      default: nil
      }
    guard let known else { throw StoreError.unreadable(table: "report_map") }
    return GapMap.Row(subject: known, finished: finished, cells: try cells.map { try $0.cell() })
  }
}

/// A cell is one text, for the map of a large county has fifteen thousand: why there is no number, or
/// people, asked, expected, variance and form with spaces between.
extension MapRecord.Cell: Codable {
  private enum CodingKeys: String, CodingKey {
    case absent, people, asked, expected, variance, form
  }

  init(from decoder: any Decoder) throws {
    let text: String
    do {
      text = try decoder.singleValueContainer().decode(String.self)
    } catch DecodingError.typeMismatch {
      // As it was kept before: an object with a field for each.
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      absent = try fields.decodeIfPresent(String.self, forKey: .absent)
      people = try fields.decodeIfPresent(Int.self, forKey: .people)
      asked = try fields.decodeIfPresent(Int.self, forKey: .asked)
      expected = try fields.decodeIfPresent(Double.self, forKey: .expected)
      variance = try fields.decodeIfPresent(Double.self, forKey: .variance)
      form = try fields.decodeIfPresent(String.self, forKey: .form)
      return
    }
    let parts = text.split(separator: " ")
    guard parts.count == 5 else {
      absent = text
      return
    }
    people = Int(parts[0])
    asked = Int(parts[1])
    expected = Double(parts[2])
    variance = Double(parts[3])
    form = String(parts[4])
  }

  func encode(to encoder: any Encoder) throws {
    var single = encoder.singleValueContainer()
    if let people, let asked, let expected, let variance, let form {
      try single.encode("\(people) \(asked) \(expected) \(variance) \(form)")
    } else {
      try single.encode(absent ?? "")
    }
  }
}

extension MapRecord.Cell {
  init(_ cell: GapCell) {
    switch cell {
    case .absent(let absence): absent = absence.rawValue
    case .shown(let shown):
      people = shown.need.people
      asked = shown.need.asked
      expected = shown.need.expected
      variance = shown.need.variance
      form = shown.form.rawValue
    }
  }

  func cell() throws -> GapCell {
    if let absence = absent.flatMap(GapCell.Absence.init) { return .absent(absence) }
    guard let people, let asked, let expected, let variance,
      let form = form.flatMap(Figure.Form.init)
    else { throw StoreError.unreadable(table: "report_map") }
    return .shown(
      .init(
        need: ExpectedNeed(people: people, asked: asked, expected: expected, variance: variance),
        form: form))
  }
}

import Foundation
import Reporting

/// A block as it is kept: figures of one block mostly count the same people, so each roster is
/// written once.
struct BlockRecord: Codable, Hashable {
  struct Figure: Codable, Hashable {
    /// The place of its people in ``BlockRecord/rosters``.
    var roster: Int
    var asked: Int
    var sum: Double
    var variance: Double
    var form: String
  }

  struct Part: Codable, Hashable {
    var unit: String
    var people: Int
    var width: Double
  }

  struct Point: Codable, Hashable {
    var point: Int
    var shown: Figure
    var exact: Figure?
    var parts: [Part]
    var day: Int
  }

  var isRest: Bool
  var people: [Int64]
  /// Person and revision, by turns.
  var rosters: [[Int64]]
  var points: [Point]

  init(_ block: Block) {
    var rosters: [[Int64]] = []
    func kept(_ figure: Reporting.Figure) -> Figure {
      let roster = figure.entries.flatMap { [$0.person, Int64($0.revision)] }
      let place = rosters.firstIndex(of: roster) ?? rosters.count
      if place == rosters.count { rosters.append(roster) }
      return Figure(
        roster: place, asked: figure.asked, sum: figure.sum, variance: figure.variance,
        form: figure.form.rawValue)
    }
    isRest = block.isRest
    people = block.people
    points = block.records.sorted { $0.key < $1.key }.map { point, record in
      Point(
        point: point, shown: kept(record.shown), exact: record.exact.map(kept),
        parts: record.parts.map { unit, part in
          Part(unit: unit.rawValue, people: part.people, width: part.width)
        }.sorted { $0.unit < $1.unit }, day: record.day)
    }
    self.rosters = rosters
  }

  /// The block.
  ///
  /// - Throws: ``StoreError/unreadable(table:)`` if a figure names people or a form that are not
  ///   there.
  func block() throws -> Block {
    let entries = rosters.map { roster in
      stride(from: 0, to: roster.count - 1, by: 2).map { place in
        Reporting.Figure.Entry(person: roster[place], revision: Int(roster[place + 1]))
      }
    }
    func read(_ figure: Figure) throws -> Reporting.Figure {
      guard entries.indices.contains(figure.roster),
        let form = Reporting.Figure.Form(rawValue: figure.form)
      else { throw StoreError.unreadable(table: "report_block") }
      return Reporting.Figure(
        entries: entries[figure.roster], asked: figure.asked, sum: figure.sum,
        variance: figure.variance, form: form)
    }
    var records: [Int: Block.Record] = [:]
    for point in points {
      let parts = point.parts.map { part in
        (ReportingUnit.ID(rawValue: part.unit), Block.Part(people: part.people, width: part.width))
      }
      records[point.point] = Block.Record(
        shown: try read(point.shown), exact: try point.exact.map(read),
        parts: [ReportingUnit.ID: Block.Part](parts, uniquingKeysWith: { first, _ in first }),
        day: point.day)
    }
    return Block(isRest: isRest, people: people, records: records)
  }
}

public import Competency
public import Foundation
public import Reporting

/// The page of a unit as the newest snapshot publishes it.
public struct PublishedMap: Hashable, Sendable {
  /// The heat map.
  public var map: GapMap
  /// How far its people were.
  public var participation: Participation
  /// How far the people of each part were.
  public var parts: [ReportingUnit.ID: Participation]
  /// How far the people of each school in it were.
  public var schools: [Participation]
  /// The last moment that it takes in.
  public var takenAt: Date

  /// Whether it is about these points: one of another edition of a framework says nothing of them.
  public func isAbout(_ framework: Framework) -> Bool {
    map.total.cells.count == framework.points.count
  }
}

extension Store {
  /// The newest heat map of a unit: one row, however large the region.
  ///
  /// - Returns: nil before the first snapshot, and for a unit that it does not cover.
  /// - Throws: the database's error if it cannot be read.
  public func gapMap(
    of unit: ReportingUnit.ID, in framework: Framework.ID
  ) async throws -> PublishedMap? {
    try await engine.read { connection in
      guard
        let row = try connection.row(
          """
          SELECT report_map.body AS body, taken_at FROM report_map
          JOIN report_snapshot ON report_snapshot.framework = report_map.framework
            AND report_snapshot.day = report_map.day
          WHERE report_map.framework = \(framework.rawValue) AND unit = \(unit.rawValue)
          ORDER BY report_map.day DESC LIMIT 1
          """)
      else { return nil }
      let record = try JSONDecoder().decode(
        MapRecord.self, from: Data(try row.text("body").utf8))
      var parts: [ReportingUnit.ID: Participation] = [:]
      for (part, numbers) in record.people.parts {
        parts[.init(rawValue: part)] = try PeopleRecord.participation(numbers)
      }
      return PublishedMap(
        map: try record.map(of: unit),
        participation: try PeopleRecord.participation(record.people.total), parts: parts,
        schools: try record.people.schools.map(PeopleRecord.participation),
        takenAt: try Date(storedTime: try row.text("taken_at")))
    }
  }
}

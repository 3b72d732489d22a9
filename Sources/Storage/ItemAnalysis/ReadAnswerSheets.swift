import Competency
import Delivery
import Foundation
public import ItemAnalysis
public import ItemBank
import People

extension Store {
  /// The answer sheets of finished sessions, oldest first.
  ///
  /// Those of sessions that finished since ``collectAnswerSheets()`` are not among them. Counties have
  /// a name that tells nobody which they are; persons have none.
  ///
  /// - Parameter test: the test; nil for all.
  /// - Returns: the sheets.
  /// - Throws: the database's error if they cannot be read.
  public func answerSheets(of test: AssessmentTest.ID? = nil) async throws -> [AnswerSheet] {
    try await engine.read { connection in
      let regions = try connection.regionPseudonyms()
      return try connection.rows(
        """
        SELECT test, bank_version, environment, test_session.school_stage AS school_stage,
          test_session.subject AS subject, device, finished_at, continues, unit, answers
        FROM answer_sheet JOIN test_session ON test_session.id = session
          LEFT JOIN person ON person.id = test_session.person
        WHERE coalesce(\(test?.rawValue), '') = '' OR test = \(test?.rawValue)
        ORDER BY finished_at, session
        """
      ).map { row in
        AnswerSheet(
          test: AssessmentTest.ID(rawValue: try row.text("test")),
          bankVersion: Bank.Version(rawValue: try row.text("bank_version")),
          environment: Environment.ID(rawValue: try row.text("environment")),
          groups: AnswerGroups(
            device: try row.optionalText("device").flatMap(DeviceClass.init(rawValue:)),
            schoolStage: try row.optionalText("school_stage"),
            subject: try row.optionalText("subject"),
            region: try row.optionalText("unit").flatMap { regions[$0] }),
          finishedAt: try Date(storedTime: try row.text("finished_at")).timeIntervalSince1970,
          isContinuation: try row.optionalText("continues") != nil,
          entries: try AnswerSheetRecord(text: try row.text("answers")).entries())
      }
    }
  }
}

extension Connection {
  /// For each unit within a county a name of the county.
  ///
  /// The order of the random identifiers is that of nothing else.
  fileprivate func regionPseudonyms() throws -> [String: String] {
    var parents: [String: String] = [:]
    var counties: [String] = []
    for row in try rows("SELECT id, kind, parent FROM unit ORDER BY id") {
      let id = try row.text("id")
      parents[id] = try row.optionalText("parent")
      if try row.text("kind") == "county" { counties.append(id) }
    }
    var names: [String: String] = [:]
    for (place, county) in counties.enumerated() { names[county] = "R\(place + 1)" }
    var pseudonyms: [String: String] = [:]
    for unit in parents.keys {
      var above: String? = unit
      // A tree of five kinds of units is no deeper; damaged data must not loop.
      for _ in 0..<6 {
        guard let id = above else { break }
        if let name = names[id] { pseudonyms[unit] = name }
        above = parents[id]
      }
    }
    return pseudonyms
  }
}

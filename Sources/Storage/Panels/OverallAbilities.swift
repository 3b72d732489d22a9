import Foundation
public import ItemBank
public import Psychometrics

/// The part of a stored result that says where a teacher stands on the whole.
private struct OverallRecord: Decodable {
  struct Composite: Decodable {
    var ability: Double
    var standardError: Double
    var evidence: Int
  }

  var overall: Composite
}

extension Store {
  /// Where teachers stand on the whole, as their results say; nobody's name.
  ///
  /// Identifiers of sessions are random, so the first of them in order are a random sample.
  ///
  /// - Parameters:
  ///   - test: the test.
  ///   - limit: how many results are read at most.
  /// - Returns: one ability for each finished session that had any item answered.
  /// - Throws: the database's error if they cannot be read.
  public func overallAbilities(
    of test: AssessmentTest.ID, limit: Int
  ) async throws -> [CompositeAbility] {
    try await engine.read { connection in
      let decoder = JSONDecoder()
      return try connection.rows(
        """
        SELECT body FROM test_session JOIN session_result ON session_result.session = test_session.id
        WHERE test = \(test.rawValue) AND erased_at IS NULL AND continues IS NULL
        ORDER BY test_session.id LIMIT \(limit)
        """
      ).compactMap { row in
        let overall = try decoder.decode(
          OverallRecord.self, from: Data(try row.text("body").utf8)
        ).overall
        guard overall.evidence > 0 else { return nil }
        return CompositeAbility(mean: overall.ability, standardError: overall.standardError)
      }
    }
  }
}

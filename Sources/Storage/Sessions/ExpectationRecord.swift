import Delivery
import Foundation

/// What was expected of a further stage, as it is kept.
struct ExpectationRecord: Codable, Hashable {
  var uncertain: Int
  var untested: Int
  /// How many points were expected to remain without a clear verdict.
  var expected: Double

  init(_ expectation: FurtherStage.Expectation) {
    uncertain = expectation.before.uncertain
    untested = expectation.before.untested
    expected = expectation.unclear
  }

  init(json: String) throws {
    self = try JSONDecoder().decode(ExpectationRecord.self, from: Data(json.utf8))
  }

  func json() throws -> String {
    try storedJSON()
  }

  var expectation: FurtherStage.Expectation {
    FurtherStage.Expectation(
      before: UnclearPoints(uncertain: uncertain, untested: untested), unclear: expected)
  }
}

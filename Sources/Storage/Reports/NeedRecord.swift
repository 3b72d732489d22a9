public import Competency
import Foundation
import Reporting

/// What reports count of a stored result, kept beside it: a tenth of a ``ResultRecord``, so that a
/// night's hundred thousand of them are read in seconds.
///
/// Four texts rather than lists: a reader of JSON asks for every element of a list anew.
struct NeedRecord: Codable {
  /// The points, in the framework's order, with spaces between; the other fields go by their places.
  var points: String
  /// The probabilities of being below the target, with spaces between.
  var probabilities: String
  /// For each point `1` if an item asked for it, `0` if none did.
  var asked: String
  /// For each point `1` if its environment is in the person's scope, `0` if not.
  var inScope: String

  init(_ result: ResultRecord) {
    points = Self.joined(result.points.map(\.point))
    probabilities = Self.joined(result.points.map { "\($0.probabilityBelowTarget)" })
    asked = Self.flags(result.points.map { $0.evidence > 0 })
    inScope = Self.flags(result.points.map(\.inScope))
  }

  private static func joined(_ parts: [String]) -> String { parts.joined(separator: " ") }

  private static func flags(_ flags: [Bool]) -> String {
    String(flags.map { $0 ? "1" : "0" as Character })
  }

  private static func flags(_ text: String) -> [Bool] { text.utf8.map { $0 == UInt8(ascii: "1") } }

  /// A framework's points as ``points`` holds them.
  static func points(of framework: Framework) -> String {
    joined(framework.points.map(\.id.rawValue))
  }

  /// What reports count of the result.
  ///
  /// - Parameters:
  ///   - person: the person, by a number without meaning that stays the same for good.
  ///   - revision: which of the person's results: a later one has a higher number.
  ///   - unit: the place in the hierarchy of the unit that enrols the person.
  ///   - framework: the framework, whose points these are.
  /// - Returns: the need.
  /// - Throws: ``StoreError/unreadable(table:)`` unless every point has all it needs.
  func need(person: Int64, revision: Int, unit: Int, framework: Framework) throws -> TeacherNeed {
    let (asked, inScope) = (Self.flags(asked), Self.flags(inScope))
    let values = probabilities.split(separator: " ").compactMap { Double($0) }
    let count = framework.points.count
    guard values.count == count, asked.count == count, inScope.count == count else {
      throw StoreError.unreadable(table: "session_need")
    }
    var taught: Set<Environment.ID> = []
    for (point, isInScope) in zip(framework.points, inScope) where isInScope {
      taught.insert(point.environment)
    }
    return TeacherNeed(
      person: person, revision: revision, unit: unit,
      environments: framework.environments.map { taught.contains($0.id) }, probabilities: values,
      wasAsked: asked)
  }
}

extension SQLiteConnection {
  /// Keeps what reports count of a result; nothing when the result is gone, or it is kept already.
  ///
  /// - Throws: the database's error if it cannot be kept.
  func keepNeed(_ need: NeedRecord, of session: String) throws {
    try execute(
      """
      INSERT INTO session_need (session, body)
      SELECT session, \(try need.storedJSON()) FROM session_result WHERE session = \(session)
      ON CONFLICT (session) DO NOTHING
      """)
  }
}

extension Framework {
  /// The place of the environment of each point, as snapshots take them.
  public var pointEnvironments: [Int] {
    points.map { point in
      guard let place = environments.firstIndex(where: { $0.id == point.environment }) else {
        preconditionFailure("a framework's points name listed environments")
      }
      return place
    }
  }
}

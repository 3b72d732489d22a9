public import Competency
public import Courses
public import Foundation
public import Recommendation

/// Gains of courses as they were frozen for a term.
public struct FrozenGains: Hashable, Sendable {
  /// The gains, with their version and term.
  public var gains: CourseGains
  /// How many teachers stand behind each course.
  public var teachers: [Course.ID: Int]
  /// Who froze them.
  public var actor: String
  /// When.
  public var frozenAt: Date

  /// Creates frozen gains.
  public init(gains: CourseGains, teachers: [Course.ID: Int], actor: String, frozenAt: Date) {
    self.gains = gains
    self.teachers = teachers
    self.actor = actor
    self.frozenAt = frozenAt
  }
}

extension Store {
  /// Freezes gains for a term; plans made from then on use them, those there are keep theirs.
  ///
  /// - Parameters:
  ///   - frozen: the gains; their version is the last one plus 1, or 2.
  ///   - framework: the framework whose courses they are of.
  /// - Returns: false if the term has gains already or another version came first, and nothing was
  ///   kept.
  /// - Throws: the database's error if they cannot be kept.
  public func freezeGains(_ frozen: FrozenGains, of framework: Framework.ID) async throws -> Bool {
    let body = try GainsRecord(frozen).storedJSON()
    let gains = frozen.gains
    return try await commits.commit { connection in
      let rows = try connection.rows(
        "SELECT version, term FROM course_gains WHERE framework = \(framework.rawValue)")
      let last = try rows.map { Int(try $0.integer("version")) }.max() ?? 1
      let isTaken = try rows.contains { try $0.text("term") == gains.term }
      guard gains.version == last + 1, !isTaken else { return false }
      try connection.execute(
        """
        INSERT INTO course_gains (framework, version, term, body, actor, frozen_at)
        VALUES (\(framework.rawValue), \(gains.version), \(gains.term), \(body), \(frozen.actor),
          \(frozen.frozenAt.storedTime))
        """)
      try connection.audit(
        AuditEvent(
          actor: frozen.actor, action: "freeze-gains", object: "service",
          detail: "framework \(framework.rawValue), version \(gains.version), term \(gains.term)"),
        at: frozen.frozenAt)
      return true
    }
  }

  /// Gains that were frozen.
  ///
  /// - Parameters:
  ///   - framework: the framework whose courses they are of.
  ///   - version: which ones; nil for the newest.
  /// - Returns: nil if there are none.
  /// - Throws: the database's error if they cannot be read.
  public func frozenGains(
    of framework: Framework.ID, version: Int? = nil
  ) async throws -> FrozenGains? {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT version, term, body, actor, frozen_at FROM course_gains
        WHERE framework = \(framework.rawValue) AND version = coalesce(\(version), version)
        ORDER BY version DESC LIMIT 1
        """
      ).map { row in
        try JSONDecoder().decode(GainsRecord.self, from: Data(try row.text("body").utf8))
          .frozen(
            version: Int(try row.integer("version")), term: try row.text("term"),
            actor: try row.text("actor"),
            frozenAt: try Date(storedTime: try row.text("frozen_at")))
      }
    }
  }
}

/// Frozen gains as they are kept.
private struct GainsRecord: Codable, Hashable {
  struct Parameter: Codable, Hashable {
    var course: String
    var point: String
    var mean: Double
    var standardError: Double
  }

  var parameters: [Parameter]
  var teachers: [String: Int]

  init(_ frozen: FrozenGains) {
    parameters = frozen.gains.parameters.map {
      Parameter(
        course: $0.course.rawValue, point: $0.point.rawValue, mean: $0.mean,
        standardError: $0.standardError)
    }
    teachers = [String: Int](
      uniqueKeysWithValues: frozen.teachers.map { ($0.key.rawValue, $0.value) })
  }

  func frozen(version: Int, term: String, actor: String, frozenAt: Date) -> FrozenGains {
    FrozenGains(
      gains: CourseGains(
        version: version, term: term,
        parameters: parameters.map {
          CourseGains.Parameter(
            course: Course.ID(rawValue: $0.course), point: CompetencyPoint.ID(rawValue: $0.point),
            mean: $0.mean, standardError: $0.standardError)
        }),
      teachers: [Course.ID: Int](
        uniqueKeysWithValues: teachers.map { (Course.ID(rawValue: $0.key), $0.value) }),
      actor: actor, frozenAt: frozenAt)
  }
}

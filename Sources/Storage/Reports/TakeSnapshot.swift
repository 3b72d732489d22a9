public import Competency
public import Foundation
public import ItemBank
import People
public import Reporting

extension Store {
  /// Takes the snapshot of a day and keeps it, with the page of every school and region.
  ///
  /// - Parameters:
  ///   - framework: the framework whose points it is about.
  ///   - tests: the tests of the framework; only their sessions are counted.
  ///   - day: the day, counted from 1970-01-01; a day has one snapshot.
  ///   - time: the last moment that it takes in.
  /// - Returns: the snapshot; nil if that day or a later one has one already.
  /// - Throws: the database's error if it cannot be read or kept.
  public func takeSnapshot(
    of framework: Framework, tests: [AssessmentTest.ID], day: Int, at time: Date
  ) async throws -> Snapshot? {
    let previous = try await newestSnapshot(of: framework.id)
    guard previous.map({ $0.day < day }) ?? true else { return nil }
    try await numberPeople()
    while try await keepMissingNeeds() {}
    let names = tests.map(\.rawValue)
    let material = try await engine.read {
      try SnapshotMaterial($0, framework: framework, tests: names)
    }
    let snapshot = Snapshot.taken(
      after: previous, day: day, tree: material.tree,
      pointEnvironments: framework.pointEnvironments, needs: material.needs)
    let isKept = try await saveSnapshot(
      snapshot, after: previous, of: framework.id, participation: material.participation,
      schools: material.schools, takenAt: time)
    return isKept ? snapshot : nil
  }

  /// Gives everybody who has finished a number that says nothing.
  private func numberPeople() async throws {
    try await commits.commit { connection in
      try connection.execute(
        """
        INSERT INTO report_person (number, person)
        SELECT (SELECT coalesce(max(number), 0) FROM report_person)
            + row_number() OVER (ORDER BY id), id
        FROM person
        WHERE id NOT IN (SELECT person FROM report_person)
          AND EXISTS (SELECT 1 FROM test_session
            WHERE test_session.person = person.id AND finished_at IS NOT NULL)
        """)
      return
    }
  }
}

extension Store {
  /// How many results are in memory as text at once.
  private static let batch = 1000

  /// Keeps what reports count of results that an older program has kept without it.
  ///
  /// - Returns: whether there may be more of them.
  private func keepMissingNeeds() async throws -> Bool {
    let rows = try await engine.read { connection in
      try connection.rows(
        """
        SELECT session, body FROM session_result
        WHERE session NOT IN (SELECT session FROM session_need) LIMIT \(Self.batch)
        """
      ).map { row in
        (session: try row.text("session"), result: try ResultRecord(json: try row.text("body")))
      }
    }
    guard !rows.isEmpty else { return false }
    try await commits.commit { connection in
      // One may be erased since, or kept by another service on the same database.
      for row in rows { try connection.keepNeed(NeedRecord(row.result), of: row.session) }
    }
    return rows.count == Self.batch
  }
}

/// What a snapshot is taken from: the units of today, who is in them, and the results.
struct SnapshotMaterial {
  let tree: UnitTree
  let participation: [Participation]
  /// The places of the schools.
  let schools: [Int]
  let needs: [TeacherNeed]

  init(_ connection: SQLiteConnection, framework: Framework, tests: [String]) throws {
    let units = try Self.units(connection)
    let people = try Self.people(connection, tests: tests)
    var enrolled: [String: Participation] = [:]
    for person in people { enrolled[person.home, default: Participation()].count(person) }
    do {
      tree = try UnitTree(
        units.map { unit in
          ReportingUnit(
            id: .init(rawValue: unit.id), parent: unit.parent.map { .init(rawValue: $0) },
            enrolled: enrolled[unit.id]?.enrolled ?? 0)
        })
    } catch {
      throw StoreError.unreadable(table: "unit")
    }
    participation = units.map { enrolled[$0.id] ?? Participation() }
    schools = units.indices.filter { units[$0].isSchool }
    needs = try Self.needs(connection, tree: tree, framework: framework, tests: tests)
  }

  /// A unit or teaching group.
  private struct Unit {
    var id: String
    var parent: String?
    var isSchool: Bool
  }

  /// Every unit before its parts, the teaching groups last.
  private static func units(_ connection: SQLiteConnection) throws -> [Unit] {
    let rows = try connection.rows(
      """
      WITH RECURSIVE below (id, depth) AS (
        SELECT id, 0 FROM unit WHERE parent IS NULL
        UNION ALL
        SELECT unit.id, depth + 1 FROM below JOIN unit ON unit.parent = below.id WHERE depth < 10
      )
      SELECT unit.id AS id, parent, kind FROM below JOIN unit ON unit.id = below.id
      ORDER BY depth, name
      """)
    let groups = try connection.rows("SELECT id, unit FROM teaching_group ORDER BY name")
    return try rows.map { row in
      Unit(
        id: try row.text("id"), parent: try row.optionalText("parent"),
        isSchool: try row.text("kind") == AdministrativeUnit.Kind.school.rawValue)
    }
      + groups.map { row in
        Unit(id: try row.text("id"), parent: try row.text("unit"), isSchool: false)
      }
  }

  /// Somebody enrolled, with how far they are.
  struct Enrolled {
    /// The teaching group, or the unit of those in none.
    var home: String
    var isExempt: Bool
    var hasStarted: Bool
    var hasFinished: Bool
  }

  private static func people(
    _ connection: SQLiteConnection, tests: [String]
  ) throws -> [Enrolled] {
    // `coalesce` keeps SQLite from going through all sessions of a test for every person.
    try connection.rows(
      """
      SELECT coalesce(teaching_group, unit) AS home, is_near_retirement,
        count(test_session.id) AS sessions, count(finished_at) AS finished
      FROM person LEFT JOIN test_session ON test_session.person = person.id
        AND coalesce(test, '') IN \(list: tests)
      WHERE has_left = 0
      GROUP BY person.id
      """
    ).map { row in
      Enrolled(
        home: try row.text("home"), isExempt: try row.integer("is_near_retirement") == 1,
        hasStarted: try row.integer("sessions") > 0, hasFinished: try row.integer("finished") > 0)
    }
  }

  /// How many of them are in memory as text at once.
  private static let batch = 5000

  /// Whose result a session has.
  private struct Finished {
    var person: Int64
    var unit: Int
    /// The time of finishing in milliseconds: it tells a person's results apart and orders them, even
    /// after some have been erased.
    var revision: Int
  }

  /// The results of those still enrolled.
  private static func needs(
    _ connection: SQLiteConnection, tree: UnitTree, framework: Framework, tests: [String]
  ) throws -> [TeacherNeed] {
    let finished = try finished(connection, tree: tree, tests: tests)
    let points = NeedRecord.points(of: framework)
    let decoder = JSONDecoder()
    var needs: [TeacherNeed] = []
    var last = ""
    while true {
      let rows = try connection.rows(
        """
        SELECT session, body FROM session_need WHERE session > \(last)
        ORDER BY session LIMIT \(batch)
        """)
      for row in rows {
        guard let result = finished[try row.text("session")] else { continue }
        let record = try decoder.decode(NeedRecord.self, from: Data(try row.text("body").utf8))
        // A result about another framework's points, or about those of an older edition.
        guard record.points == points else { continue }
        needs.append(
          try record.need(
            person: result.person, revision: result.revision, unit: result.unit,
            framework: framework))
      }
      guard rows.count == batch, let next = try rows.last?.text("session") else { return needs }
      last = next
    }
  }

  /// Whose results count, by session.
  private static func finished(
    _ connection: SQLiteConnection, tree: UnitTree, tests: [String]
  ) throws -> [String: Finished] {
    let rows = try connection.rows(
      """
      SELECT test_session.id AS session, number, coalesce(teaching_group, unit) AS home,
        finished_at
      FROM test_session
      JOIN person ON person.id = test_session.person
      JOIN report_person ON report_person.person = person.id
      WHERE has_left = 0 AND erased_at IS NULL AND finished_at IS NOT NULL
        AND test IN \(list: tests)
      """)
    var finished: [String: Finished] = [:]
    for row in rows {
      guard let unit = tree.place(of: .init(rawValue: try row.text("home"))) else { continue }
      let time = try Date(storedTime: try row.text("finished_at")).timeIntervalSince1970
      finished[try row.text("session")] = Finished(
        person: try row.integer("number"), unit: unit, revision: Int((time * 1000).rounded()))
    }
    return finished
  }
}

extension Participation {
  fileprivate mutating func count(_ person: SnapshotMaterial.Enrolled) {
    switch (person.isExempt, person.hasFinished) {
    case (true, let hasFinished):
      exempt += 1
      exemptFinished += hasFinished ? 1 : 0
    case (false, true):
      enrolled += 1
      finished += 1
    case (false, false):
      enrolled += 1
      started += person.hasStarted ? 1 : 0
    }
  }
}

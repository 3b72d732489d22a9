public import Courses
public import Foundation
public import ItemBank
public import People

/// When teachers with an account may begin a test for a programme: days, and whose turn it is.
public struct TestWindow: Hashable, Sendable {
  /// Its number, from 1.
  public var number: Int
  /// The test.
  public var test: AssessmentTest.ID
  /// The programme it is bound to, by its identifier.
  public var programme: String
  /// The first day.
  public var opensOn: CalendarDay
  /// The last day, not before the first.
  public var closesOn: CalendarDay
  /// Whose teachers may begin: regions with all below them, and schools; empty for everybody.
  public var units: [AdministrativeUnit.ID]

  /// Creates a window.
  public init(
    number: Int = 0, test: AssessmentTest.ID, programme: String, opensOn: CalendarDay,
    closesOn: CalendarDay, units: [AdministrativeUnit.ID]
  ) {
    self.number = number
    self.test = test
    self.programme = programme
    self.opensOn = opensOn
    self.closesOn = closesOn
    self.units = units
  }

  /// Whether it is for teachers of a school.
  ///
  /// - Parameter path: the school with the units above it.
  /// - Returns: whether they may begin in it.
  public func isFor(_ path: [AdministrativeUnit.ID]) -> Bool {
    units.isEmpty || !Set(units).isDisjoint(with: path)
  }
}

extension Store {
  /// Adds a window.
  ///
  /// - Parameters:
  ///   - window: the window; its number is given to it here.
  ///   - actor: who adds it.
  ///   - time: when.
  /// - Returns: its number.
  /// - Throws: the database's error if it cannot be kept.
  public func addTestWindow(
    _ window: TestWindow, actor: String, at time: Date
  ) async throws -> Int {
    try await commits.commit { connection in
      let last = try connection.row("SELECT max(number) AS number FROM test_window")
      let number = Int(try last?.optionalInteger("number") ?? 0) + 1
      try connection.execute(
        """
        INSERT INTO test_window (number, test, programme, opens_on, closes_on, actor, made_at)
        VALUES (\(number), \(window.test.rawValue), \(window.programme),
          \(window.opensOn.description), \(window.closesOn.description), \(actor),
          \(time.storedTime))
        """)
      for unit in Set(window.units) {
        try connection.execute(
          "INSERT INTO test_window_unit (test_window, unit) VALUES (\(number), \(unit.rawValue))")
      }
      try connection.audit(
        AuditEvent(
          actor: actor, action: "open-test", object: "test:\(window.test.rawValue)",
          detail: "window: \(number), \(window.opensOn)–\(window.closesOn), "
            + "programme: \(window.programme), units: \(window.units.count)"), at: time)
      return number
    }
  }

  /// Takes a window away.
  ///
  /// - Returns: whether there was one.
  /// - Throws: the database's error.
  public func removeTestWindow(
    _ number: Int, of test: AssessmentTest.ID, actor: String, at time: Date
  ) async throws -> Bool {
    try await commits.commit { connection in
      let removed = try connection.execute(
        "DELETE FROM test_window WHERE number = \(number) AND test = \(test.rawValue)")
      guard removed == 1 else { return false }
      try connection.audit(
        AuditEvent(
          actor: actor, action: "close-test", object: "test:\(test.rawValue)",
          detail: "window: \(number)"), at: time)
      return true
    }
  }

  /// The windows of a test for a programme, or for all when none is named, earliest first.
  ///
  /// - Throws: the database's error.
  public func testWindows(
    of test: AssessmentTest.ID, programme: String? = nil
  ) async throws -> [TestWindow] {
    try await engine.read { connection in
      let units = try connection.rows(
        """
        SELECT test_window, unit FROM test_window_unit JOIN test_window ON number = test_window
        WHERE test = \(test.rawValue) ORDER BY test_window, unit
        """
      ).reduce(into: [Int: [AdministrativeUnit.ID]]()) { units, row in
        units[Int(try row.integer("test_window")), default: []].append(
          AdministrativeUnit.ID(rawValue: try row.text("unit")))
      }
      return try connection.rows(
        """
        SELECT number, programme, opens_on, closes_on FROM test_window
        WHERE test = \(test.rawValue)
          AND (coalesce(\(programme), '') = '' OR programme = \(programme))
        ORDER BY opens_on, number
        """
      ).map { row in
        guard let opensOn = CalendarDay(try row.text("opens_on")),
          let closesOn = CalendarDay(try row.text("closes_on"))
        else { throw StoreError.unreadable(table: "test_window") }
        let number = Int(try row.integer("number"))
        return TestWindow(
          number: number, test: test, programme: try row.text("programme"), opensOn: opensOn,
          closesOn: closesOn, units: units[number] ?? [])
      }
    }
  }
}

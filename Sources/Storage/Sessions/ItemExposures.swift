import Competency
public import Delivery
public import Foundation
public import ItemBank

extension Store {
  /// The fewest finished sessions whose counts say anything about how often items are given.
  public static let exposureWindowMinimum = 50

  /// Counts how often the items of a test were given since the last count, and sets how often each
  /// may be offered from now on.
  ///
  /// A window with fewer than ``exposureWindowMinimum`` finished sessions is left to grow.
  ///
  /// - Parameters:
  ///   - test: a test whose stages are chosen.
  ///   - bank: the bank that knows its items.
  ///   - time: until when.
  /// - Returns: the counts, most exposed first; nil when the window is too small or nothing of the
  ///   test is chosen.
  /// - Throws: the database's error if it cannot be read or written; nothing has then changed.
  public func countExposures(
    of test: AssessmentTest.ID, bank: Bank, until time: Date
  ) async throws -> [CountedExposure]? {
    guard let blueprint = bank.blueprint(of: test), let selection = blueprint.selection,
      let framework = bank.framework(blueprint.framework)
    else { return nil }
    let (forms, known) = try await engine.read { connection in
      (
        try connection.finishedForms(of: test, until: time),
        try connection.exposure(of: test)
      )
    }
    guard forms.count >= Self.exposureWindowMinimum else { return nil }
    var counts = ExposureCounts(framework: framework)
    for form in forms {
      if form.isFurther {
        counts.addFurther(form.items)
      } else {
        counts.add(form.items, for: form.environment)
      }
    }
    let counted = counts.counted(
      bank.items(of: test), after: known, maximum: selection.maximumExposure)
    try await commits.commit { connection in
      try connection.replaceExposures(
        of: test, with: counted, sessionCount: forms.count, until: time)
    }
    return counted
  }

  /// How often the items of a test were given in the last window that was counted.
  ///
  /// - Returns: most exposed first; empty before the first count.
  /// - Throws: the database's error if it cannot be read.
  public func exposures(of test: AssessmentTest.ID) async throws -> [CountedExposure] {
    try await engine.read { connection in
      try connection.rows(
        """
        SELECT item, offered, presented, admission FROM item_exposure
        WHERE test = \(test.rawValue)
        """
      ).map { row in
        CountedExposure(
          item: AssessmentItem.ID(rawValue: try row.text("item")),
          offered: Int(try row.integer("offered")), presented: Int(try row.integer("presented")),
          admission: try row.double("admission"))
      }.sorted { ($1.rate, $0.item.rawValue) < ($0.rate, $1.item.rawValue) }
    }
  }
}

/// The items of a finished session, and whose environment they were for.
private struct FinishedForm {
  var environment: Environment.ID
  var items: Set<AssessmentItem.ID>
  /// Whether it is a stage on top of another session.
  var isFurther: Bool
}

extension Connection {
  /// How often the items of a test may be offered; items that always may are not named.
  func exposure(of test: AssessmentTest.ID) throws -> ItemExposure {
    let held = try rows(
      """
      SELECT item, admission FROM item_exposure WHERE test = \(test.rawValue) AND admission < 1
      """)
    return ItemExposure(
      admission: try held.reduce(into: [:]) {
        $0[AssessmentItem.ID(rawValue: try $1.text("item"))] = try $1.double("admission")
      })
  }

  /// The forms of the sessions of a test that were finished since the last count.
  fileprivate func finishedForms(
    of test: AssessmentTest.ID, until time: Date
  ) throws -> [FinishedForm] {
    let last = try row("SELECT counted_until FROM exposure_window WHERE test = \(test.rawValue)")
    let since = try last?.text("counted_until") ?? ""
    return try rows(
      """
      SELECT id, environment, form, continues FROM test_session
      WHERE test = \(test.rawValue) AND finished_at > \(since)
        AND finished_at <= \(time.storedTime)
      """
    ).map { row in
      FinishedForm(
        environment: Environment.ID(rawValue: try row.text("environment")),
        items: try givenItems(row), isFurther: try row.optionalText("continues") != nil)
    }
  }
}

extension SQLiteConnection {
  fileprivate func replaceExposures(
    of test: AssessmentTest.ID, with counted: [CountedExposure], sessionCount: Int, until time: Date
  ) throws {
    try execute("DELETE FROM item_exposure WHERE test = \(test.rawValue)")
    for exposure in counted {
      try execute(
        """
        INSERT INTO item_exposure (test, item, offered, presented, admission)
        VALUES (\(test.rawValue), \(exposure.item.rawValue), \(exposure.offered),
          \(exposure.presented), \(exposure.admission))
        """)
    }
    try execute(
      """
      INSERT INTO exposure_window (test, session_count, counted_until)
      VALUES (\(test.rawValue), \(sessionCount), \(time.storedTime))
      ON CONFLICT (test) DO UPDATE SET session_count = excluded.session_count,
        counted_until = excluded.counted_until
      """)
  }
}

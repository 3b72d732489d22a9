public import Foundation
public import ItemBank
public import Simulation

/// A blueprint tried on simulated teachers: what was asked, how far it is, what came of it.
public struct FormTrialRun: Hashable, Sendable {
  /// Where it stands.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// It is at work, or will begin again when the service is back.
    case running
    /// It has a report.
    case finished
    /// Somebody ended it.
    case cancelled
    /// It could not be done: no form could be drawn.
    case failed
  }

  /// Its number, from 1.
  public var number: Int
  /// The version of the bank it draws from.
  public var bankVersion: Bank.Version
  /// What is tried.
  public var blueprint: Blueprint
  /// How many teachers shall take the test.
  public var teachers: Int
  /// What everything follows from, not negative.
  public var seed: Int
  /// Where it stands.
  public var status: Status
  /// How many teachers have taken it.
  public var done: Int
  /// What came of it; nil unless finished.
  public var report: FormTrialReport?
  /// Who began it.
  public var actor: String
  /// When it began.
  public var startedAt: Date
  /// When it ended; nil while it runs.
  public var finishedAt: Date?
}

extension Store {
  /// Begins a trial.
  ///
  /// - Returns: its number; nil if one is running already, which is then the one to wait for.
  /// - Throws: the database's error if it cannot be kept.
  public func startFormTrial(
    of blueprint: Blueprint, bank: Bank.Version, teachers: Int, seed: Int, actor: String,
    at time: Date
  ) async throws -> Int? {
    let content = String(decoding: try blueprint.written(), as: UTF8.self)
    return try await commits.commit { connection in
      let running = try connection.row(
        "SELECT number FROM form_trial WHERE status = 'running' LIMIT 1")
      guard running == nil else { return nil }
      let last = try connection.row("SELECT max(number) AS number FROM form_trial")
      let number = Int(try last?.optionalInteger("number") ?? 0) + 1
      try connection.execute(
        """
        INSERT INTO form_trial
          (number, test, bank_version, blueprint, teachers, seed, status, done, actor, started_at)
        VALUES (\(number), \(blueprint.test.rawValue), \(bank.rawValue), \(content), \(teachers),
          \(seed), 'running', 0, \(actor), \(time.storedTime))
        """)
      try connection.audit(
        AuditEvent(
          actor: actor, action: "try-blueprint", object: "test:\(blueprint.test.rawValue)",
          detail: "trial: \(number), simulated: \(teachers)"), at: time)
      return number
    }
  }

  /// Notes how many teachers have taken the test.
  ///
  /// - Returns: whether the trial is still wanted; false once somebody has ended it.
  public func noteFormTrial(_ number: Int, done: Int) async throws -> Bool {
    try await commits.commit { connection in
      try connection.execute(
        "UPDATE form_trial SET done = \(done) WHERE number = \(number) AND status = 'running'") == 1
    }
  }

  /// Ends a trial that runs.
  ///
  /// - Returns: whether it was running.
  /// - Throws: the database's error if it cannot be kept.
  public func endFormTrial(
    _ number: Int, as status: FormTrialRun.Status, report: FormTrialReport? = nil,
    actor: String? = nil, at time: Date
  ) async throws -> Bool {
    try await commits.commit { connection in
      let changed = try connection.execute(
        """
        UPDATE form_trial SET status = \(status.rawValue), report = \(try report?.storedJSON()),
          done = coalesce(\(report?.teachers), done), finished_at = \(time.storedTime)
        WHERE number = \(number) AND status = 'running'
        """)
      if changed == 1, let actor {
        try connection.audit(
          AuditEvent(
            actor: actor, action: "\(status.rawValue)-trial", object: "trial:\(number)"), at: time)
      }
      return changed == 1
    }
  }

  /// The trials of a test, latest first; of all tests when none is named.
  public func formTrials(
    of test: AssessmentTest.ID?, limit: Int = 50
  ) async throws -> [FormTrialRun] {
    try await engine.read { connection in
      try connection.rows(
        """
        SELECT number, bank_version, blueprint, teachers, seed, status, done, report, actor,
          started_at, finished_at
        FROM form_trial WHERE coalesce(\(test?.rawValue), '') = '' OR test = \(test?.rawValue)
        ORDER BY number DESC LIMIT \(limit)
        """
      ).map(FormTrialRun.init(row:))
    }
  }

  /// One trial.
  public func formTrial(_ number: Int) async throws -> FormTrialRun? {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT number, bank_version, blueprint, teachers, seed, status, done, report, actor,
          started_at, finished_at
        FROM form_trial WHERE number = \(number)
        """
      ).map(FormTrialRun.init(row:))
    }
  }
}

extension FormTrialRun {
  fileprivate init(row: Row) throws {
    guard let status = Status(rawValue: try row.text("status")) else {
      throw StoreError.unreadable(table: "form_trial")
    }
    self.init(
      number: Int(try row.integer("number")),
      bankVersion: Bank.Version(rawValue: try row.text("bank_version")),
      blueprint: try Blueprint(stored: try row.text("blueprint"), table: "form_trial"),
      teachers: Int(try row.integer("teachers")), seed: Int(try row.integer("seed")),
      status: status, done: Int(try row.integer("done")),
      report: try row.optionalText("report").map {
        try JSONDecoder().decode(FormTrialReport.self, from: Data($0.utf8))
      }, actor: try row.text("actor"),
      startedAt: try Date(storedTime: try row.text("started_at")),
      finishedAt: try row.optionalText("finished_at").map { try Date(storedTime: $0) })
  }
}

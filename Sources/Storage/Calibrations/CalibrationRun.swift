public import Foundation
public import ItemBank

/// One calibration run: what was asked, how far it is, what came of it.
public struct CalibrationRun: Hashable, Sendable {
  /// Where it stands.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// It is at work, or will go on when the service is back.
    case running
    /// It has found parameters that nobody has decided about.
    case finished
    /// Somebody ended it.
    case cancelled
    /// It could not be done; ``CalibrationRun/fault`` says why.
    case failed
    /// Its parameters are in service, or were.
    case published
    /// Its parameters were not wanted.
    case discarded
  }

  /// What was asked.
  public struct Settings: Hashable, Sendable, Codable {
    /// The test whose items are calibrated.
    public var test: String
    /// The first day whose answers count, as `2026-09-01`; empty for all.
    public var from: String
    /// Whether items calibrated before keep their parameters.
    public var keepsCalibrated: Bool
    /// The fewest answers an item needs.
    public var minimumAnswers: Int

    /// Creates settings.
    public init(test: String, from: String, keepsCalibrated: Bool, minimumAnswers: Int) {
      self.test = test
      self.from = from
      self.keepsCalibrated = keepsCalibrated
      self.minimumAnswers = minimumAnswers
    }
  }

  /// How far it is.
  public struct Progress: Hashable, Sendable, Codable {
    /// How many cycles are done.
    public var cycles: Int
    /// How far the last cycle moved what it moved most, in logits; 0 before the first.
    public var largestChange: Double
    /// The persons whose answers it uses.
    public var persons: Int
    /// The answers it uses.
    public var answers: Int
    /// How long a cycle takes, in seconds.
    public var secondsPerCycle: Double
    /// The slope and steps of each item by now, so that it can go on after a restart.
    public var items: [String: [Double]]

    /// Creates progress.
    public init(
      cycles: Int = 0, largestChange: Double = 0, persons: Int = 0, answers: Int = 0,
      secondsPerCycle: Double = 0, items: [String: [Double]] = [:]
    ) {
      self.cycles = cycles
      self.largestChange = largestChange
      self.persons = persons
      self.answers = answers
      self.secondsPerCycle = secondsPerCycle
      self.items = items
    }
  }

  /// What it found about one item.
  public struct ItemResult: Hashable, Sendable, Codable {
    /// The item.
    public var item: String
    /// How many answers it has.
    public var answers: Int
    /// The mean of its steps before, in logits; nil for an item without parameters.
    public var locationBefore: Double?
    /// The mean of its steps after, in logits.
    public var location: Double
    /// The standard error of the new one.
    public var locationError: Double
    /// The slope before; nil for an item without parameters.
    public var slopeBefore: Double?
    /// The slope after.
    public var slope: Double
    /// The standard error of the new slope's logarithm.
    public var logSlopeError: Double
    /// The steps after.
    public var steps: [Double]
    /// Whether it was calibrated before.
    public var wasCalibrated: Bool
    /// Whether it is only tried out so far.
    public var isPilot: Bool

    /// Creates a result.
    public init(
      item: String, answers: Int, locationBefore: Double?, location: Double,
      locationError: Double, slopeBefore: Double?, slope: Double, logSlopeError: Double,
      steps: [Double], wasCalibrated: Bool, isPilot: Bool
    ) {
      self.item = item
      self.answers = answers
      self.locationBefore = locationBefore
      self.location = location
      self.locationError = locationError
      self.slopeBefore = slopeBefore
      self.slope = slope
      self.logSlopeError = logSlopeError
      self.steps = steps
      self.wasCalibrated = wasCalibrated
      self.isPilot = isPilot
    }
  }

  /// Its number, from 1.
  public var number: Int
  /// The version of the bank it scores answers with.
  public var bankVersion: Bank.Version
  /// What was asked.
  public var settings: Settings
  /// Where it stands.
  public var status: Status
  /// How far it is.
  public var progress: Progress
  /// What it found, by item.
  public var results: [ItemResult]
  /// Why it failed, as the name of a phrase; empty otherwise.
  public var fault: String
  /// Who began it.
  public var actor: String
  /// When it began.
  public var startedAt: Date
  /// When it ended; nil while it runs.
  public var finishedAt: Date?
}

extension Store {
  /// Begins a run.
  ///
  /// - Returns: its number; nil if one is running already, which is then the one to wait for.
  /// - Throws: the database's error if it cannot be kept.
  public func startCalibration(
    _ settings: CalibrationRun.Settings, bank: Bank.Version, actor: String, at time: Date
  ) async throws -> Int? {
    try await commits.commit { connection in
      let running = try connection.row(
        "SELECT number FROM calibration_run WHERE status = 'running' LIMIT 1")
      guard running == nil else { return nil }
      let last = try connection.row("SELECT max(number) AS number FROM calibration_run")
      let number = Int(try last?.optionalInteger("number") ?? 0) + 1
      try connection.execute(
        """
        INSERT INTO calibration_run
          (number, bank_version, settings, status, progress, results, fault, actor, started_at)
        VALUES (\(number), \(bank.rawValue), \(try settings.storedJSON()), 'running',
          \(try CalibrationRun.Progress().storedJSON()), '[]', '', \(actor), \(time.storedTime))
        """)
      try connection.audit(
        AuditEvent(actor: actor, action: "start-calibration", object: "calibration:\(number)"),
        at: time)
      return number
    }
  }

  /// Keeps how far a run is.
  ///
  /// - Returns: whether it is still wanted; false once somebody has ended it.
  public func keepProgress(
    _ progress: CalibrationRun.Progress, ofCalibration number: Int
  ) async throws -> Bool {
    try await commits.commit { connection in
      try connection.execute(
        """
        UPDATE calibration_run SET progress = \(try progress.storedJSON())
        WHERE number = \(number) AND status = 'running'
        """) == 1
    }
  }

  /// Ends a run.
  ///
  /// - Parameters:
  ///   - number: the run.
  ///   - status: how it ends, or what was decided about it.
  ///   - from: where it must stand for that.
  ///   - results: what it found; nil leaves what is kept.
  ///   - fault: why it failed.
  ///   - actor: who decided; nil for the program.
  ///   - time: when.
  /// - Returns: whether it stood there.
  /// - Throws: the database's error if it cannot be kept.
  public func endCalibration(
    _ number: Int, as status: CalibrationRun.Status, from: CalibrationRun.Status,
    results: [CalibrationRun.ItemResult]? = nil, fault: String = "", actor: String? = nil,
    at time: Date
  ) async throws -> Bool {
    try await commits.commit { connection in
      let kept = try results.map { try $0.storedJSON() }
      let changed = try connection.execute(
        """
        UPDATE calibration_run SET status = \(status.rawValue), fault = \(fault),
          results = coalesce(\(kept), results), finished_at = coalesce(finished_at, \(time.storedTime))
        WHERE number = \(number) AND status = \(from.rawValue)
        """)
      guard changed == 1 else { return false }
      if let actor {
        try connection.audit(
          AuditEvent(
            actor: actor, action: "\(status.verb)-calibration", object: "calibration:\(number)"),
          at: time)
      }
      return true
    }
  }

  /// The runs, latest first.
  public func calibrations(limit: Int = 100) async throws -> [CalibrationRun] {
    try await engine.read { connection in
      try connection.rows(
        """
        SELECT number, bank_version, settings, status, progress, results, fault, actor,
          started_at, finished_at
        FROM calibration_run ORDER BY number DESC LIMIT \(limit)
        """
      ).map(CalibrationRun.init(row:))
    }
  }

  /// One run.
  public func calibration(_ number: Int) async throws -> CalibrationRun? {
    try await engine.read { connection in
      try connection.row(
        """
        SELECT number, bank_version, settings, status, progress, results, fault, actor,
          started_at, finished_at
        FROM calibration_run WHERE number = \(number)
        """
      ).map(CalibrationRun.init(row:))
    }
  }
}

extension CalibrationRun.Status {
  /// What somebody did who brought a run there, in the audit log's words.
  fileprivate var verb: String {
    switch self {
    case .running: "start"
    case .finished: "finish"
    case .cancelled: "cancel"
    case .failed: "fail"
    case .published: "publish"
    case .discarded: "discard"
    }
  }
}

extension CalibrationRun {
  fileprivate init(row: Row) throws {
    func decoded<Value: Decodable>(_ type: Value.Type, _ column: String) throws -> Value {
      try JSONDecoder().decode(type, from: Data(try row.text(column).utf8))
    }
    guard let status = Status(rawValue: try row.text("status")) else {
      throw StoreError.unreadable(table: "calibration_run")
    }
    self.init(
      number: Int(try row.integer("number")),
      bankVersion: Bank.Version(rawValue: try row.text("bank_version")),
      settings: try decoded(Settings.self, "settings"), status: status,
      progress: try decoded(Progress.self, "progress"),
      results: try decoded([ItemResult].self, "results"), fault: try row.text("fault"),
      actor: try row.text("actor"), startedAt: try Date(storedTime: try row.text("started_at")),
      finishedAt: try row.optionalText("finished_at").map { try Date(storedTime: $0) })
  }
}

public import Competency
public import ItemBank

/// How often an item was given in a window of sessions.
public struct CountedExposure: Hashable, Sendable {
  /// The item.
  public var item: AssessmentItem.ID
  /// The finished sessions of the test that could have had it: the teacher's environment includes its.
  public var offered: Int
  /// Those that had it.
  public var presented: Int
  /// The probability that it is admitted to a session from now on.
  public var admission: Double

  /// Creates a count.
  public init(item: AssessmentItem.ID, offered: Int, presented: Int, admission: Double) {
    self.item = item
    self.offered = offered
    self.presented = presented
    self.admission = admission
  }

  /// Its share of the sessions that could have had it, 0…1; 0 when there was none.
  public var rate: Double { offered > 0 ? Double(presented) / Double(offered) : 0 }
}

/// Counts how often the items of a test were given in a window of finished sessions.
public struct ExposureCounts: Sendable {
  /// How many sessions were counted.
  public private(set) var sessionCount = 0
  private let framework: Framework
  /// How many sessions could have had an item of an environment.
  private var offered: [Environment.ID: Int] = [:]
  private var presented: [AssessmentItem.ID: Int] = [:]

  /// Starts a window.
  ///
  /// - Parameter framework: the framework of the test.
  public init(framework: Framework) {
    self.framework = framework
  }

  /// Counts a finished session.
  ///
  /// - Parameters:
  ///   - items: the items of its form.
  ///   - environment: the teacher's environment.
  public mutating func add(
    _ items: some Sequence<AssessmentItem.ID>, for environment: Environment.ID
  ) {
    sessionCount += 1
    for included in framework.environment(environment)?.includes ?? [] {
      offered[included, default: 0] += 1
    }
    for item in items { presented[item, default: 0] += 1 }
  }

  /// Counts the items of a stage that was taken on top of a finished session.
  ///
  /// It is no session of its own: that it was offered was counted with the one it goes on from.
  public mutating func addFurther(_ items: some Sequence<AssessmentItem.ID>) {
    for item in items { presented[item, default: 0] += 1 }
  }

  /// The counts, and how often each item may be offered in the next window.
  ///
  /// - Parameters:
  ///   - items: the items of the test.
  ///   - exposure: how often they might be offered in this window.
  ///   - maximum: the largest rate wanted.
  /// - Returns: most exposed first.
  public func counted(
    _ items: [BankItem], after exposure: ItemExposure, maximum: Double
  ) -> [CountedExposure] {
    items.compactMap { item in
      guard let point = item.points.first.flatMap(framework.point) else { return nil }
      var counted = CountedExposure(
        item: item.id, offered: offered[point.environment, default: 0],
        // A further stage may fall into a later window than its session.
        presented: min(
          presented[item.id, default: 0], offered[point.environment, default: 0]),
        admission: exposure.admission[item.id] ?? 1)
      // Where nobody could have had it, nothing was learned.
      if counted.offered > 0 {
        counted.admission = ItemExposure.admission(
          after: counted.admission, rate: counted.rate, maximum: maximum)
      }
      return counted
    }.sorted { ($1.rate, $0.item.rawValue) < ($0.rate, $1.item.rawValue) }
  }
}

extension ItemExposure {
  /// What was set when a window was counted.
  public init(_ counted: [CountedExposure]) {
    self.init(
      admission: counted.reduce(into: [:]) { $0[$1.item] = $1.admission < 1 ? $1.admission : nil })
  }
}

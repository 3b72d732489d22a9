public import Competency
public import ItemBank

/// What finished sessions say under two banks: the one there is and the one there would be.
///
/// Both sides are worked out by the same function as every result, so what is foreseen is what comes
/// when the change is made.
public struct RescoringComparison: Hashable, Sendable {
  /// How sure a composite is over many sessions.
  public struct Precision: Hashable, Sendable {
    /// The share of the differences between teachers that is not error, 0…1: the variance of the
    /// expected abilities over it plus the mean squared standard error (empirical reliability).
    public var reliability: Double
    /// The mean standard error, in logits.
    public var standardError: Double

    /// Creates a precision.
    public init(reliability: Double, standardError: Double) {
      self.reliability = reliability
      self.standardError = standardError
    }
  }

  /// A composite under both banks.
  public struct Composite: Hashable, Sendable {
    /// The dimension; nil for the whole.
    public var dimension: Dimension.ID?
    /// As it is; nil where no session has evidence about it.
    public var present: Precision?
    /// As it would be.
    public var proposed: Precision?
    /// How many teachers' most probable level would be another.
    public var levelChanges: Int
  }

  /// The finished sessions that were compared.
  public var sessionCount: Int
  /// Those that were asked an item that is changed.
  public var affectedCount: Int
  /// Those whose list of points to work on would be another, in members or order.
  public var priorityChanges: Int
  /// Those with a point whose verdict would be another.
  public var verdictChanges: Int
  /// Those with another level in any dimension or in the whole.
  public var levelChanges: Int
  /// The whole, then each dimension in the framework's order.
  public var composites: [Composite]
}

/// Collects what sessions say under two banks.
///
/// Sessions are added one by one, so that many need not be in memory; two collections of different
/// sessions can be joined.
public struct Rescoring: Sendable {
  private let framework: Framework
  private var present: SessionScoring
  private var proposed: SessionScoring
  private let changed: Set<AssessmentItem.ID>
  private var sessionCount = 0
  private var affectedCount = 0
  private var priorityChanges = 0
  private var verdictChanges = 0
  private var anyLevelChanges = 0
  private var levelChanges: [Int]
  private var presentSums: [Sums]
  private var proposedSums: [Sums]

  /// Sums over sessions of one composite.
  private struct Sums: Hashable, Sendable {
    var count = 0
    var ability = 0.0
    var squaredAbility = 0.0
    var error = 0.0
    var squaredError = 0.0

    mutating func add(_ composite: TestResult.Composite) {
      guard composite.evidenceCount > 0 else { return }
      count += 1
      ability += composite.ability
      squaredAbility += composite.ability * composite.ability
      error += composite.standardError
      squaredError += composite.standardError * composite.standardError
    }

    mutating func add(_ other: Sums) {
      count += other.count
      ability += other.ability
      squaredAbility += other.squaredAbility
      error += other.error
      squaredError += other.squaredError
    }

    var precision: RescoringComparison.Precision? {
      guard count > 1 else { return nil }
      let size = Double(count)
      let variance = max(0, squaredAbility / size - (ability / size) * (ability / size))
      let noise = squaredError / size
      return RescoringComparison.Precision(
        reliability: variance + noise > 0 ? variance / (variance + noise) : 0,
        standardError: error / size)
    }
  }

  /// - Parameters:
  ///   - present: the bank there is.
  ///   - proposed: the bank there would be.
  ///   - framework: the framework of the test.
  public init(present: Bank, proposed: Bank, framework: Framework) {
    self.framework = framework
    self.present = SessionScoring(bank: present, framework: framework)
    self.proposed = SessionScoring(bank: proposed, framework: framework)
    let after = [AssessmentItem.ID: BankItem](
      proposed.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    changed = Set(
      present.items.filter { item in
        guard let other = after[item.id] else { return true }
        return other.state != item.state || other.parameters != item.parameters
          || other.item.contentHash != item.item.contentHash
      }.map(\.id))
    levelChanges = [Int](repeating: 0, count: framework.dimensions.count + 1)
    presentSums = [Sums](repeating: Sums(), count: framework.dimensions.count + 1)
    proposedSums = presentSums
  }

  /// The items that differ.
  public var changedItems: Set<AssessmentItem.ID> { changed }

  /// Adds a finished session.
  ///
  /// - Parameter session: a session of a test of the framework; one from an environment that the
  ///   framework does not know is left out.
  public mutating func add(_ session: TestSession) {
    let isAffected = session.stages.contains { stage in
      stage.groups.contains { $0.items.contains(where: changed.contains) }
    }
    guard isAffected else {
      // It says the same under both banks: only how sure it is counts.
      guard let composites = session.composites(scoring: &present) else { return }
      sessionCount += 1
      for (place, composite) in composites.enumerated() {
        presentSums[place].add(composite)
        proposedSums[place].add(composite)
      }
      return
    }
    guard let before = session.result(scoring: &present) else { return }
    let after = session.result(scoring: &proposed) ?? before
    sessionCount += 1
    affectedCount += 1
    var hasOtherLevel = false
    for (place, pair) in zip(before.composites, after.composites).enumerated() {
      presentSums[place].add(pair.0)
      proposedSums[place].add(pair.1)
      guard pair.0.evidenceCount > 0 || pair.1.evidenceCount > 0,
        pair.0.likelyLevel != pair.1.likelyLevel
      else { continue }
      levelChanges[place] += 1
      hasOtherLevel = true
    }
    if hasOtherLevel { anyLevelChanges += 1 }
    if before.priorities != after.priorities { priorityChanges += 1 }
    if zip(before.points, after.points).contains(where: { $0.verdict != $1.verdict }) {
      verdictChanges += 1
    }
  }

  /// Adds what another collection of other sessions found under the same banks.
  public mutating func add(_ other: Rescoring) {
    sessionCount += other.sessionCount
    affectedCount += other.affectedCount
    priorityChanges += other.priorityChanges
    verdictChanges += other.verdictChanges
    anyLevelChanges += other.anyLevelChanges
    for place in levelChanges.indices {
      levelChanges[place] += other.levelChanges[place]
      presentSums[place].add(other.presentSums[place])
      proposedSums[place].add(other.proposedSums[place])
    }
  }

  /// What was found.
  public var comparison: RescoringComparison {
    let dimensions = [nil] + framework.dimensions.map { Optional($0.id) }
    return RescoringComparison(
      sessionCount: sessionCount, affectedCount: affectedCount, priorityChanges: priorityChanges,
      verdictChanges: verdictChanges, levelChanges: anyLevelChanges,
      composites: dimensions.indices.map { place in
        RescoringComparison.Composite(
          dimension: dimensions[place], present: presentSums[place].precision,
          proposed: proposedSums[place].precision, levelChanges: levelChanges[place])
      })
  }
}

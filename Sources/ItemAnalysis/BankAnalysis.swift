public import Competency
public import ItemBank
import Psychometrics

/// How well the teachers of one level are measured in one dimension.
public struct LevelMeasurement: Hashable, Sendable, Codable {
  /// The framework.
  public var framework: Framework.ID
  /// The dimension.
  public var dimension: Dimension.ID
  /// The level, from 0.
  public var level: Int
  /// The share of its teachers that is measured too coarsely; nil for too few teachers.
  public var coarse: Estimate?
  /// How many teachers there are.
  public var count: Int
}

/// What the answers of all finished sessions say about the items of a bank.
public struct BankAnalysis: Hashable, Sendable, Codable {
  /// The bank that the answers were scored with.
  public var bankVersion: String
  /// The version of this computation.
  public var engine: String
  /// How many sessions there are.
  public var sheetCount: Int
  /// How many answers could be scored.
  public var answerCount: Int
  /// The items that the bank has parameters of, in its order.
  public var items: [ItemStatistics]
  /// The dimensions, level by level.
  public var levels: [LevelMeasurement]
  /// What needs attention, most people first.
  public var findings: [Finding]

  /// The version of this computation; a new one may judge otherwise.
  public static let engineVersion = "1"

  /// Analyses the answers.
  ///
  /// Groups differ in ability, and a prior that does not know of it would find every item a little
  /// harder for the weaker group: differences are therefore measured from the median over all items.
  ///
  /// - Parameters:
  ///   - sheets: the finished sessions.
  ///   - bank: the bank in service; all answers are scored with it.
  ///   - older: the banks that sheets are pinned to. An answer counts when the item read the same
  ///     there; one to an item of a bank that is not here does not.
  /// - Complexity: about 200 µs a session, and as much again for the items' curves.
  public init(_ sheets: [AnswerSheet], bank: Bank, older: [Bank.Version: Bank] = [:]) {
    bankVersion = bank.version.rawValue
    engine = Self.engineVersion
    sheetCount = sheets.count
    items = []
    levels = []
    findings = []
    answerCount = 0
    for framework in bank.frameworks {
      let blueprints = bank.blueprints.filter { $0.framework == framework.id }
      guard !blueprints.isEmpty else { continue }
      let tests = Set(blueprints.map(\.test))
      var evidence = AnswerEvidence(framework: framework, bank: bank, older: older)
      for sheet in sheets where tests.contains(sheet.test) { evidence.add(sheet) }
      add(evidence, blueprints: blueprints, bank: bank)
    }
    findings.sort {
      ($1.peopleAffected, $0.kind.rawValue, $0.item?.rawValue ?? "")
        < ($0.peopleAffected, $1.kind.rawValue, $1.item?.rawValue ?? "")
    }
  }

  private mutating func add(_ evidence: AnswerEvidence, blueprints: [Blueprint], bank: Bank) {
    var testsOfItem: [AssessmentItem.ID: [AssessmentTest.ID]] = [:]
    for blueprint in blueprints {
      for item in bank.items(of: blueprint.test) {
        testsOfItem[item.id, default: []].append(blueprint.test)
      }
    }
    var own = evidence.items.filter { $0.item.framework == evidence.framework.id }.map { observed in
      ItemExamination(
        observed: observed, evidence: evidence, tests: testsOfItem[observed.item.id] ?? []
      ).statistics()
    }
    DifferenceCentring(own).apply(to: &own)
    answerCount += own.reduce(0) { $0 + $1.count }
    let measured = Self.levels(evidence)
    items += own
    levels += measured
    findings += FindingSearch(
      statistics: own.filter { item in
        let state = bank.item(item.item)?.state
        return testsOfItem[item.item] != nil && (state == .live || state == .pilot)
      }, levels: measured,
      blueprints: blueprints, bank: bank
    ).findings()
  }

  private static func levels(_ evidence: AnswerEvidence) -> [LevelMeasurement] {
    let framework = evidence.framework
    return zip(framework.dimensions, evidence.dimensions).flatMap { dimension, measured in
      framework.measurement.levels.indices.map { level in
        let own = measured.filter { $0.level == level }
        let coarse = own.count { $0.remaining > AnalysisRules.remainingVariance }
        return LevelMeasurement(
          framework: framework.id, dimension: dimension.id, level: level,
          coarse: own.count >= AnalysisRules.levelCount
            ? .proportion(coarse, of: own.count) : nil, count: own.count)
      }
    }
  }
}

/// The differences that all items of a bank show alike: those are of the people, not of the items.
private struct DifferenceCentring {
  private struct Key: Hashable {
    var grouping: Grouping
    var group: String
  }

  private var centres: [Key: Double] = [:]
  private var drift = 0.0
  private var displacement = 0.0

  /// Fewer items have no median worth the name.
  private static let leastItems = 8

  init(_ items: [ItemStatistics]) {
    var shifts: [Key: [Double]] = [:]
    for difference in items.flatMap(\.differences) {
      shifts[Key(grouping: difference.grouping, group: difference.group), default: []]
        .append(difference.shift.value)
    }
    centres = shifts.compactMapValues(Self.median)
    drift = Self.median(items.compactMap(\.drift?.shift.value)) ?? 0
    displacement = Self.median(items.compactMap(\.displacement?.shift.value)) ?? 0
  }

  private static func median(_ values: [Double]) -> Double? {
    guard values.count >= leastItems else { return nil }
    let sorted = values.sorted()
    return (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
  }

  func apply(to items: inout [ItemStatistics]) {
    for place in items.indices {
      for (index, difference) in items[place].differences.enumerated() {
        let key = Key(grouping: difference.grouping, group: difference.group)
        let shift = difference.shift.moved(by: -(centres[key] ?? 0))
        items[place].differences[index].shift = shift
        items[place].differences[index].probability = shift.probability
      }
      if let shift = items[place].drift?.shift.moved(by: -drift) {
        items[place].drift = ItemStatistics.Drift(shift: shift, probability: shift.probability)
      }
      if let shift = items[place].displacement?.shift.moved(by: -displacement) {
        items[place].displacement = ItemStatistics.Drift(
          shift: shift, probability: shift.probability)
      }
    }
  }
}

extension Estimate {
  fileprivate func moved(by amount: Double) -> Estimate {
    Estimate(value: value + amount, lower: lower + amount, upper: upper + amount, count: count)
  }

  /// The probability of a figure at least as far from 0 when the true one is 0.
  fileprivate var probability: Double { Discoveries.twoSided(value / max(standardError, 1e-12)) }
}

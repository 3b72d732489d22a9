public import Competency
public import ItemBank
import Psychometrics

/// Whether a bank can fill the forms of a blueprint, and what it lacks where.
///
/// Each shortage compares what is asked with the most that any form could hold, so a shortage is
/// certain; that there is none is certain only with ``Form/failureShare``.
public struct BlueprintFeasibility: Hashable, Sendable {
  /// Why a form cannot be filled.
  public enum Shortage: Hashable, Sendable {
    /// An environment gives fewer items than are asked of it.
    case environment(Environment.ID, wanted: Int, held: Int)
    /// A dimension gives fewer items than its minimum.
    case dimension(Dimension.ID, wanted: Int, held: Int)
    /// The upper bounds of the dimensions do not sum to the length.
    case bounds(wanted: Int, held: Int)
    /// Every kind has enough items, and yet no form was found: they do not go together.
    case together
  }

  /// A point with the items that count for it.
  public struct Point: Hashable, Sendable {
    /// The point.
    public var point: CompetencyPoint.ID
    /// The environment it belongs to.
    public var environment: Environment.ID
    /// The items of the test that can be given for it.
    public var held: Int
    /// The most items a form may have for it.
    public var maximum: Int

    /// Whether there are too few for two forms without repeats.
    public var isThin: Bool { held < 2 * maximum }
  }

  /// A school stage of which an environment has too few stories.
  public struct Stories: Hashable, Sendable {
    /// The school stage, in the bank's words.
    public var schoolStage: String
    /// The environment.
    public var environment: Environment.ID
    /// How many items a form takes from the environment.
    public var wanted: Int
    /// How many items of the environment are set in the school stage.
    public var held: Int
  }

  /// The form of one environment.
  public struct Form: Hashable, Sendable {
    /// The teacher's environment.
    public var environment: Environment.ID
    /// Why it cannot be filled; empty when it can.
    public var shortages: [Shortage]
    /// The share of tries that found no form, 0…1; above 0 the bank is at its limit.
    public var failureShare: Double
    /// The points of its environments.
    public var points: [Point]
    /// The school stages with too few stories of their own.
    public var stories: [Stories]

    /// Whether teachers of this environment can take the test.
    public var canBeFilled: Bool { failureShare < 1 && shortages.isEmpty }
  }

  /// A form for each environment of the blueprint.
  public var forms: [Form]

  /// Whether every teacher can take the test.
  public var isFilled: Bool { forms.allSatisfy(\.canBeFilled) }

  /// Looks at the forms of a test.
  ///
  /// - Parameters:
  ///   - blueprint: what is asked of the forms.
  ///   - bank: the bank, with this blueprint in it.
  ///   - tries: how many forms are drawn for each environment.
  public init(_ blueprint: Blueprint, bank: Bank, tries: Int = 20) {
    let framework = bank.framework(blueprint.framework)
    forms = blueprint.forms.map { form in
      let counts = ItemCounts(form: form, blueprint: blueprint, bank: bank, framework: framework)
      var shortages = counts.shortages
      var failureShare = 1.0
      // Where something is certainly missing no form need be looked for.
      if shortages.isEmpty {
        failureShare = Self.failureShare(of: form, blueprint, bank, tries: tries)
        if failureShare == 1 { shortages = [.together] }
      }
      return Form(
        environment: form.environment, shortages: shortages, failureShare: failureShare,
        points: counts.points, stories: counts.stories)
    }
  }

  /// After how many failures in a row nothing more is tried: each is five hundred draws.
  private static let patience = 3

  private static func failureShare(
    of form: Blueprint.Form, _ blueprint: Blueprint, _ bank: Bank, tries: Int
  ) -> Double {
    var failures = 0
    for seed in 0..<tries {
      if !BlueprintCoverage.isFilled(form, blueprint, bank, seed: UInt64(seed)) { failures += 1 }
      if failures == patience, seed == patience - 1 { return 1 }
    }
    return Double(failures) / Double(max(tries, 1))
  }
}

/// What a bank has for a form, counted.
private struct ItemCounts {
  let form: Blueprint.Form
  let blueprint: Blueprint
  let framework: Framework?
  private let pool: FormPool?
  private let items: [BankItem]

  init(form: Blueprint.Form, blueprint: Blueprint, bank: Bank, framework: Framework?) {
    self.form = form
    self.blueprint = blueprint
    self.framework = framework
    do throws(BlueprintError) {
      pool = try FormPool(
        bank: bank, test: blueprint.test, environment: form.environment, schoolStage: nil, seen: [])
    } catch {
      // A test that is not there has no items.
      pool = nil
    }
    items = pool?.candidates.compactMap { bank.item($0.id) } ?? []
  }

  var points: [BlueprintFeasibility.Point] {
    let held = items.compactMap(\.points.first).reduce(into: [CompetencyPoint.ID: Int]()) {
      $0[$1, default: 0] += 1
    }
    return (framework?.points ?? []).filter { form.fromEnvironment[$0.environment] != nil }.map {
      BlueprintFeasibility.Point(
        point: $0.id, environment: $0.environment, held: held[$0.id, default: 0],
        maximum: form.maximum(of: $0.id))
    }
  }

  /// The most items a form can hold of some points.
  private func most(_ isIncluded: (BlueprintFeasibility.Point) -> Bool) -> Int {
    points.filter(isIncluded).reduce(0) { $0 + min($1.held, $1.maximum) }
  }

  var shortages: [BlueprintFeasibility.Shortage] {
    var shortages: [BlueprintFeasibility.Shortage] = []
    for environment in framework?.environments ?? [] {
      guard let wanted = form.fromEnvironment[environment.id] else { continue }
      let held = most { $0.environment == environment.id }
      if held < wanted {
        shortages.append(.environment(environment.id, wanted: wanted, held: held))
      }
    }
    for dimension in framework?.dimensions ?? [] {
      guard let wanted = form.fromDimension[dimension.id]?.lowerBound else { continue }
      let held = (framework?.environments ?? []).reduce(0) { sum, environment in
        let ofBoth = most {
          $0.environment == environment.id
            && framework?.point($0.point)?.dimension == dimension.id
        }
        return sum + min(ofBoth, form.fromEnvironment[environment.id] ?? 0)
      }
      if held < wanted { shortages.append(.dimension(dimension.id, wanted: wanted, held: held)) }
    }
    let bounded = (framework?.dimensions ?? []).map {
      form.fromDimension[$0.id]?.upperBound ?? blueprint.length
    }.reduce(0, +)
    if bounded < blueprint.length {
      shortages.append(.bounds(wanted: blueprint.length, held: bounded))
    }
    return shortages
  }

  var stories: [BlueprintFeasibility.Stories] {
    let stages = Set(items.compactMap(\.schoolStage)).sorted()
    return stages.flatMap { stage in
      (framework?.environments ?? []).compactMap { environment in
        guard let wanted = form.fromEnvironment[environment.id], wanted > 0 else { return nil }
        // A story that is tied to no school stage is as near to one as to another.
        let held = items.count { item in
          item.points.first.flatMap { framework?.point($0)?.environment } == environment.id
            && (item.schoolStage == nil || item.schoolStage == stage)
        }
        return held < wanted
          ? BlueprintFeasibility.Stories(
            schoolStage: stage, environment: environment.id, wanted: wanted, held: held) : nil
      }
    }
  }
}

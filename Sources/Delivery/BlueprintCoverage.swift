public import Competency
public import ItemBank
import Psychometrics

/// A form that a bank cannot fill: teachers of the environment could not take the test.
public struct UnfilledForm: Hashable, Sendable {
  /// The test.
  public var test: AssessmentTest.ID
  /// The teacher's environment.
  public var environment: Environment.ID
}

extension Bank {
  /// The forms of its tests that cannot be filled; a bank with any does not go into service.
  public var unfilledForms: [UnfilledForm] {
    blueprints.flatMap { blueprint in
      blueprint.forms.filter { form in
        // The first form that is found is enough.
        !(0..<BlueprintCoverage.usualTries).contains { seed in
          BlueprintCoverage.isFilled(form, blueprint, self, seed: UInt64(seed))
        }
      }.map { UnfilledForm(test: blueprint.test, environment: $0.environment) }
    }
  }
}

/// Whether a bank can fill the forms of a test, and how thin it is where.
public struct BlueprintCoverage: Hashable, Sendable {
  /// The form of one environment.
  public struct Form: Hashable, Sendable {
    /// The teacher's environment.
    public var environment: Environment.ID
    /// How many of the tries found no form, 0…1; above 0 the bank is at its limit.
    public var failureShare: Double
    /// The points of its environments with fewer items that count than it takes for a retest
    /// without repeats, fewest first.
    public var thinPoints: [ThinPoint]

    /// Whether teachers of this environment can take the test.
    public var canBeFilled: Bool { failureShare < 1 }
  }

  /// A point with few items.
  public struct ThinPoint: Hashable, Sendable {
    /// The point.
    public var point: CompetencyPoint.ID
    /// Its items that count.
    public var itemCount: Int
  }

  /// The test.
  public var test: AssessmentTest.ID
  /// A form for each environment of the blueprint.
  public var forms: [Form]

  /// Whether every teacher can take the test.
  public var isFilled: Bool { forms.allSatisfy(\.canBeFilled) }

  /// How many forms are drawn for each environment where nothing else is said.
  public static let usualTries = 20

  /// Two forms must not repeat an item: each takes the point's usual share.
  private static let sittings = 2

  /// Tries the forms of a test.
  ///
  /// - Parameters:
  ///   - blueprint: what is asked of the forms.
  ///   - bank: the bank.
  ///   - tries: how many forms are drawn for each environment.
  public init(_ blueprint: Blueprint, bank: Bank, tries: Int = usualTries) {
    test = blueprint.test
    let framework = bank.framework(blueprint.framework)
    var itemCount: [CompetencyPoint.ID: Int] = [:]
    for item in bank.items(of: blueprint.test) where item.state == .live {
      for point in item.points.prefix(1) { itemCount[point, default: 0] += 1 }
    }
    forms = blueprint.forms.map { form in
      let failures = (0..<tries).count { !Self.isFilled(form, blueprint, bank, seed: UInt64($0)) }
      let points = framework?.points.filter { form.fromEnvironment[$0.environment] != nil } ?? []
      let thin = points.map { point in
        ThinPoint(point: point.id, itemCount: itemCount[point.id, default: 0])
      }.filter { $0.itemCount < Self.sittings * form.maximum(of: $0.point) }
      return Form(
        environment: form.environment, failureShare: Double(failures) / Double(max(tries, 1)),
        thinPoints: thin.sorted {
          ($0.itemCount, $0.point.rawValue) < ($1.itemCount, $1.point.rawValue)
        })
    }
  }

  /// Whether a seed draws a form.
  static func isFilled(
    _ form: Blueprint.Form, _ blueprint: Blueprint, _ bank: Bank, seed: UInt64
  ) -> Bool {
    do throws(BlueprintError) {
      let pool = try FormPool(
        bank: bank, test: blueprint.test, environment: form.environment, schoolStage: nil, seen: [])
      _ = try StageSelection(pool: pool).draw(seed: seed)
      return true
    } catch {
      return false
    }
  }
}

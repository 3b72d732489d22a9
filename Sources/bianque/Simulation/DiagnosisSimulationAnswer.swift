import Competency
import Courses
import Delivery
import Foundation
import ItemBank
import Psychometrics
import Simulation

/// What `bianque simulate diagnosis` prints.
struct DiagnosisSimulationAnswer: Encodable {
  /// How well probabilities and intervals agree with the truth.
  struct Calibration: Encodable {
    var statements: Int
    var ece: Double
    var brier: Double
    var auc: Double?
    var coverage90: Double
    var rmse: Double
    var reliability: [VerdictCalibration.Bin]

    init(_ calibration: VerdictCalibration) {
      statements = calibration.statements.count
      ece = calibration.expectedCalibrationError
      brier = calibration.brier
      auc = calibration.areaUnderCurve
      coverage90 = calibration.coverage
      rmse = calibration.rootMeanSquareError
      reliability = calibration.bins
    }
  }

  /// What became of one verdict.
  struct Verdict: Encodable {
    var verdict: String
    var count: Int
    var share: Double
    var belowTarget: Double
    var belowTargetInterval: [Double]
    var meanProbability: Double
  }

  /// Gaps shown with 把握大.
  struct ConfidentGaps: Encodable {
    var count: Int
    var trueShare: Double
    var interval: [Double]
    var wanted: Double
    var satisfied: Bool
  }

  struct Plan: Encodable {
    var teachers: Int
    var shareOfOracle: Double
    var shareWithoutDiagnosis: Double
    var standardErrorOfDifference: Double
  }

  struct Exposure: Encodable {
    struct Item: Encodable {
      var item: String
      var rate: Double
    }
    var itemsInBank: Int
    var itemsUsed: Int
    var itemsHeldBack: Int
    var maximum: Double
    var mean: Double
    var mostGiven: [Item]
  }

  struct Forms: Encodable {
    var drawn: Int
    var fulfillingBlueprint: Int
  }

  struct Milliseconds: Encodable {
    var form: Double
    var stage: Double
    var result: Double
    var plan: Double
  }

  /// Verdicts on the growth of teachers who did not change.
  struct Retest: Encodable {
    struct Rate: Encodable {
      var verdict: String
      var rate: Double
      var interval: [Double]
      var nominal: Double
      var satisfied: Bool
    }
    var teachers: Int
    var falseGrowth: [Rate]
    var repeatedItemsPerTeacher: Double
  }

  /// Of how many points of a teacher nothing clear can be said, as means over teachers.
  struct Further: Encodable {
    var teachers: Int
    var before: Double
    var expected: Double
    var after: Double
    /// The mean of after − expected with its standard error.
    var difference: Double
    var standardError: Double
    /// The share of teachers for whom the two differ by at most two points.
    var withinTwo: Double
    var milliseconds: Double
  }

  var teachers: Int
  var seed: UInt64
  var length: Int
  var test: String
  var bankVersion: String
  var programme: String
  var parameterError: String
  var points: Calibration
  var overall: Calibration
  var verdicts: [Verdict]
  var confidentGaps: ConfidentGaps
  var plan: Plan
  var exposure: Exposure
  var blueprint: Forms
  var milliseconds: Milliseconds
  var retest: Retest?
  var further: Further?

  init(
    _ simulation: DiagnosisSimulation, teachers: Int, error: SimulatedTeachers.ParameterError
  ) {
    self.teachers = teachers
    seed = simulation.seed
    length = simulation.tests.blueprint.length
    test = simulation.tests.blueprint.test.rawValue
    bankVersion = simulation.tests.bank.version.rawValue
    programme = simulation.programme.id.rawValue
    parameterError = error.rawValue
    points = Calibration(simulation.tests.verdicts)
    overall = Calibration(simulation.tests.overall)
    verdicts = GapVerdict.allCases.map { Self.verdict($0, simulation.tests.verdicts) }
    let gaps = Self.verdict(.needed, simulation.tests.verdicts)
    confidentGaps = ConfidentGaps(
      count: gaps.count, trueShare: gaps.belowTarget, interval: gaps.belowTargetInterval,
      wanted: 0.85, satisfied: gaps.count == 0 || gaps.belowTarget >= 0.85)
    plan = Plan(
      teachers: simulation.plans.utilities.count,
      shareOfOracle: simulation.plans.shareOfOracle,
      shareWithoutDiagnosis: simulation.plans.shareWithoutDiagnosis,
      standardErrorOfDifference: simulation.plans.standardErrorOfGain)
    exposure = Self.exposure(simulation)
    blueprint = Forms(
      drawn: simulation.tests.forms, fulfillingBlueprint: simulation.tests.fulfilled)
    milliseconds = Milliseconds(
      form: Self.median(simulation.tests.formMilliseconds),
      stage: Self.median(simulation.tests.stageMilliseconds),
      result: Self.median(simulation.tests.resultMilliseconds),
      plan: Self.median(simulation.plans.milliseconds))
    retest = simulation.growths.isEmpty ? nil : Self.retest(simulation)
    further = simulation.furtherStages.isEmpty ? nil : Self.further(simulation)
  }

  private static func further(_ simulation: DiagnosisSimulation) -> Further {
    let outcomes = simulation.furtherStages
    let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
    let differences = outcomes.map { Double($0.after.count) - $0.expectation.unclear }
    let difference = mean(differences)
    let variance = mean(differences.map { ($0 - difference) * ($0 - difference) })
    return Further(
      teachers: outcomes.count, before: mean(outcomes.map { Double($0.expectation.before.count) }),
      expected: mean(outcomes.map(\.expectation.unclear)),
      after: mean(outcomes.map { Double($0.after.count) }), difference: difference,
      standardError: (variance / Double(outcomes.count)).squareRoot(),
      withinTwo: mean(differences.map { abs($0) <= 2 ? 1 : 0 }),
      milliseconds: median(simulation.furtherMilliseconds))
  }

  private static func verdict(
    _ verdict: GapVerdict, _ calibration: VerdictCalibration
  ) -> Verdict {
    let group = calibration.statements(of: verdict)
    let bin = VerdictCalibration.bin(group)
    return Verdict(
      verdict: verdict.rawValue, count: group.count,
      share: Double(group.count) / Double(max(calibration.statements.count, 1)),
      belowTarget: bin.share, belowTargetInterval: interval(bin.share, group.count),
      meanProbability: bin.meanProbability)
  }

  private static func interval(_ share: Double, _ count: Int) -> [Double] {
    guard count > 0 else { return [0, 1] }
    return ConfidenceInterval.proportion(
      successes: share * Double(count), of: Double(count)
    ).ends
  }

  private static func exposure(_ simulation: DiagnosisSimulation) -> Exposure {
    let pool = simulation.tests.bank.items(of: simulation.tests.blueprint.test)
    let rates = simulation.tests.exposures.counted(pool, after: ItemExposure(), maximum: 1)
      .map { Exposure.Item(item: $0.item.rawValue, rate: $0.rate) }
    return Exposure(
      itemsInBank: pool.count, itemsUsed: rates.count { $0.rate > 0 },
      itemsHeldBack: simulation.tests.heldBack.admission.count,
      maximum: rates.first?.rate ?? 0,
      mean: rates.reduce(0) { $0 + $1.rate } / Double(max(rates.count, 1)),
      mostGiven: Array(rates.prefix(10)))
  }

  private static func retest(_ simulation: DiagnosisSimulation) -> Retest {
    let count = simulation.growths.count
    let certain = simulation.growths.count { $0.verdict == .certain }
    let likely = simulation.growths.count { $0.verdict != .none }
    return Retest(
      teachers: count,
      falseGrowth: [(Growth.Verdict.certain, certain), (.likely, likely)].map { verdict, number in
        let rate = Double(number) / Double(max(count, 1))
        let interval = interval(rate, count)
        return Retest.Rate(
          verdict: verdict.rawValue, rate: rate, interval: interval,
          nominal: verdict.nominalRate,
          // What chance alone may add to the nominal rate is no failure.
          satisfied: interval[0] <= verdict.nominalRate)
      },
      repeatedItemsPerTeacher: Double(simulation.repeatedItems) / Double(max(count, 1)))
  }

  private static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}

import Competency
import Courses
import Delivery
import Foundation
import ItemBank
import Psychometrics
import Recommendation

/// The whole way of simulated teachers: form, answers, result, plan.
struct DiagnosisSimulation {
  let bank: Bank
  let framework: Framework
  let blueprint: Blueprint
  let programme: Programme
  let seed: UInt64
  /// How many teachers plans are made for: a plan takes longer than everything else together.
  let planLimit: Int
  private(set) var verdicts = VerdictCalibration()
  private(set) var overall = VerdictCalibration()
  private(set) var plans: PlanComparison
  private(set) var growths: [Growth] = []
  private(set) var fulfilled = 0
  private(set) var forms = 0
  private(set) var repeatedItems = 0
  /// What further stages were expected to bring, and what they brought.
  private(set) var furtherStages: [FurtherOutcome] = []
  private(set) var furtherMilliseconds: [Double] = []
  private(set) var formMilliseconds: [Double] = []
  private(set) var resultMilliseconds: [Double] = []
  private(set) var stageMilliseconds: [Double] = []
  private(set) var exposures: ExposureCounts
  private(set) var heldBack = ItemExposure()
  /// The sessions since the items were last counted.
  private var window: ExposureCounts
  private var teachers: SimulatedTeachers
  private var dice: NormalDice

  init(
    bank: Bank, framework: Framework, blueprint: Blueprint, programme: Programme,
    courses: [Course], error: SimulatedTeachers.ParameterError, planLimit: Int, seed: UInt64
  ) {
    self.bank = bank
    self.framework = framework
    self.blueprint = blueprint
    self.programme = programme
    self.seed = seed
    self.planLimit = planLimit
    exposures = ExposureCounts(framework: framework)
    window = exposures
    plans = PlanComparison(framework: framework, rules: programme.rules, courses: courses)
    teachers = SimulatedTeachers(bank: bank, framework: framework, error: error, seed: seed)
    dice = NormalDice(seed: seed, purpose: "sessions")
  }

  /// Simulates teachers, of each environment equally many.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - isRetested: whether each takes a second form, unchanged.
  ///   - isContinued: whether each takes one stage more on top of the first form.
  ///   - progress: told how many are done.
  /// - Throws: ``BlueprintError`` when the bank cannot fill the forms.
  mutating func run(
    teachers count: Int, isRetested: Bool, isContinued: Bool = false, progress: (Int) -> Void
  ) throws {
    let environments = blueprint.forms.map(\.environment)
    for teacher in 0..<count {
      let environment = environments[teacher % environments.count]
      let abilities = teachers.nextAbilities()
      let first = try result(of: environment, abilities: abilities)
      note(first.result, abilities: abilities)
      if teacher < planLimit {
        plans.add(
          first.result, abilities: abilities, environment: environment,
          seed: seed &+ UInt64(teacher))
      }
      if isContinued { try goOn(from: first.session, abilities: abilities) }
      if isRetested {
        let second = try result(
          of: environment, abilities: abilities, seen: first.items)
        growths.append(
          Growth(
            from: Self.ability(first.result.overall), to: Self.ability(second.result.overall)))
        repeatedItems += first.items.intersection(second.items).count
      }
      progress(teacher + 1)
    }
  }

  private static func ability(_ composite: TestResult.Composite) -> CompositeAbility {
    CompositeAbility(mean: composite.ability, standardError: composite.standardError)
  }

  private mutating func result(
    of environment: Competency.Environment.ID, abilities: [Double],
    seen: Set<AssessmentItem.ID> = []
  ) throws -> (result: TestResult, session: TestSession, items: Set<AssessmentItem.ID>) {
    let start = TestSession.Start(
      test: blueprint.test, bankVersion: bank.version, environment: environment,
      schoolStage: nil, subject: nil, programme: programme.id.rawValue,
      seed: UInt64(dice.number(below: 1 << 62)))
    let clock = ContinuousClock()
    let began = clock.now
    var session = try TestSession(start: start, bank: bank, avoiding: seen)
    formMilliseconds.append((clock.now - began) / .milliseconds(1))
    stageMilliseconds += try teachers.answer(
      &session, abilities: abilities, exposure: heldBack, seen: seen)
    let items = session.stages.flatMap(\.items)
    forms += 1
    count(items, for: environment)
    if blueprint.isFulfilled(
      by: items, environment: environment, bank: bank, framework: framework)
    {
      fulfilled += 1
    }
    let answered = clock.now
    guard let result = session.result(bank: bank) else {
      throw BlueprintError.unknownTest(blueprint.test.rawValue)
    }
    resultMilliseconds.append((clock.now - answered) / .milliseconds(1))
    return (result, session, Set(items))
  }

  /// What a further stage was expected to bring, and what it brought.
  struct FurtherOutcome {
    var expectation: FurtherStage.Expectation
    var after: UnclearPoints
  }

  /// Takes one stage more on top of a finished session, as far as the bank has one.
  private mutating func goOn(from session: TestSession, abilities: [Double]) throws {
    let clock = ContinuousClock()
    let began = clock.now
    let further = session.furtherStage(bank: bank, exposure: heldBack, avoiding: [])
    furtherMilliseconds.append((clock.now - began) / .milliseconds(1))
    guard let further else { return }
    var continued = TestSession(continuing: session, with: further.stage)
    _ = try teachers.answer(
      &continued, abilities: abilities, exposure: heldBack, seen: [])
    guard let result = continued.result(bank: bank) else { return }
    furtherStages.append(
      FurtherOutcome(expectation: further.expectation, after: result.unclearPoints))
  }

  /// Counts a form as the service does each night; a night comes after so many sessions.
  private mutating func count(
    _ items: [AssessmentItem.ID], for environment: Competency.Environment.ID
  ) {
    exposures.add(items, for: environment)
    guard let maximum = blueprint.selection?.maximumExposure else { return }
    window.add(items, for: environment)
    guard window.sessionCount == Self.sessionsPerNight else { return }
    heldBack = ItemExposure(
      window.counted(bank.items(of: blueprint.test), after: heldBack, maximum: maximum))
    window = ExposureCounts(framework: framework)
  }

  private static let sessionsPerNight = 100

  /// Notes what the result says against the truth.
  private mutating func note(_ result: TestResult, abilities: [Double]) {
    let target = framework.measurement.target
    for (point, ability) in zip(result.points, abilities) {
      guard let verdict = point.verdict, point.isInScope else { continue }
      verdicts.add(
        VerdictCalibration.Statement(
          probabilityBelow: point.probabilityBelowTarget, isBelow: ability < target,
          verdict: verdict, error: point.ability - ability, standardError: point.standardError))
    }
    let inScope = result.points.indices.filter { result.points[$0].isInScope }
    let truth = inScope.reduce(0) { $0 + abilities[$1] } / Double(max(inScope.count, 1))
    guard let verdict = result.overall.verdict else { return }
    overall.add(
      VerdictCalibration.Statement(
        probabilityBelow: result.overall.probabilityBelowTarget, isBelow: truth < target,
        verdict: verdict, error: result.overall.ability - truth,
        standardError: result.overall.standardError))
  }
}

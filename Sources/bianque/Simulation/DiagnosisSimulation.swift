import Competency
import Courses
import Delivery
import Foundation
import ItemBank
import Psychometrics
import Recommendation
import Simulation

/// The whole way of simulated teachers: form, answers, result, plan.
struct DiagnosisSimulation {
  let programme: Programme
  let seed: UInt64
  /// How many teachers plans are made for: a plan takes longer than everything else together.
  let planLimit: Int
  /// The part that needs no courses.
  private(set) var tests: FormSimulation
  private(set) var plans: PlanComparison
  private(set) var growths: [Growth] = []
  private(set) var repeatedItems = 0
  /// What further stages were expected to bring, and what they brought.
  private(set) var furtherStages: [FurtherOutcome] = []
  private(set) var furtherMilliseconds: [Double] = []

  init(
    bank: Bank, framework: Framework, blueprint: Blueprint, programme: Programme,
    courses: [Course], error: SimulatedTeachers.ParameterError, planLimit: Int, seed: UInt64
  ) {
    self.programme = programme
    self.seed = seed
    self.planLimit = planLimit
    let began = ContinuousClock.now
    tests = FormSimulation(
      bank: bank, framework: framework, blueprint: blueprint, programme: programme.id.rawValue,
      error: error, seed: seed, clock: { (ContinuousClock.now - began) / .milliseconds(1) })
    plans = PlanComparison(framework: framework, rules: programme.rules, courses: courses)
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
    for teacher in 0..<count {
      let environment = tests.environment(ofTeacher: teacher)
      let abilities = tests.nextAbilities()
      let first = try tests.sit(in: environment, abilities: abilities)
      tests.note(first.result, abilities: abilities)
      if teacher < planLimit {
        plans.add(
          first.result, abilities: abilities, environment: environment,
          seed: seed &+ UInt64(teacher))
      }
      if isContinued { try goOn(from: first.session, abilities: abilities) }
      if isRetested {
        let second = try tests.sit(in: environment, abilities: abilities, seen: first.items)
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

  /// What a further stage was expected to bring, and what it brought.
  struct FurtherOutcome {
    var expectation: FurtherStage.Expectation
    var after: UnclearPoints
  }

  /// Takes one stage more on top of a finished session, as far as the bank has one.
  private mutating func goOn(from session: TestSession, abilities: [Double]) throws {
    let clock = ContinuousClock()
    let began = clock.now
    let further = session.furtherStage(bank: tests.bank, exposure: tests.heldBack, avoiding: [])
    furtherMilliseconds.append((clock.now - began) / .milliseconds(1))
    guard let further else { return }
    var continued = TestSession(continuing: session, with: further.stage)
    try tests.answer(&continued, abilities: abilities)
    guard let result = continued.result(bank: tests.bank) else { return }
    furtherStages.append(
      FurtherOutcome(expectation: further.expectation, after: result.unclearPoints))
  }
}

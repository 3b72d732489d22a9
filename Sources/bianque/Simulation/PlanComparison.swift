import Competency
import Courses
import Delivery
import Foundation
import Recommendation

/// Plans made from results, weighed against plans that know the truth.
struct PlanComparison {
  let framework: Framework
  let rules: ProgrammeRules
  let courses: [Course]

  /// The utilities of three plans for one teacher, all at the teacher's true abilities.
  struct Utilities {
    /// Of the plan from the result.
    var plan: Double
    /// Of the plan that knows the abilities.
    var oracle: Double
    /// Of the plan for a teacher nobody has asked anything.
    var undiagnosed: Double
  }

  private(set) var utilities: [Utilities] = []
  /// How many milliseconds each plan from a result took.
  private(set) var milliseconds: [Double] = []
  private var undiagnosedPlans: [Competency.Environment.ID: StudyPlan] = [:]

  init(framework: Framework, rules: ProgrammeRules, courses: [Course]) {
    self.framework = framework
    self.rules = rules
    self.courses = courses
  }

  /// What stands for certainty: a standard error too small to matter, in logits.
  private static let certain = 0.02

  /// Makes and weighs the plans of a teacher.
  mutating func add(
    _ result: TestResult, abilities: [Double], environment: Competency.Environment.ID, seed: UInt64
  ) {
    let beliefs = result.points.map {
      PlanProblem.Belief(mean: $0.ability, standardError: $0.standardError)
    }
    let start = ContinuousClock.now
    let plan = PlanSearch.plan(for: problem(beliefs, environment, seed: seed))
    milliseconds.append((ContinuousClock.now - start) / .milliseconds(1))
    let truth = truth(abilities, environment, seed: seed)
    utilities.append(
      Utilities(
        plan: worth(plan, truth), oracle: PlanSearch.plan(for: truth).utility,
        undiagnosed: worth(undiagnosed(environment), truth)))
  }

  /// The sum of the plans' utilities over the oracle's.
  var shareOfOracle: Double { share(\.plan) }

  /// The same without any diagnosis.
  var shareWithoutDiagnosis: Double { share(\.undiagnosed) }

  private func share(_ utility: KeyPath<Utilities, Double>) -> Double {
    let oracle = utilities.reduce(0) { $0 + $1.oracle }
    return oracle == 0 ? 0 : utilities.reduce(0) { $0 + $1[keyPath: utility] } / oracle
  }

  /// The standard error of the gain by diagnosis, as a share of the oracle's utility.
  var standardErrorOfGain: Double {
    let count = Double(utilities.count)
    guard count >= 2 else { return 0 }
    let gains = utilities.map { $0.plan - $0.undiagnosed }
    let mean = gains.reduce(0, +) / count
    let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let oracle = utilities.reduce(0) { $0 + $1.oracle } / count
    return oracle == 0 ? 0 : (variance / count).squareRoot() / oracle
  }

  private func problem(
    _ beliefs: [PlanProblem.Belief], _ environment: Competency.Environment.ID, seed: UInt64
  ) -> PlanProblem {
    PlanProblem(
      framework: framework, environment: environment, beliefs: beliefs, rules: rules,
      courses: courses, locked: [], excluded: [], seed: seed)
  }

  private func truth(
    _ abilities: [Double], _ environment: Competency.Environment.ID, seed: UInt64
  ) -> PlanProblem {
    var truth = problem(
      abilities.map { PlanProblem.Belief(mean: $0, standardError: Self.certain) }, environment,
      seed: seed)
    for point in truth.points.indices { truth.points[point].standardError = Self.certain }
    return truth
  }

  /// The plan's utility in truth: the planner's own, with nothing left to choose.
  private func worth(_ plan: StudyPlan, _ truth: PlanProblem) -> Double {
    var fixed = truth
    let kept = Set(plan.courses)
    fixed.courses = truth.courses.filter { kept.contains($0.id) }
    fixed.locked = kept
    fixed.environments = [plan.environment]
    return PlanSearch.plan(for: fixed).utility
  }

  private mutating func undiagnosed(_ environment: Competency.Environment.ID) -> StudyPlan {
    if let known = undiagnosedPlans[environment] { return known }
    let constants = framework.measurement
    let deviation =
      (constants.generalVariance + constants.dimensionVariance + constants.environmentVariance
      + constants.specificVariance).squareRoot()
    let prior = PlanProblem.Belief(mean: constants.priorMean, standardError: deviation)
    let plan = PlanSearch.plan(
      for: problem(
        [PlanProblem.Belief](repeating: prior, count: framework.points.count), environment,
        seed: 1))
    undiagnosedPlans[environment] = plan
    return plan
  }
}

import Competency
import Courses
import Delivery
import Foundation
import ItemBank
import Psychometrics
import Recommendation
import Simulation

/// The national tool's rules and this product over the same simulated teachers of the 2014 standard.
struct BaselineSimulation {
  /// How a teacher answers.
  enum Manner: String, CaseIterable, Encodable {
    /// As able as they are; statements about oneself honestly.
    case honest
    /// The same, but statements about oneself a logit too high.
    case overrating
    /// Anything.
    case random
    /// 不确定 everywhere.
    case unsure
  }

  /// What one way of choosing courses brings a teacher; values at the true abilities.
  struct Outcome {
    var topics: Double
    var hours: Double
    var closed: Double
    var regret: Double
  }

  /// One teacher's outcomes.
  struct Comparison {
    /// Every course of every topic recommended.
    var everything: Outcome
    /// As many of those courses as the programme's hours hold, taken at random.
    var withinHours: Outcome
    /// The plan.
    var plan: Outcome
  }

  let bank: Bank
  let framework: Framework
  let blueprint: Blueprint
  let programme: Programme
  let courses: [Course]
  let standard: CourseStandard
  private var teachers: SimulatedTeachers
  private var dice: NormalDice
  private let responses: ResponsesByCategory

  init(
    bank: Bank, framework: Framework, blueprint: Blueprint, programme: Programme,
    catalogue: Catalogue, standard: CourseStandard, seed: UInt64
  ) {
    self.bank = bank
    self.framework = framework
    self.blueprint = blueprint
    self.programme = programme
    self.standard = standard
    courses = catalogue.courses(of: framework.id).filter { $0.topic != nil }
    teachers = SimulatedTeachers(bank: bank, framework: framework, error: .moderate, seed: seed)
    dice = NormalDice(seed: seed, purpose: "baseline")
    responses = ResponsesByCategory(bank)
  }

  /// Compares both for one teacher.
  ///
  /// - Throws: ``BlueprintError`` or ``SessionError`` when the test cannot be given.
  mutating func next(_ manner: Manner, number: Int) throws -> Comparison {
    let form = blueprint.forms[number % blueprint.forms.count]
    let abilities = teachers.nextAbilities()
    let truth = problem(
      abilities.map { .init(mean: $0, standardError: 0.02) }, form.environment, number)
    let oracle = PlanSearch.plan(for: truth).utility
    let topics = recommended(manner, abilities, form.environment)
    let offered = courses.filter { course in
      course.topic.map { topics.contains($0.rawValue) } ?? false
    }
    let plan = try plan(manner, abilities, form.environment, number)
    let planned = Set(plan.courses)
    return Comparison(
      everything: outcome(offered, topics: topics.count, truth, oracle),
      withinHours: outcome(chosen(from: offered), topics: topics.count, truth, oracle),
      plan: outcome(courses.filter { planned.contains($0.id) }, topics: nil, truth, oracle))
  }

  private func problem(
    _ beliefs: [PlanProblem.Belief], _ environment: Competency.Environment.ID, _ number: Int
  ) -> PlanProblem {
    PlanProblem(
      framework: framework, environment: environment, beliefs: beliefs,
      rules: programme.courseRules, courses: courses, locked: [], excluded: [],
      seed: UInt64(number + 1))
  }

  /// What courses are worth in truth.
  private func outcome(
    _ taken: [Course], topics: Int?, _ truth: PlanProblem, _ oracle: Double
  ) -> Outcome {
    var fixed = truth
    fixed.courses = taken
    fixed.locked = Set(taken.map(\.id))
    let utility = taken.isEmpty ? 0 : PlanSearch.plan(for: fixed).utility
    let hours = taken.reduce(0) { $0 + $1.hours }
    return Outcome(
      topics: Double(topics ?? Set(taken.compactMap(\.topic)).count), hours: hours,
      closed: utility + truth.hourPenalty * hours, regret: oracle - utility)
  }

  private mutating func chosen(from offered: [Course]) -> [Course] {
    var rest = offered
    var chosen: [Course] = []
    var hours = 0.0
    let rules = programme.courseRules.hours
    while hours < rules.minimum, !rest.isEmpty {
      let course = rest.remove(at: dice.number(below: rest.count))
      guard hours + course.hours <= rules.maximum ?? .infinity else { continue }
      chosen.append(course)
      hours += course.hours
    }
    return chosen
  }

  /// The topics that the national tool would recommend.
  private mutating func recommended(
    _ manner: Manner, _ abilities: [Double], _ environment: Competency.Environment.ID
  ) -> Set<String> {
    var answers: [Int: NationalTool.Answer] = [:]
    for (statement, topic) in NationalTool.topics.sorted(by: { $0.key < $1.key }) {
      answers[statement] = answer(manner, ability: ability(on: "T\(topic)", abilities))
    }
    let topics = NationalTool.recommended(
      answers, wanted: environment.rawValue == "II" ? .network : .whiteboard)
    return Set(topics.map { "T\($0)" })
  }

  private func ability(on topic: String, _ abilities: [Double]) -> Double {
    let points = standard.topic(CourseTopic.ID(rawValue: topic))?.points ?? []
    let places = points.compactMap { framework.index(of: $0) }
    return places.isEmpty
      ? abilities.reduce(0, +) / Double(abilities.count)
      : places.reduce(0) { $0 + abilities[$1] } / Double(places.count)
  }

  /// A statement is true of a teacher with the probability of a two-parameter item of slope 1.7 whose
  /// difficulty is the target, give or take half a logit.
  private mutating func answer(_ manner: Manner, ability: Double) -> NationalTool.Answer {
    let shift = manner == .overrating ? 1.0 : 0
    switch manner {
    case .honest, .overrating:
      let difficulty = framework.measurement.target + 0.5 * dice.normal()
      let probability = 1 / (1 + exp(-1.7 * (ability + shift - difficulty)))
      return dice.uniform() < probability ? .yes : .no
    case .random: return dice.uniform() < 0.5 ? .yes : .no
    case .unsure: return .unsure
    }
  }

  /// The plan of this product, from a diagnosis answered in the same manner.
  private mutating func plan(
    _ manner: Manner, _ abilities: [Double], _ environment: Competency.Environment.ID,
    _ number: Int
  ) throws -> StudyPlan {
    let start = TestSession.Start(
      test: blueprint.test, bankVersion: bank.version, environment: environment,
      schoolStage: nil, subject: nil, programme: programme.id.rawValue,
      seed: UInt64(dice.number(below: 1 << 62)))
    var session = try TestSession(start: start, bank: bank)
    switch manner {
    case .honest, .overrating:
      _ = try teachers.answer(
        &session, abilities: abilities, exposure: ItemExposure(), seen: [])
    case .random, .unsure: try answerCarelessly(&session, manner)
    }
    guard let result = session.result(bank: bank) else {
      throw BlueprintError.unknownTest(blueprint.test.rawValue)
    }
    let beliefs = result.points.map {
      PlanProblem.Belief(mean: $0.ability, standardError: $0.standardError)
    }
    return PlanSearch.plan(for: problem(beliefs, environment, number))
  }

  private mutating func answerCarelessly(_ session: inout TestSession, _ manner: Manner) throws {
    while let stage = session.currentStage {
      for id in stage.items {
        guard let item = bank.item(id) else { continue }
        let categories = responses.firstByCategory(of: id).keys.sorted()
        let answer: TestSession.Answer =
          manner == .unsure || categories.isEmpty
          ? .unsure
          : responses.answer(
            to: item, category: categories[dice.number(below: categories.count)], using: &dice)
        try session.apply(.responded(item: id, answer: answer, sequence: 1), bank: bank)
      }
      try session.apply(.stageSubmitted(stage.number), bank: bank)
      if let selected = session.selectedStages(bank: bank, exposure: ItemExposure()) {
        try session.apply(.stagesSelected(selected), bank: bank)
      }
    }
  }
}

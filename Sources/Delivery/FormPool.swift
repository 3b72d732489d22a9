import Competency
import ItemBank

/// The items that a form may be drawn from, with what the blueprint asks of them, as places in
/// arrays: choosing a stage compares thousands of forms.
struct FormPool: Sendable {
  /// One item.
  struct Candidate: Sendable {
    var id: AssessmentItem.ID
    /// Its place among ``FormPool/candidates``.
    var place: Int
    /// The place of its unit.
    var unit: Int
    /// The places of what it counts for in the framework.
    var point: Int
    var dimension: Int
    var environment: Int
    /// The numbers of the groups that it is in of which a form holds one item at most: its parallel
    /// items, and its enemies.
    var enemySets: [Int]
    /// Whether its story is set in the teacher's school stage.
    var isFamiliar: Bool
    /// Whether the teacher was asked it in an earlier session.
    var isSeen: Bool
  }

  /// Items that may be given together: a scenario with its items, or an item alone.
  struct Unit: Sendable {
    var stimulus: AssessmentStimulus.ID?
    var items: [Candidate]
  }

  /// An item that is tried out.
  struct Pilot: Sendable {
    var id: AssessmentItem.ID
    var stimulus: AssessmentStimulus.ID?
    /// The place of the unit of the same scenario; nil when no item that counts shares it.
    var unit: Int?
    /// The numbers of the groups that it is in of which a form holds one item at most.
    var enemySets: [Int]
  }

  private(set) var blueprint: Blueprint
  let form: Blueprint.Form
  private(set) var candidates: [Candidate] = []
  private(set) var units: [Unit] = []
  /// The items that are tried out: given beside the form, never counted in it.
  private(set) var pilots: [Pilot] = []
  private(set) var enemySetCount = 0
  /// The most items of each point.
  private(set) var pointMaximum: [Int]
  /// The fewest and the most items of each dimension.
  private(set) var dimensionRange: [ClosedRange<Int>]
  /// How many items come from each environment.
  private(set) var environmentCount: [Int]
  private var places: [AssessmentItem.ID: Int] = [:]

  /// Gathers the items.
  ///
  /// - Parameters:
  ///   - bank: the bank.
  ///   - test: the test.
  ///   - environment: the teacher's environment.
  ///   - schoolStage: the teacher's school stage, in the bank's words.
  ///   - seen: the items of the teacher's earlier sessions.
  ///   - onPaper: whether only items may be drawn that are answered with one letter.
  /// - Throws: ``BlueprintError`` if the test or the environment is not in the bank.
  init(
    bank: Bank, test: AssessmentTest.ID, environment: Environment.ID, schoolStage: String?,
    seen: Set<AssessmentItem.ID>, onPaper: Bool = false
  ) throws(BlueprintError) {
    guard let blueprint = bank.blueprint(of: test),
      let framework = bank.framework(blueprint.framework)
    else { throw .unknownTest(test.rawValue) }
    guard let form = blueprint.form(for: environment) else {
      throw .unknownEnvironment(environment.rawValue)
    }
    self.blueprint = blueprint
    self.form = form
    pointMaximum = framework.points.map { form.maximum(of: $0.id) }
    dimensionRange = framework.dimensions.map { form.fromDimension[$0.id] ?? 0...blueprint.length }
    environmentCount = framework.environments.map { form.fromEnvironment[$0.id] ?? 0 }
    let places = bank.places(of: test).filter {
      !onPaper || bank.items[$0].item.asksForOneChoice
    }
    gather(places, of: bank.items, framework: framework, schoolStage: schoolStage, seen: seen)
  }

  /// Takes the items at some places.
  ///
  /// Every stage of every session does this: items are looked at where they are, not copied.
  private mutating func gather(
    _ chosen: [Int], of items: [BankItem], framework: Framework, schoolStage: String?,
    seen: Set<AssessmentItem.ID>
  ) {
    let homes = framework.homes
    var unitOfStimulus: [AssessmentStimulus.ID: Int] = [:]
    var enemySets = EnemySets(blueprint.enemies)
    for item in chosen where items[item].state == .live {
      // An item whose scores are not the categories of its parameters cannot be measured with.
      guard let steps = items[item].calibrations.first?.stepLocations.count,
        !items[item].item.interactions.isEmpty, steps == items[item].maximumCategory,
        let home = items[item].points.first.flatMap({ homes[$0] }),
        form.fromEnvironment[framework.environments[home.environment].id] != nil,
        items[item].environment.map({ form.fromEnvironment[$0] != nil }) ?? true
      else { continue }
      let (id, scenario) = (items[item].item.id, items[item].scenario)
      let unit = scenario.flatMap { unitOfStimulus[$0] } ?? units.count
      if unit == units.count {
        units.append(Unit(stimulus: scenario, items: []))
        if let scenario { unitOfStimulus[scenario] = unit }
      }
      let candidate = Candidate(
        id: id, place: candidates.count, unit: unit, point: home.point, dimension: home.dimension,
        environment: home.environment,
        enemySets: enemySets.numbers(of: id, family: items[item].parallelFamily),
        isFamiliar: schoolStage != nil && items[item].schoolStage == schoolStage,
        isSeen: seen.contains(id))
      candidates.append(candidate)
      units[unit].items.append(candidate)
      places[id] = candidate.place
    }
    for item in chosen where items[item].state == .pilot && isTriedOut(items[item]) {
      guard !seen.contains(items[item].item.id) else { continue }
      let scenario = items[item].scenario
      pilots.append(
        Pilot(
          id: items[item].item.id, stimulus: scenario,
          unit: scenario.flatMap { unitOfStimulus[$0] },
          enemySets: enemySets.numbers(
            of: items[item].item.id, family: items[item].parallelFamily)))
    }
    enemySetCount = enemySets.count
  }

  /// Whether an item is to be tried out with teachers of this form; it needs no parameters yet.
  private func isTriedOut(_ item: BankItem) -> Bool {
    item.state == .pilot && !item.item.interactions.isEmpty
      && item.environment.map { form.fromEnvironment[$0] != nil } ?? false
  }

  /// The same items for stages beyond the form, which may be about whatever the teacher's environments
  /// hold: only how many there are in all is bounded, and what may stand beside what.
  ///
  /// - Parameter stages: how many stages more than the form has.
  /// - Returns: the pool of a form with these stages.
  func extended(by stages: Int) -> FormPool {
    var pool = self
    pool.blueprint.stages += stages
    let all = pool.blueprint.length
    pool.pointMaximum = pointMaximum.map { _ in all }
    pool.dimensionRange = dimensionRange.map { _ in 0...all }
    pool.environmentCount = environmentCount.map { _ in all }
    return pool
  }

  /// The candidate of an item; nil when the item may not be in the form.
  func candidate(_ id: AssessmentItem.ID) -> Candidate? {
    places[id].map { candidates[$0] }
  }
}

extension Framework {
  /// Where a point belongs, as places in the framework's lists.
  fileprivate struct Home {
    var point: Int
    var dimension: Int
    var environment: Int
  }

  /// The home of every point that has one.
  fileprivate var homes: [CompetencyPoint.ID: Home] {
    let dimensions = [Dimension.ID: Int](
      uniqueKeysWithValues: self.dimensions.enumerated().map { ($1.id, $0) })
    let environments = [Environment.ID: Int](
      uniqueKeysWithValues: self.environments.enumerated().map { ($1.id, $0) })
    var homes: [CompetencyPoint.ID: Home] = [:]
    for (place, point) in points.enumerated() {
      guard let dimension = dimensions[point.dimension],
        let environment = environments[point.environment]
      else { continue }
      homes[point.id] = Home(point: place, dimension: dimension, environment: environment)
    }
    return homes
  }
}

/// Numbers the groups of items of which a form holds one at most.
private struct EnemySets {
  private let named: [AssessmentItem.ID: [Int]]
  private var numberOfFamily: [String: Int] = [:]
  private(set) var count: Int

  /// Begins with the enemies of a blueprint.
  init(_ enemies: [[AssessmentItem.ID]]) {
    var named: [AssessmentItem.ID: [Int]] = [:]
    for (number, group) in enemies.enumerated() {
      for item in Set(group) { named[item, default: []].append(number) }
    }
    self.named = named
    count = enemies.count
  }

  /// The groups of an item: its enemies, and its parallel items.
  mutating func numbers(of item: AssessmentItem.ID, family: String?) -> [Int] {
    let numbers = named[item] ?? []
    guard let family else { return numbers }
    if let number = numberOfFamily[family] { return numbers + [number] }
    numberOfFamily[family] = count
    count += 1
    return numbers + [count - 1]
  }
}

extension FormPool {
  /// The items for a session.
  ///
  /// - Parameters:
  ///   - start: what it is started with.
  ///   - bank: the bank.
  ///   - seen: the items of the teacher's earlier sessions.
  /// - Throws: ``BlueprintError`` if the test or the environment is not in the bank.
  init(
    _ start: TestSession.Start, bank: Bank, seen: Set<AssessmentItem.ID>
  ) throws(BlueprintError) {
    try self.init(
      bank: bank, test: start.test, environment: start.environment,
      schoolStage: start.schoolStage, seen: seen)
  }
}

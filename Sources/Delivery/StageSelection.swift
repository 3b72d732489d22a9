import Competency
import ItemBank
import Psychometrics

/// Why a bank cannot fill the form of a test.
public enum BlueprintError: Error, Hashable, Sendable {
  /// The bank holds no blueprint of this test.
  case unknownTest(String)
  /// The blueprint has no form for this environment.
  case unknownEnvironment(String)
  /// No form within the blueprint was found: the bank holds too few items of some kind.
  case cannotBeFilled(test: String, environment: String)
}

/// Draws the form of a session: items within the blueprint, in stages, by seed.
///
/// Until the bank is large enough to choose by information, forms are balanced draws: the blueprint
/// bounds how many items each environment and dimension gives, and points seen least are filled
/// first, so every point of the teacher's environments has a chance and no item of another
/// environment has one.
struct StageSelection: Sendable {
  /// Items that are drawn together: a scenario with its items, or an item alone.
  private struct Unit {
    var stimulus: AssessmentStimulus.ID?
    var items: [Candidate]
  }

  private struct Candidate {
    var id: AssessmentItem.ID
    var point: CompetencyPoint.ID
    var dimension: Dimension.ID
    var environment: Environment.ID
    /// Whether its story is set in the teacher's school stage.
    var isFamiliar: Bool
  }

  private let blueprint: Blueprint
  private let form: Blueprint.Form
  private let units: [Unit]

  /// Gathers the items a form may be drawn from.
  ///
  /// - Throws: ``BlueprintError`` if the test or the environment is not in the bank.
  ///
  /// - Parameters:
  ///   - bank: the bank.
  ///   - test: the test.
  ///   - environment: the teacher's environment.
  ///   - schoolStage: the teacher's school stage, in the bank's words; stories from there come first
  ///     where the blueprint leaves a choice.
  init(
    bank: Bank, test: AssessmentTest.ID, environment: Environment.ID, schoolStage: String?
  ) throws(BlueprintError) {
    guard let blueprint = bank.blueprint(of: test),
      let framework = bank.framework(blueprint.framework)
    else { throw .unknownTest(test.rawValue) }
    guard let form = blueprint.form(for: environment) else {
      throw .unknownEnvironment(environment.rawValue)
    }
    self.blueprint = blueprint
    self.form = form

    var units: [Unit] = []
    var unitOfStimulus: [AssessmentStimulus.ID: Int] = [:]
    for item in bank.items(of: test) {
      // Pages show questions with one choice of a set so far; other items are not drawn.
      guard item.parameters != nil, item.item.asksForOneChoice, let pointID = item.points.first,
        let point = framework.point(pointID), form.fromEnvironment[point.environment] != nil
      else { continue }
      let candidate = Candidate(
        id: item.id, point: pointID, dimension: point.dimension, environment: point.environment,
        isFamiliar: schoolStage != nil && item.schoolStage == schoolStage)
      if let stimulus = item.scenario, let place = unitOfStimulus[stimulus] {
        units[place].items.append(candidate)
      } else {
        if let stimulus = item.scenario { unitOfStimulus[stimulus] = units.count }
        units.append(Unit(stimulus: item.scenario, items: [candidate]))
      }
    }
    self.units = units
  }

  /// Draws the stages of a form.
  ///
  /// - Throws: ``BlueprintError/cannotBeFilled(test:environment:)`` if no draw of many satisfies the
  ///   blueprint.
  func draw(seed: UInt64) throws(BlueprintError) -> [Stage] {
    var generator = SeededGenerator(seed: seed, purpose: "form")
    // A draw fails when what is left does not fit what is missing. A few are common; hundreds in a
    // row mean that the blueprint asks for more than the bank has.
    for _ in 0..<500 {
      // Stories of the teacher's own school stage come first, but not always: every item keeps a
      // chance.
      let preferred = units.flatMap(\.items).filter {
        $0.isFamiliar || generator.number(below: 3) == 0
      }
      var draw = Draw(
        form: form, length: blueprint.length, preferred: Set(preferred.map(\.id)))
      for unit in Self.largestFirst(generator.shuffled(units), size: \.items.count) {
        draw.offerWhole(unit, using: &generator)
      }
      draw.fill(from: generator.shuffled(units))
      if draw.isComplete,
        let stages = packed(draw.groups, using: &generator)
      {
        return stages
      }
    }
    throw .cannotBeFilled(test: blueprint.test.rawValue, environment: form.environment.rawValue)
  }

  /// Elements by size; of equal ones the first stays first, whatever the library's sort does.
  private static func largestFirst<Element>(
    _ elements: [Element], size: (Element) -> Int
  ) -> [Element] {
    elements.enumerated()
      .sorted { (size($1.element), $0.offset) < (size($0.element), $1.offset) }
      .map(\.element)
  }

  /// Lays the groups on pages of equal length, at most two scenarios on each.
  private func packed(
    _ groups: [Stage.Group], using generator: inout SeededGenerator
  ) -> [Stage]? {
    var pages = [[Stage.Group]](repeating: [], count: blueprint.stages)
    let bySize = Self.largestFirst(generator.shuffled(groups), size: \.items.count)
    for group in bySize {
      let fitting = pages.indices.filter { page in
        let count = pages[page].reduce(0) { $0 + $1.items.count }
        let scenarios = pages[page].count { $0.stimulus != nil }
        return count + group.items.count <= blueprint.itemsPerStage
          && (group.stimulus == nil || scenarios < 2)
      }
      // The emptiest page first spreads the scenarios over the stages.
      guard
        let page = fitting.min(by: { first, second in
          pages[first].reduce(0) { $0 + $1.items.count }
            < pages[second].reduce(0) { $0 + $1.items.count }
        })
      else { return nil }
      pages[page].append(group)
    }
    return generator.shuffled(pages).enumerated().map { index, groups in
      Stage(number: index + 1, groups: groups)
    }
  }

  /// A form being drawn: what has been taken, and what the blueprint still allows.
  private struct Draw {
    let form: Blueprint.Form
    let length: Int
    let preferred: Set<AssessmentItem.ID>
    var groups: [Stage.Group] = []
    private var taken: Set<AssessmentItem.ID> = []
    private var ofPoint: [CompetencyPoint.ID: Int] = [:]
    private var ofDimension: [Dimension.ID: Int] = [:]
    private var ofEnvironment: [Environment.ID: Int] = [:]

    init(form: Blueprint.Form, length: Int, preferred: Set<AssessmentItem.ID>) {
      self.form = form
      self.length = length
      self.preferred = preferred
    }

    /// Whether the form has its length and every minimum is met.
    var isComplete: Bool {
      taken.count == length
        && form.fromDimension.allSatisfy { ofDimension[$0.key, default: 0] >= $0.value.lowerBound }
    }

    /// Takes a scenario with all its items, about two times in three, so that forms also hold items
    /// that stand alone; room for single items stays.
    mutating func offerWhole(_ unit: Unit, using generator: inout SeededGenerator) {
      guard unit.stimulus != nil, unit.items.count > 1,
        generator.number(below: 3) < 2
      else { return }
      var trial = self
      for item in unit.items {
        guard trial.allows(item) else { return }
        trial.count(item)
      }
      trial.groups.append(Stage.Group(stimulus: unit.stimulus, items: unit.items.map(\.id)))
      self = trial
    }

    /// Fills what is missing with single items: first dimensions below their minimum, then the
    /// points seen least.
    mutating func fill(from units: [Unit]) {
      let singles = units.flatMap { unit in unit.items.map { (unit.stimulus, $0) } }
      while taken.count < length {
        let allowed = singles.filter { allows($0.1) }
        guard let (stimulus, item) = allowed.min(by: { need($0.1) < need($1.1) }) else { return }
        count(item)
        // Another item of the same scenario may stand in the form already: they share its page.
        if let stimulus, let place = groups.firstIndex(where: { $0.stimulus == stimulus }) {
          groups[place].items.append(item.id)
        } else {
          groups.append(Stage.Group(stimulus: stimulus, items: [item.id]))
        }
      }
    }

    private func need(_ item: Candidate) -> (Int, Int, Int) {
      let minimum = form.fromDimension[item.dimension]?.lowerBound ?? 0
      return (
        ofDimension[item.dimension, default: 0] < minimum ? 0 : 1,
        ofPoint[item.point, default: 0], preferred.contains(item.id) ? 0 : 1
      )
    }

    private func allows(_ item: Candidate) -> Bool {
      let dimensionMaximum = form.fromDimension[item.dimension]?.upperBound ?? length
      return !taken.contains(item.id)
        && taken.count < length
        && ofPoint[item.point, default: 0] < form.maximum(of: item.point)
        && ofDimension[item.dimension, default: 0] < dimensionMaximum
        && ofEnvironment[item.environment, default: 0]
          < form.fromEnvironment[item.environment] ?? 0
    }

    private mutating func count(_ item: Candidate) {
      taken.insert(item.id)
      ofPoint[item.point, default: 0] += 1
      ofDimension[item.dimension, default: 0] += 1
      ofEnvironment[item.environment, default: 0] += 1
    }
  }
}

import Competency
import ItemBank
import Psychometrics

/// Chooses the next stage of a session by what its items are expected to tell, within the blueprint.
///
/// Unit after unit (a scenario with its items, or one item) by the A-criterion per item: the expected
/// fall of the abilities' variances, given the answers so far and the units chosen before it, one of the
/// best few at random. A unit is taken only together with a whole form around it that satisfies the
/// blueprint, so a session cannot come to a dead end. The idea of a full test behind every choice is
/// van der Linden & Reese (1998), *A model for optimal constrained adaptive testing*, Applied
/// Psychological Measurement 22(3), 259–270.
struct InformativeStage {
  /// How many forms are tried around one choice before the next best is looked at.
  private static let completionTries = 16
  /// How many of the best choices are tried before what is certain is taken.
  private static let choiceTries = 12

  let pool: FormPool
  let selection: Blueprint.Selection
  /// What an item measures, by the place of its candidate.
  private let items: [MeasurementUnit.Item]
  private let testletVariance: Double
  /// How much each ability counts: those of the teacher's environments equally, others not.
  private let weights: [Double]

  /// A unit that may be chosen.
  private struct Option {
    var group: FormDraw.Group
    var measured: MeasurementUnit
  }

  /// - Parameters:
  ///   - pool: the items of the session's form.
  ///   - selection: how to choose.
  ///   - bank: the bank that the pool was gathered from.
  ///   - framework: the framework of its blueprint.
  init(pool: FormPool, selection: Blueprint.Selection, bank: Bank, framework: Framework) {
    self.pool = pool
    self.selection = selection
    items = pool.candidates.map { candidate in
      let parameters = bank.parameters(of: candidate.id)
      return MeasurementUnit.Item(
        loadings: parameters?.loadings(in: framework) ?? [],
        model: PartialCreditItem(cumulative: parameters?.cumulative ?? [0]))
    }
    testletVariance = framework.measurement.testletVariance
    let scope = Set(framework.environment(pool.form.environment)?.includes ?? [])
    weights = framework.points.map { scope.contains($0.environment) ? 1 : 0 }
  }

  /// The rest of a session's stages, the next one chosen.
  ///
  /// - Parameters:
  ///   - given: the stages so far.
  ///   - planned: the stages that would come if nothing were chosen: what is certain to fit.
  ///   - posterior: what the answers say of the abilities.
  ///   - exposure: which items may be offered how often.
  ///   - seed: the session's.
  /// - Returns: as many stages as planned; those after the next are a form that fits around it.
  func stages(
    after given: [Stage], planned: [Stage], posterior: AbilityPosterior,
    exposure: ItemExposure, seed: UInt64
  ) -> [Stage] {
    var generator = SeededGenerator(seed: seed, purpose: "stage \(given.count + 1)")
    let pages = FormPages(pool: pool)
    let (isAdmitted, isPreferred) = offers(exposure: exposure, seed: seed, using: &generator)
    var draw = draw(after: given)
    var belief = posterior
    var page: [FormDraw.Group] = []
    var rest = planned
    var options = self.options { isAdmitted[$0.place] && isPreferred[$0.place] }
    var isWidened = false
    while FormPages.size(page) < pool.blueprint.itemsPerStage {
      let criterion = OptimalUnit(
        posterior: belief, testletVariance: testletVariance, criterion: .trace(weights: weights))
      let fitting = options.filter {
        pages.fits($0.group, on: page) && draw.allows($0.group.items)
      }
      let order = ranked(fitting, by: criterion, using: &generator)
      var isChosen = false
      for option in order.prefix(Self.choiceTries) {
        guard
          let completed = completed(
            draw, page: page + [option.group], pages: pages, count: planned.count,
            admitted: isAdmitted, preferred: isPreferred, using: &generator)
        else { continue }
        draw.place(option.group.items)
        page.append(option.group)
        belief = criterion.expectedPosterior(after: option.measured)
        rest = pages.stages(completed, from: given.count + 1)
        isChosen = true
        break
      }
      if isChosen { continue }
      // Stories from elsewhere, before what was drawn beforehand.
      guard !isWidened else { break }
      isWidened = true
      options = self.options { isAdmitted[$0.place] }
    }
    return rest
  }

  /// One stage more than the form has, from items that the teacher has not been asked.
  ///
  /// - Parameters:
  ///   - given: the stages so far.
  ///   - posterior: what the answers say of the abilities.
  ///   - exposure: which items may be offered how often.
  ///   - seed: the session's.
  /// - Returns: the stage, numbered 1, with what is expected to be believed after it; nil when too
  ///   few items are left to fill it.
  func further(
    after given: [Stage], posterior: AbilityPosterior, exposure: ItemExposure, seed: UInt64
  ) -> (stage: Stage, expected: AbilityPosterior)? {
    var generator = SeededGenerator(seed: seed, purpose: "stage \(given.count + 1)")
    let pages = FormPages(pool: pool)
    let (isAdmitted, isPreferred) = offers(exposure: exposure, seed: seed, using: &generator)
    var draw = draw(after: given)
    var belief = posterior
    var page: [FormDraw.Group] = []
    // Stories of the teacher's own school stage first, then any, then those held back elsewhere.
    var widths: [(FormPool.Candidate) -> Bool] = [
      { isAdmitted[$0.place] && isPreferred[$0.place] }, { isAdmitted[$0.place] }, { !$0.isSeen },
    ]
    while FormPages.size(page) < pool.blueprint.itemsPerStage {
      guard let width = widths.first else { return nil }
      let criterion = OptimalUnit(
        posterior: belief, testletVariance: testletVariance, criterion: .trace(weights: weights))
      let fitting = options(where: width).filter {
        pages.fits($0.group, on: page) && draw.allows($0.group.items)
      }
      guard let best = ranked(fitting, by: criterion, using: &generator).first else {
        widths.removeFirst()
        continue
      }
      draw.place(best.group.items)
      page.append(best.group)
      belief = criterion.expectedPosterior(after: best.measured)
    }
    return (pages.stages([page], from: 1)[0], belief)
  }

  /// Of each candidate, whether it may be offered, and whether it comes before others.
  private func offers(
    exposure: ItemExposure, seed: UInt64, using generator: inout SeededGenerator
  ) -> (isAdmitted: [Bool], isPreferred: [Bool]) {
    let isAdmitted = zip(
      exposure.admitted(pool.candidates.map(\.id), seed: seed), pool.candidates
    ).map { $0 && !$1.isSeen }
    return (isAdmitted, pool.preferences(using: &generator))
  }

  /// A form in which what was given stands already, and nothing can come that an item that was tried
  /// out has shown.
  private func draw(after given: [Stage]) -> FormDraw {
    var draw = FormDraw(pool: pool)
    draw.place(given.flatMap(\.items).compactMap(pool.candidate))
    for pilot in pool.pilots(in: given) { draw.keepApart(pilot) }
    return draw
  }

  /// The units whose items may all be given: scenarios with all their items, and every item alone.
  private func options(where isOffered: (FormPool.Candidate) -> Bool) -> [Option] {
    pool.units.flatMap { unit -> [Option] in
      let offered = unit.items.filter(isOffered)
      var options = offered.map { option([$0], of: unit) }
      if unit.items.count > 1, offered.count == unit.items.count {
        options.append(option(unit.items, of: unit))
      }
      return options
    }
  }

  private func option(_ members: [FormPool.Candidate], of unit: FormPool.Unit) -> Option {
    Option(
      group: FormDraw.Group(unit: members[0].unit, items: members),
      measured: MeasurementUnit(
        items: members.map { items[$0.place] }, isTestlet: unit.stimulus != nil))
  }

  /// The options, best first, after one of the best few.
  private func ranked(
    _ options: [Option], by criterion: OptimalUnit, using generator: inout SeededGenerator
  ) -> [Option] {
    let values = options.map {
      criterion.value(of: $0.measured) / Double($0.measured.items.count)
    }
    var order = options.indices.sorted { (values[$1], $0) < (values[$0], $1) }
    guard !order.isEmpty else { return [] }
    let drawn = generator.number(below: min(selection.among, order.count))
    order.insert(order.remove(at: drawn), at: 0)
    return order.map { options[$0] }
  }

  /// Pages with a form around what is on the first; nil when none of some tries fits.
  private func completed(
    _ draw: FormDraw, page: [FormDraw.Group], pages: FormPages, count: Int, admitted: [Bool],
    preferred: [Bool], using generator: inout SeededGenerator
  ) -> [[FormDraw.Group]]? {
    var begun = draw
    // The groups before the last are placed already.
    guard let newest = page.last, begun.place(newest.items) else { return nil }
    let offered = pool.candidates.indices.filter { admitted[$0] }
    let unseen = pool.candidates.indices.filter { !pool.candidates[$0].isSeen }
    for attempt in 0..<Self.completionTries {
      var trial = begun
      // What is only planned is chosen again, so items that are held back may stand in for it; items
      // that the teacher knows come last.
      let order =
        switch attempt {
        case ..<(Self.completionTries / 2): offered
        case ..<(Self.completionTries - 2): unseen
        default: Array(pool.candidates.indices)
        }
      trial.fill(from: generator.shuffled(order), isPreferred: preferred)
      if trial.isComplete,
        let packed = pages.packed(trial.groups, count: count, first: page, using: &generator)
      {
        return packed
      }
    }
    return nil
  }
}

extension PartialCreditParameters {
  /// What the item measures, by the places of the framework's points, in their order.
  func loadings(in framework: Framework) -> [Loading] {
    loadings
      .compactMap { point, weight in
        framework.index(of: point).map { Loading(point: $0, weight: weight) }
      }
      // A dictionary has no order of its own; a sum must not depend on one.
      .sorted { $0.point < $1.point }
  }
}

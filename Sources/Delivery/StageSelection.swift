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
/// Forms are balanced draws: the blueprint bounds how many items each environment and dimension gives,
/// and points seen least are filled first, so every point of the teacher's environments has a chance
/// and no item of another environment has one. A test that chooses later stages by what their items
/// tell begins with such a form too, see ``InformativeStage``.
struct StageSelection: Sendable {
  let pool: FormPool

  /// Draws the stages of a form.
  ///
  /// - Throws: ``BlueprintError/cannotBeFilled(test:environment:)`` if no draw of many satisfies the
  ///   blueprint.
  func draw(seed: UInt64) throws(BlueprintError) -> [Stage] {
    var generator = SeededGenerator(seed: seed, purpose: "form")
    let pages = FormPages(pool: pool)
    // A draw fails when what is left does not fit what is missing. A few are common; hundreds in a
    // row mean that the blueprint asks for more than the bank has.
    for attempt in 0..<500 {
      let isPreferred = pool.preferences(using: &generator)
      var draw = FormDraw(pool: pool)
      // Items that the teacher knows come back only when there is no form without them.
      let mayRepeat = attempt >= 300
      let units = pool.units.filter { mayRepeat || !$0.items.contains(where: \.isSeen) }
      let candidates = pool.candidates.indices.filter {
        mayRepeat || !pool.candidates[$0].isSeen
      }
      for unit in FormPages.largestFirst(
        generator.shuffled(units), size: { $0.items.count })
      {
        draw.offerWhole(unit, using: &generator)
      }
      draw.fill(from: generator.shuffled(candidates), isPreferred: isPreferred)
      if draw.isComplete,
        let packed = pages.packed(draw.groups, count: pool.blueprint.stages, using: &generator)
      {
        return pool.mixingPilots(into: pages.stages(packed, from: 1), seed: seed)
      }
    }
    throw .cannotBeFilled(
      test: pool.blueprint.test.rawValue, environment: pool.form.environment.rawValue)
  }
}

extension FormPool {
  /// Which candidates come first where the blueprint leaves a choice.
  ///
  /// Stories of the teacher's own school stage do, but not always: every item keeps a chance.
  func preferences(using generator: inout SeededGenerator) -> [Bool] {
    candidates.map { $0.isFamiliar || generator.number(below: 3) == 0 }
  }
}

import ItemBank
import Psychometrics

/// What a form holds already.
private struct Taken {
  private var items: Set<AssessmentItem.ID> = []
  private var units: Set<Int>
  private var stimuli: Set<AssessmentStimulus.ID> = []
  private var enemySets: Set<Int>

  init(candidates: [FormPool.Candidate]) {
    units = Set(candidates.map(\.unit))
    enemySets = Set(candidates.flatMap(\.enemySets))
  }

  /// Takes an item, unless it is taken, or its scenario or an enemy is.
  @discardableResult
  mutating func take(_ pilot: FormPool.Pilot) -> Bool {
    guard !items.contains(pilot.id), pilot.unit.map({ !units.contains($0) }) ?? true,
      pilot.stimulus.map({ !stimuli.contains($0) }) ?? true,
      enemySets.isDisjoint(with: pilot.enemySets)
    else { return false }
    items.insert(pilot.id)
    if let stimulus = pilot.stimulus { stimuli.insert(stimulus) }
    enemySets.formUnion(pilot.enemySets)
    return true
  }
}

extension FormPool {
  /// Stages with the items mixed in that are tried out.
  ///
  /// Which items, and in which stages, follows from the session's seed alone, so stages that are
  /// chosen anew keep theirs. Every item that fits has the same chance: the answers of those who get
  /// it are a random sample of those who could. Where one would repeat a scenario or stand beside a
  /// parallel item, it is left out: what counts comes first.
  ///
  /// - Parameters:
  ///   - stages: the stages to mix into, without items that are tried out.
  ///   - given: the stages before them.
  ///   - seed: the session's.
  /// - Returns: the same stages, some with one item more.
  func mixingPilots(into stages: [Stage], after given: [Stage] = [], seed: UInt64) -> [Stage] {
    guard blueprint.pilotItems > 0, !pilots.isEmpty else { return stages }
    var generator = SeededGenerator(seed: seed, purpose: "pilot items")
    let order = generator.shuffled(pilots)
    let numbers = generator.shuffled(Array(1...blueprint.stages))
    let places = (0..<blueprint.stages).map { _ in generator.number(below: blueprint.itemsPerStage)
    }
    var taken = Taken(candidates: (given + stages).flatMap(\.items).compactMap(candidate))
    for pilot in self.pilots(in: given) { taken.take(pilot) }
    var mixed = stages
    for slot in 0..<min(blueprint.pilotItems, blueprint.stages) {
      guard let index = mixed.firstIndex(where: { $0.number == numbers[slot] }),
        let pilot = order.first(where: { taken.take($0) })
      else { continue }
      mixed[index].groups.insert(
        Stage.Group(stimulus: pilot.stimulus, items: [pilot.id]),
        at: min(places[slot], mixed[index].groups.count))
    }
    return mixed
  }

  /// The items of stages that are tried out.
  func pilots(in stages: [Stage]) -> [Pilot] {
    let items = Set(stages.flatMap(\.items))
    return pilots.filter { items.contains($0.id) }
  }

  /// Stages as they were before anything was mixed in.
  func withoutPilots(_ stages: some Sequence<Stage>) -> [Stage] {
    stages.map { stage in
      var stage = stage
      for index in stage.groups.indices {
        stage.groups[index].items.removeAll { candidate($0) == nil }
      }
      stage.groups.removeAll(where: \.items.isEmpty)
      return stage
    }
  }
}

import ItemBank
import Psychometrics

/// A form being drawn: what has been taken, and what the blueprint still allows.
struct FormDraw {
  /// Items that stand together, not yet on a page.
  struct Group {
    var unit: Int
    var items: [FormPool.Candidate]
  }

  let pool: FormPool
  private(set) var groups: [Group] = []
  private(set) var count = 0
  private var taken: [Bool]
  /// Of each group of enemies, whether one is in the form.
  private var isEnemySetTaken: [Bool]
  /// Units that stand on a page already: nothing can be added to them.
  private var isPlaced: [Bool]
  private var ofPoint: [Int]
  private var ofDimension: [Int]
  private var ofEnvironment: [Int]

  /// An empty form.
  init(pool: FormPool) {
    self.pool = pool
    taken = [Bool](repeating: false, count: pool.candidates.count)
    isEnemySetTaken = [Bool](repeating: false, count: pool.enemySetCount)
    isPlaced = [Bool](repeating: false, count: pool.units.count)
    ofPoint = [Int](repeating: 0, count: pool.pointMaximum.count)
    ofDimension = [Int](repeating: 0, count: pool.dimensionRange.count)
    ofEnvironment = [Int](repeating: 0, count: pool.environmentCount.count)
  }

  /// Whether the form has its length and every minimum is met.
  var isComplete: Bool {
    count == pool.blueprint.length
      && zip(ofDimension, pool.dimensionRange).allSatisfy { $0 >= $1.lowerBound }
  }

  /// Whether an item may be added.
  func allows(_ item: FormPool.Candidate) -> Bool {
    !taken[item.place] && count < pool.blueprint.length
      && !isPlaced[item.unit]
      && item.enemySets.allSatisfy { !isEnemySetTaken[$0] }
      && ofPoint[item.point] < pool.pointMaximum[item.point]
      && ofDimension[item.dimension] < pool.dimensionRange[item.dimension].upperBound
      && ofEnvironment[item.environment] < pool.environmentCount[item.environment]
  }

  /// Whether items may be added together.
  func allows(_ items: [FormPool.Candidate]) -> Bool {
    guard items.allSatisfy(allows) else { return false }
    guard items.count > 1 else { return true }
    var trial = self
    return trial.place(items)
  }

  /// Counts items that stand on a page already.
  ///
  /// - Returns: whether all of them were allowed.
  @discardableResult
  mutating func place(_ items: [FormPool.Candidate]) -> Bool {
    var isAllowed = true
    for item in items {
      isAllowed = isAllowed && allows(item)
      take(item)
    }
    for item in items { isPlaced[item.unit] = true }
    return isAllowed
  }

  /// Keeps what an item that is tried out has shown already out of the form: its scenario, and its
  /// enemies.
  mutating func keepApart(_ pilot: FormPool.Pilot) {
    for number in pilot.enemySets { isEnemySetTaken[number] = true }
    if let unit = pilot.unit { isPlaced[unit] = true }
  }

  /// Takes a scenario with all its items, about two times in three, so that forms also hold items
  /// that stand alone; room for single items stays.
  mutating func offerWhole(_ unit: FormPool.Unit, using generator: inout SeededGenerator) {
    guard unit.stimulus != nil, unit.items.count > 1, generator.number(below: 3) < 2 else {
      return
    }
    var trial = self
    for item in unit.items {
      guard trial.allows(item) else { return }
      trial.take(item)
    }
    trial.groups.append(Group(unit: unit.items[0].unit, items: unit.items))
    self = trial
  }

  /// Fills what is missing with single items: first dimensions below their minimum, then the
  /// points seen least.
  ///
  /// - Parameters:
  ///   - order: the places of the items, shuffled; of equals the first is taken.
  ///   - isPreferred: of each candidate, whether it comes before others that are needed as much.
  mutating func fill(from order: [Int], isPreferred: [Bool]) {
    while count < pool.blueprint.length {
      var best: (need: (Int, Int, Int), place: Int)?
      for place in order where allows(pool.candidates[place]) {
        let need = need(pool.candidates[place], isPreferred: isPreferred[place])
        if let known = best, known.need <= need { continue }
        best = (need, place)
      }
      guard let place = best?.place else { return }
      let item = pool.candidates[place]
      take(item)
      // Another item of the same scenario may stand in the form already: they share its page.
      if let place = groups.firstIndex(where: { $0.unit == item.unit }) {
        groups[place].items.append(item)
      } else {
        groups.append(Group(unit: item.unit, items: [item]))
      }
    }
  }

  private func need(_ item: FormPool.Candidate, isPreferred: Bool) -> (Int, Int, Int) {
    (
      ofDimension[item.dimension] < pool.dimensionRange[item.dimension].lowerBound ? 0 : 1,
      ofPoint[item.point], isPreferred ? 0 : 1
    )
  }

  private mutating func take(_ item: FormPool.Candidate) {
    taken[item.place] = true
    for number in item.enemySets { isEnemySetTaken[number] = true }
    ofPoint[item.point] += 1
    ofDimension[item.dimension] += 1
    ofEnvironment[item.environment] += 1
    count += 1
  }
}

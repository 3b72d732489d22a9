/// How many items of which content a test has.
///
/// Items are divided once or twice, such as by dimension and by environment; each category of a
/// division has bounds.
public struct ContentBlueprint: Hashable, Sendable {
  /// How many items the test has.
  public var length: Int
  /// For each division the bounds of each category.
  public var divisions: [[ClosedRange<Int>]]

  /// Creates a blueprint.
  ///
  /// - Precondition: there are one or two divisions. With three, whether a test can be completed would
  ///   no longer be a question of flows.
  public init(length: Int, divisions: [[ClosedRange<Int>]]) {
    precondition((1...2).contains(divisions.count), "items are divided once or twice")
    self.length = length
    self.divisions = divisions
  }
}

/// A full test that contains what was given and satisfies the blueprint: the next item is always taken
/// from such a test, so that the blueprint never leads into a dead end.
///
/// Source: van der Linden & Reese (1998), *A model for optimal constrained adaptive testing*, Applied
/// Psychological Measurement 22(3), 259–270. Theirs is an integer program; this one takes units by
/// value as long as a completion remains, found by flows between the categories of both divisions.
struct ShadowTest {
  private let bank: AdaptiveBank
  private let blueprint: ContentBlueprint
  private let rows: Int
  private let columns: Int
  /// How many items of each pair of categories are in the test so far.
  private var taken: [Int]
  private var takenCount = 0
  private var members: Set<Int> = []

  init(bank: AdaptiveBank, blueprint: ContentBlueprint, given: [Bool]) {
    self.bank = bank
    self.blueprint = blueprint
    rows = blueprint.divisions[0].count
    columns = blueprint.divisions.count > 1 ? blueprint.divisions[1].count : 1
    taken = [Int](repeating: 0, count: rows * columns)
    for item in bank.items.indices where given[item] && !bank.items[item].isPilot { take(item) }
  }

  private func cell(_ item: Int) -> Int {
    let categories = bank.items[item].categories
    return categories[0] * columns + (columns > 1 ? categories[1] : 0)
  }

  private mutating func take(_ item: Int) {
    taken[cell(item)] += 1
    takenCount += 1
    members.insert(item)
  }

  /// Completes the test.
  ///
  /// - Parameters:
  ///   - values: the value of each unit.
  ///   - mayUse: whether a unit may be added.
  /// - Returns: the places of the added units; nil when no completion was found.
  func assembled(values: [Double], mayUse: (AdaptiveBank.Unit) -> Bool) -> [Int]? {
    var shadow = self
    var pool = bank.units.indices.filter { place in
      let unit = bank.units[place]
      return !unit.isPilot && mayUse(unit) && unit.items.allSatisfy { !members.contains($0) }
        && !shadow.hasEnemy(unit)
    }
    .sorted { (values[$1], $0) < (values[$0], $1) }
    guard shadow.canComplete(from: pool) else { return nil }
    var added: [Int] = []
    while shadow.takenCount < blueprint.length {
      var isAdded = false
      for (rank, place) in pool.enumerated() {
        let unit = bank.units[place]
        guard !shadow.hasEnemy(unit) else { continue }
        var trial = shadow
        for item in unit.items { trial.take(item) }
        let rest = pool[(rank + 1)...].filter { !trial.hasEnemy(bank.units[$0]) }
        guard trial.canComplete(from: rest) else { continue }
        shadow = trial
        pool = Array(rest)
        added.append(place)
        isAdded = true
        break
      }
      if !isAdded { return nil }
    }
    return added
  }

  private func hasEnemy(_ unit: AdaptiveBank.Unit) -> Bool {
    unit.items.contains { !bank.items[$0].enemies.isDisjoint(with: members) }
  }

  /// Whether what is missing can be filled with single items of a pool; of enemies only one counts.
  private func canComplete(from pool: [Int]) -> Bool {
    guard takenCount <= blueprint.length else { return false }
    var available = [Int](repeating: 0, count: rows * columns)
    var counted: Set<Int> = []
    for place in pool where bank.units[place].items.count == 1 {
      let item = bank.units[place].items[0]
      let enemies = bank.items[item].enemies
      guard enemies.isEmpty || enemies.isDisjoint(with: counted) else { continue }
      if !enemies.isEmpty || bank.items[item].enemies.count > 0 { counted.insert(item) }
      available[cell(item)] += 1
    }
    let network = ContentFlow(
      rows: blueprint.divisions[0],
      columns: blueprint.divisions.count > 1
        ? blueprint.divisions[1] : [0...blueprint.length],
      taken: taken, available: available, missing: blueprint.length - takenCount)
    return network.isFeasible
  }
}

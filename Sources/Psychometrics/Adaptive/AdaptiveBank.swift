/// An item that adaptive tests may choose.
public struct AdaptiveItem: Hashable, Sendable {
  /// Its response model.
  public var model: ResponseModel
  /// A number that is equal for items of one testlet, which are always given together; nil for an
  /// item by itself.
  public var testlet: Int?
  /// Items that may not stand in one test with it, by their places in the bank.
  public var enemies: Set<Int>
  /// Its content category in each partition of the blueprint.
  public var categories: [Int]
  /// Whether it is being tried out: mixed in, never scored.
  public var isPilot: Bool

  /// Creates an item.
  public init(
    model: ResponseModel, testlet: Int? = nil, enemies: Set<Int> = [], categories: [Int] = [],
    isPilot: Bool = false
  ) {
    self.model = model
    self.testlet = testlet
    self.enemies = enemies
    self.categories = categories
    self.isPilot = isPilot
  }
}

/// A bank made ready for adaptive testing: what is needed at every step is computed once.
public struct AdaptiveBank: Sendable {
  /// The items.
  public let items: [AdaptiveItem]
  /// Where posteriors are summed, with the prior.
  public let quadrature: Quadrature
  /// Items that are given together, each with its places in the bank: testlets, and items alone.
  ///
  /// Units that could inform most stand first.
  let units: [Unit]
  /// log P of each category of each item at each node: `curves[item]` + category · nodes.
  private let logProbabilities: [Double]
  private let starts: [Int]
  /// The units by what they could inform at most within each stretch of ability.
  private let stretches: [Stretch]
  /// The information of each unit at each node, unit after unit.
  private let nodeInformation: [Double]

  /// Items that are given together.
  struct Unit: Sendable {
    /// Their places in the bank.
    let items: [Int]
    /// More than the mean information of its items can be, at any ability.
    let bound: Double
    /// Whether it is being tried out.
    let isPilot: Bool
  }

  /// Units within a stretch of ability, that could inform most first.
  struct Stretch: Sendable {
    /// The places of the units.
    let order: [Int]
    /// More than each can inform anywhere in the stretch, in the same order.
    let bounds: [Double]
  }

  /// Stretches of an eighth of a logit between −4 and 4.
  private static let (lowest, width, stretchCount) = (-4.0, 0.125, 64)

  /// The units in the order in which they are looked at for an ability.
  func stretch(at ability: Double) -> Stretch {
    let place = ((ability - Self.lowest) / Self.width).rounded(.down)
    guard place >= 0, place < Double(Self.stretchCount) else {
      return stretches[Self.stretchCount]
    }
    return stretches[Int(place)]
  }

  private static func stretches(of units: [Unit], items: [AdaptiveItem]) -> [Stretch] {
    let inner = (0..<stretchCount).map { place in
      let start = lowest + width * Double(place)
      return Stretch(units.map { $0.bound(within: start...(start + width), items: items) })
    }
    return inner + [Stretch(units.map(\.bound))]
  }

  /// Makes a bank ready.
  ///
  /// - Parameters:
  ///   - items: the items; enemies name places in this list.
  ///   - quadrature: *K* nodes and their prior.
  /// - Complexity: O(items · categories · *K*) time and space.
  public init(items: [AdaptiveItem], quadrature: Quadrature) {
    var items = items
    // Who names an enemy is one.
    for (place, item) in items.enumerated() {
      for enemy in item.enemies where enemy != place { items[enemy].enemies.insert(place) }
    }
    self.items = items
    self.quadrature = quadrature
    var logProbabilities: [Double] = []
    var starts: [Int] = []
    for item in items {
      starts.append(logProbabilities.count)
      let columns = quadrature.nodes.map { item.model.curves(at: $0).map(\.logProbability) }
      for category in 0...item.model.maximumScore {
        logProbabilities += columns.map { $0[category] }
      }
    }
    self.logProbabilities = logProbabilities
    self.starts = starts
    let units = Self.units(of: items)
    self.units = units
    stretches = Self.stretches(of: units, items: items)
    nodeInformation = units.flatMap { unit in
      quadrature.nodes.map { node in
        unit.items.reduce(0) { $0 + items[$1].model.information(at: node) }
          / Double(unit.items.count)
      }
    }
  }

  private static func units(of items: [AdaptiveItem]) -> [Unit] {
    var places: [Int: Int] = [:]
    var members: [[Int]] = []
    for (place, item) in items.enumerated() {
      if let testlet = item.testlet, let unit = places[testlet] {
        members[unit].append(place)
      } else {
        if let testlet = item.testlet { places[testlet] = members.count }
        members.append([place])
      }
    }
    let units = members.map { members in
      Unit(
        items: members,
        bound: members.reduce(0) { $0 + items[$1].model.informationBound } / Double(members.count),
        isPilot: members.contains { items[$0].isPilot })
    }
    return units.enumerated()
      .sorted { ($1.element.bound, $0.offset) < ($0.element.bound, $1.offset) }
      .map(\.element)
  }

  /// Adds the log-likelihood of an answer to the logarithms of a posterior.
  func add(item: Int, score: Int, to logPosterior: inout [Double]) {
    let count = quadrature.count
    let start = starts[item] + score * count
    logProbabilities.withUnsafeBufferPointer { table in
      logPosterior.withUnsafeMutableBufferPointer { posterior in
        for node in 0..<count { posterior[node] += table[start + node] }
      }
    }
  }

  /// The mean information of a unit's items, averaged over a posterior on the nodes.
  func information(ofUnitAt place: Int, over posterior: [Double]) -> Double {
    let start = place * quadrature.count
    var sum = 0.0
    for node in 0..<quadrature.count { sum += posterior[node] * nodeInformation[start + node] }
    return sum
  }

  /// The mean information of a unit's items at an ability.
  func information(of unit: Unit, at ability: Double) -> Double {
    if unit.items.count == 1 { return items[unit.items[0]].model.information(at: ability) }
    return unit.items.reduce(0) { $0 + items[$1].model.information(at: ability) }
      / Double(unit.items.count)
  }
}

extension AdaptiveBank.Stretch {
  /// - Parameter bounds: of each unit, in the order of their places.
  fileprivate init(_ bounds: [Double]) {
    order = bounds.indices.sorted { (bounds[$1], $0) < (bounds[$0], $1) }
    self.bounds = order.map { bounds[$0] }
  }
}

extension AdaptiveBank.Unit {
  /// More than the mean information of its items can be within a range of ability.
  fileprivate func bound(within range: ClosedRange<Double>, items: [AdaptiveItem]) -> Double {
    self.items.reduce(0) { $0 + items[$1].model.informationBound(within: range) }
      / Double(self.items.count)
  }
}

extension ResponseModel {
  /// A number that the information exceeds nowhere in a range of ability.
  fileprivate func informationBound(within range: ClosedRange<Double>) -> Double {
    if case .logistic(let item) = self { return item.informationBound(within: range) }
    return informationBound
  }

  /// A number that the information reaches at no ability.
  ///
  /// One logistic step informs at most slope²/4, at probability one half; guessing only lowers it. A
  /// score with variance at most C²/4 informs at most slope² · C²/4; so does the spread of a nominal
  /// item's slopes. A graded item informs at most as its latent logistic variable does, slope²/3.
  var informationBound: Double {
    switch self {
    case .logistic(let item): return item.slope * item.slope / 4
    case .graded(let item): return item.slope * item.slope / 3
    case .partialCredit(let slope, let item):
      let range = slope * Double(item.maximumScore)
      return range * range / 4
    case .nominal(let item):
      let range = (item.slopes.max() ?? 0) - (item.slopes.min() ?? 0)
      return range * range / 4
    }
  }
}

import RealModule

/// One person's adaptive test, as a value.
///
/// The test is its events and nothing else: replayed on the same bank it is the same test to the last
/// digit, whatever was drawn at random when it was taken. Nothing is shared between tests.
public struct AdaptiveTest: Sendable {
  /// Something that happened.
  public enum Event: Hashable, Sendable {
    /// Items were given together.
    case presented([Int])
    /// An item was answered.
    case answered(item: Int, score: Int)
  }

  /// What happened, in order.
  public private(set) var events: [Event] = []
  /// The scored items answered, in order.
  public private(set) var scoredItems: [Int] = []
  /// The expected ability (EAP), in logits.
  public private(set) var ability: Double
  /// The standard deviation of what is believed about it.
  public private(set) var standardError: Double
  /// Whether each item has been given.
  public private(set) var isGiven: [Bool]
  /// How many selections found nothing left within the rules.
  public private(set) var deadEnds = 0
  private var logPosterior: [Double]
  private var density: [Double]
  private var pilotCount = 0

  /// Begins a test.
  public init(bank: AdaptiveBank) {
    logPosterior = bank.quadrature.logWeights
    density = bank.quadrature.weights
    isGiven = [Bool](repeating: false, count: bank.items.count)
    ability = 0
    standardError = 0
    estimate(bank)
  }

  /// Repeats a test from its events.
  ///
  /// - Parameters:
  ///   - events: the events of a test on this bank.
  ///   - bank: the bank.
  /// - Returns: the test as it stood after the last event.
  public static func replaying(_ events: [Event], bank: AdaptiveBank) -> AdaptiveTest {
    var test = AdaptiveTest(bank: bank)
    for event in events {
      switch event {
      case .presented(let items): test.present(items, bank: bank)
      case .answered(let item, let score): test.record(item: item, score: score, bank: bank)
      }
    }
    return test
  }

  /// What is believed about the ability: a probability for each node.
  public var posterior: [Double] { density }

  /// Notes that items are given.
  public mutating func present(_ items: [Int], bank: AdaptiveBank) {
    for item in items {
      isGiven[item] = true
      if bank.items[item].isPilot { pilotCount += 1 }
    }
    events.append(.presented(items))
  }

  /// Keeps items from ever being given, such as those whose answers are not known in a replay.
  public mutating func withhold(_ items: [Int]) {
    for item in items { isGiven[item] = true }
  }

  /// Notes an answer and estimates the ability anew; an item that is tried out changes nothing.
  ///
  /// - Precondition: the item was given, and the score is one of its categories.
  public mutating func record(item: Int, score: Int, bank: AdaptiveBank) {
    precondition(isGiven[item], "an item is given before it is answered")
    precondition(
      (0...bank.items[item].model.maximumScore).contains(score),
      "the score is one of the categories")
    events.append(.answered(item: item, score: score))
    if bank.items[item].isPilot { return }
    scoredItems.append(item)
    bank.add(item: item, score: score, to: &logPosterior)
    estimate(bank)
  }

  /// Chooses the items to give next, without giving them.
  ///
  /// - Parameters:
  ///   - design: the rules of the test.
  ///   - bank: the bank.
  ///   - generator: the dice, for rules that use some.
  /// - Returns: one item, or all of a testlet; nil when the test is over.
  public mutating func next(
    _ design: AdaptiveDesign, bank: AdaptiveBank,
    using generator: inout SeededGenerator
  ) -> [Int]? {
    if design.stopping.isSatisfied(
      length: scoredItems.count, standardError: standardError, nodes: bank.quadrature.nodes,
      posterior: density)
    {
      return nil
    }
    if let pilot = nextPilot(design, bank: bank, using: &generator) { return pilot }
    let choice = UnitChoice(test: self, design: design, bank: bank).chosen(using: &generator)
    if choice == nil { deadEnds += 1 }
    return choice
  }

  /// An item to be tried out, mixed in at random so that nobody knows which it is.
  private func nextPilot(
    _ design: AdaptiveDesign, bank: AdaptiveBank, using generator: inout SeededGenerator
  ) -> [Int]? {
    let wanted = design.pilotItems - pilotCount
    guard wanted > 0 else { return nil }
    let left = max(1, design.stopping.maximumLength - scoredItems.count)
    guard generator.number(below: left + wanted) < wanted else { return nil }
    let candidates = bank.units.filter { unit in
      unit.isPilot
        && unit.items.allSatisfy { item in
          !isGiven[item] && !bank.items[item].enemies.contains { isGiven[$0] }
        }
    }
    guard !candidates.isEmpty else { return nil }
    return candidates[generator.number(below: candidates.count)].items
  }

  /// The moments of the posterior.
  ///
  /// The largest logarithm is taken out before exponentiating: long tests underflow otherwise.
  private mutating func estimate(_ bank: AdaptiveBank) {
    let count = bank.quadrature.count
    var (total, first) = (0.0, 0.0)
    var (mean, square) = (0.0, 0.0)
    density.withUnsafeMutableBufferPointer { density in
      logPosterior.withUnsafeBufferPointer { logs in
        bank.quadrature.nodes.withUnsafeBufferPointer { nodes in
          var largest = -Double.infinity
          for node in 0..<count { largest = max(largest, logs[node]) }
          for node in 0..<count {
            // e⁻⁵⁰ of the largest changes no digit of the sums.
            let distance = logs[node] - largest
            let mass = distance < -50 ? 0 : Double.exp(distance)
            density[node] = mass
            total += mass
            first += mass * nodes[node]
          }
          mean = first / total
          for node in 0..<count {
            let distance = nodes[node] - mean
            square += density[node] * distance * distance
            density[node] /= total
          }
        }
      }
    }
    ability = mean
    standardError = (square / total).squareRoot()
  }
}

/// The rules of an adaptive test.
public struct AdaptiveDesign: Sendable {
  /// How items are chosen.
  public var rule: SelectionRule
  /// When the test ends.
  public var stopping: StoppingRule
  /// What keeps items from being given too often.
  public var exposure: ExposureControl
  /// How many items of which content; nil for a test without blueprint.
  public var blueprint: ContentBlueprint?
  /// How many items being tried out are mixed in.
  public var pilotItems: Int

  /// Creates rules.
  public init(
    rule: SelectionRule, stopping: StoppingRule, exposure: ExposureControl = ExposureControl(),
    blueprint: ContentBlueprint? = nil, pilotItems: Int = 0
  ) {
    self.rule = rule
    self.stopping = stopping
    self.exposure = exposure
    self.blueprint = blueprint
    self.pilotItems = pilotItems
  }
}

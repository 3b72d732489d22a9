public import ItemBank
public import Psychometrics

/// What the blind scores of a panel say about one item.
public struct PanelKeying: Hashable, Sendable {
  /// A judge who sees a choice otherwise than the panel.
  public struct Dissent: Hashable, Sendable {
    /// The judge's number in the panel.
    public var judge: Int
    /// The points the judge gave.
    public var points: Int
  }

  /// What the judges gave one choice.
  public struct Choice: Hashable, Sendable {
    /// The choice.
    public var id: SimpleChoice.ID
    /// How many judges gave each number of points, from 0.
    public var counts: [Int]
    /// The mean of the points.
    public var mean: Double
    /// Their standard deviation; 0 for a single judge.
    public var deviation: Double
    /// The key: the mean rounded, halves up.
    public var key: Int
    /// The judges at least ``PanelRules/dissent`` points from the key, in the order of their numbers.
    public var dissents: [Dissent]
  }

  /// The item.
  public var item: AssessmentItem.ID
  /// The judges who scored it.
  public var judgeCount: Int
  /// Its choices, in the item's order.
  public var choices: [Choice]
  /// How far the judges agree about its choices; nil where that cannot be said.
  public var agreement: OrdinalAgreement?
  /// The share of judges who gave no choice more than the panel's best one.
  public var bestShare: Double
  /// The most points a choice can have.
  public var maximum: Int

  /// Puts the scores of judges together; nil when no judge scored the item.
  ///
  /// - Parameters:
  ///   - item: the item.
  ///   - choices: its choices, in the item's order.
  ///   - maximum: the most points a choice can have.
  ///   - scores: what each judge gave, by the judge's number; all choices of each judge.
  public init?(
    item: AssessmentItem.ID, choices: [SimpleChoice.ID], maximum: Int,
    scores: [Int: [SimpleChoice.ID: Int]]
  ) {
    let judges = scores.filter { judge in choices.allSatisfy { judge.value[$0] != nil } }
      .sorted { $0.key < $1.key }
    guard !judges.isEmpty, !choices.isEmpty else { return nil }
    self.item = item
    self.maximum = maximum
    judgeCount = judges.count
    self.choices = choices.map { choice in
      Choice(choice, maximum: maximum, judges.map { ($0.key, $0.value[choice] ?? 0) })
    }
    agreement = OrdinalAgreement(
      ratings: judges.map { judge in choices.map { judge.value[$0] } }, grades: maximum + 1)
    let best = self.choices.max { ($0.mean, $1.id.rawValue) < ($1.mean, $0.id.rawValue) }?.id
    let holding = judges.count { judge in
      best.flatMap { judge.value[$0] } == judge.value.values.max()
    }
    bestShare = Double(holding) / Double(judges.count)
  }

  /// What each choice is worth by the panel.
  public var scores: [SimpleChoice.ID: Int] {
    choices.reduce(into: [:]) { $0[$1.id] = $1.key }
  }

  /// Whether enough judges have scored it to say anything.
  public var hasEnoughJudges: Bool { judgeCount >= PanelRules.minimumJudges }

  /// Whether some choice has full points by the panel, without which there is no key.
  public var hasBest: Bool { choices.contains { $0.key == maximum } }

  /// Whether the judges agree enough for their key to be used.
  public var isSettled: Bool {
    hasEnoughJudges && hasBest && bestShare >= PanelRules.bestShare
      && choices.allSatisfy { $0.deviation <= PanelRules.largestDeviation }
  }

  /// The choices that are worth something else by another key.
  public func differences(from key: [SimpleChoice.ID: Int]) -> [Choice] {
    choices.filter { key[$0.id] != $0.key }
  }
}

extension PanelKeying.Choice {
  fileprivate init(_ id: SimpleChoice.ID, maximum: Int, _ points: [(judge: Int, points: Int)]) {
    self.id = id
    counts = (0...maximum).map { grade in points.count { $0.points == grade } }
    let (count, sum) = (points.count, points.reduce(0) { $0 + $1.points })
    let mean = Double(sum) / Double(count)
    self.mean = mean
    let squares = points.reduce(0) { $0 + (Double($1.points) - mean) * (Double($1.points) - mean) }
    deviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : 0
    // In whole numbers, so that a half is a half.
    let key = (2 * sum + count) / (2 * count)
    self.key = key
    dissents = points.filter { abs($0.points - key) >= PanelRules.dissent }
      .map { PanelKeying.Dissent(judge: $0.judge, points: $0.points) }
  }
}

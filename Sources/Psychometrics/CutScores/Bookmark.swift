import RealModule

/// Cut scores from marks in a booklet of steps ordered by difficulty (the bookmark method).
///
/// Source: Mitzel, Lewis, Patz & Green (2001), *The bookmark procedure*, in Cizek (ed.), Setting
/// Performance Standards.
public struct Bookmark: Hashable, Sendable {
  /// A step of an item: reaching a score.
  public struct Step: Hashable, Sendable {
    /// The item.
    public var item: Int
    /// The score, from 1.
    public var score: Int
    /// The ability at which a person reaches the score with the response probability, in logits.
    public var location: Double
  }

  /// The probability of having mastered a step: two in three.
  public static let responseProbability = 0.67

  /// The booklet: all steps, easiest first.
  public let booklet: [Step]

  /// Orders the steps of items.
  ///
  /// - Parameter models: the items' models; steps that no ability within ±12 logits reaches with the
  ///   response probability are left out.
  public init(models: [ResponseModel]) {
    var steps: [Step] = []
    for (item, model) in models.enumerated() {
      for score in 1...max(1, model.maximumScore) {
        guard let location = Self.location(of: score, on: model) else { continue }
        steps.append(Step(item: item, score: score, location: location))
      }
    }
    booklet = steps.sorted { ($0.location, $0.item, $0.score) < ($1.location, $1.item, $1.score) }
  }

  /// The probability of at least a score.
  static func probability(atLeast score: Int, on model: ResponseModel, at ability: Double)
    -> Double
  {
    model.categoryProbabilities(at: ability)[score...].reduce(0, +)
  }

  private static func location(of score: Int, on model: ResponseModel) -> Double? {
    var (low, high) = (-12.0, 12.0)
    func reached(_ ability: Double) -> Bool {
      probability(atLeast: score, on: model, at: ability) >= responseProbability
    }
    guard !reached(low), reached(high) else { return nil }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if reached(middle) { high = middle } else { low = middle }
    }
    return (low + high) / 2
  }

  /// The cut that judges' marks give: the median of the marked locations.
  ///
  /// The standard error of the median is taken as √(π/2) times that of the mean.
  ///
  /// - Parameter marks: for each judge the page of the last step that a person at the border masters,
  ///   from 1.
  /// - Returns: the cut.
  /// - Throws: ``CutScoreError`` for fewer than two judges or a page that is not in the booklet.
  public func cut(marks: [Int]) throws(CutScoreError) -> AbilityCut {
    guard marks.count >= 2 else { throw .tooFewJudges(marks.count) }
    var locations: [Double] = []
    for (judge, mark) in marks.enumerated() {
      guard booklet.indices.contains(mark - 1) else { throw .bookmarkOutOfRange(judge: judge) }
      locations.append(booklet[mark - 1].location)
    }
    locations.sort()
    let count = locations.count
    let median = (locations[(count - 1) / 2] + locations[count / 2]) / 2
    let mean = locations.reduce(0, +) / Double(count)
    let variance =
      locations.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
    return AbilityCut(
      location: median,
      standardError: (Double.pi / 2 * variance / Double(count)).squareRoot())
  }
}

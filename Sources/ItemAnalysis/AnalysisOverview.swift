public import ItemBank

/// The figures of an item that a list shows.
public struct ItemSummary: Hashable, Sendable, Codable {
  /// The item.
  public var item: AssessmentItem.ID
  /// The answers that can be scored.
  public var count: Int
  /// The mean score as a share of the highest.
  public var mean: Estimate?
  /// The location, in logits.
  public var location: Estimate?
  /// The discrimination, per logit.
  public var slope: Estimate?
  /// Its share of the sessions that could have had it.
  public var exposure: Estimate?

  /// Takes the figures from the statistics.
  public init(_ statistics: ItemStatistics) {
    item = statistics.item
    count = statistics.count
    mean = statistics.mean
    location = statistics.location
    slope = statistics.slope
    exposure = statistics.exposure
  }
}

/// An analysis without the details of its items.
public struct AnalysisOverview: Hashable, Sendable, Codable {
  /// The bank that the answers were scored with.
  public var bankVersion: String
  /// The version of the computation.
  public var engine: String
  /// How many sessions there are.
  public var sheetCount: Int
  /// How many answers could be scored.
  public var answerCount: Int
  /// The items.
  public var items: [ItemSummary]
  /// The dimensions, level by level.
  public var levels: [LevelMeasurement]
  /// What needs attention, most people first.
  public var findings: [Finding]

  /// Leaves the details out.
  public init(_ analysis: BankAnalysis) {
    bankVersion = analysis.bankVersion
    engine = analysis.engine
    sheetCount = analysis.sheetCount
    answerCount = analysis.answerCount
    items = analysis.items.map(ItemSummary.init)
    levels = analysis.levels
    findings = analysis.findings
  }
}

/// How much a published figure may say about the people behind it.
public struct DisclosureRules: Hashable, Sendable {
  /// K: every figure, and every difference between figures, is about at least so many people.
  public var minimumPeople: Int
  /// How wide the range of a hidden cell stays at least, in people, where its group is as large.
  public var hiddenWidth: Double
  /// The share of a figure's range at either end that is only shown as a band (≤ 10 %, ≥ 90 %).
  public var extremeShare: Double
  /// How many people a rest (其他组, 其他学校) holds at least.
  ///
  /// Below twice ``hiddenWidth`` no sum could leave a hidden group of four its range; three times
  /// leaves room for most sums.
  public var minimumRest: Int
  /// The share of the people counted who must have been asked about a point, else 证据不足.
  public var evidenceShare: Double

  /// Creates rules.
  ///
  /// - Parameters:
  ///   - minimumPeople: K, 5 to 10.
  ///   - hiddenWidth: in people.
  ///   - extremeShare: 0…0.5.
  ///   - minimumRest: in people.
  ///   - evidenceShare: 0…1.
  public init(
    minimumPeople: Int = 5, hiddenWidth: Double = 4, extremeShare: Double = 0.1,
    minimumRest: Int = 12, evidenceShare: Double = 0.25
  ) {
    self.minimumPeople = minimumPeople
    self.hiddenWidth = hiddenWidth
    self.extremeShare = extremeShare
    self.minimumRest = minimumRest
    self.evidenceShare = evidenceShare
  }
}

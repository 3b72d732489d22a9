/// A test's reference to an item.
public struct AssessmentItemReference: Hashable, Sendable {
  /// The identifier the item has in this test.
  public var identifier: String
  /// The item file, relative to the test's file.
  public var href: String
  /// The categories it counts towards: in this bank its point, its dimension and its environment.
  public var categories: [String]
  /// What its scores are multiplied by, by the weight's identifier.
  public var weights: [String: Double]
  /// The item meant, once the package has been read; nil while unknown.
  public var item: AssessmentItem.ID?
  /// The line of the test file it stands on.
  public var line: Int

  /// Creates a reference.
  public init(
    identifier: String, href: String, categories: [String], weights: [String: Double] = [:],
    item: AssessmentItem.ID? = nil, line: Int = 0
  ) {
    self.identifier = identifier
    self.href = href
    self.categories = categories
    self.weights = weights
    self.item = item
    self.line = line
  }
}

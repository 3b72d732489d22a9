/// Why numbers are not the parameters of an item.
public enum ItemParameterError: Error, Hashable, Sendable {
  /// A parameter is infinite or not a number.
  case notFinite
  /// Asymptotes must satisfy 0 ≤ lower < upper ≤ 1.
  case asymptotesOutOfOrder(lower: Double, upper: Double)
  /// The intercepts of a graded item must fall from category to category.
  case interceptsNotFalling
  /// An item needs at least two categories, so at least one intercept.
  case noCategories
}

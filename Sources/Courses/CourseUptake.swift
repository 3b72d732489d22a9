/// How a course was taken up: who finished it, and how it was rated (N19-25).
public struct CourseUptake: Hashable, Sendable {
  /// How many began it.
  public var enrolled: Int
  /// How many of them finished it.
  public var completed: Int
  /// How many rated it.
  public var ratings: Int
  /// Their mean rating, 1…5.
  public var meanRating: Double

  /// Creates an uptake.
  public init(enrolled: Int, completed: Int, ratings: Int, meanRating: Double) {
    self.enrolled = enrolled
    self.completed = completed
    self.ratings = ratings
    self.meanRating = meanRating
  }
}

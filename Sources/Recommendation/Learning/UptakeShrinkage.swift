public import Courses
import RealModule

/// Ratings and completion of few people, drawn towards what is usual.
public struct UptakeShrinkage: Hashable, Sendable {
  /// The usual share who finish, 0…1.
  public var completion: Double
  /// The usual rating, 1…5.
  public var rating: Double
  /// For how many people the usual counts.
  public var weight: Double
  /// By what factor of *e* a rating of one more counts; 0 leaves ratings aside.
  public var ratingEffect: Double

  /// Creates a shrinkage.
  public init(
    completion: Double, rating: Double, weight: Double = 20, ratingEffect: Double = 0.05
  ) {
    self.completion = completion
    self.rating = rating
    self.weight = weight
    self.ratingEffect = ratingEffect
  }

  /// The shrinkage towards what is usual among courses.
  ///
  /// - Returns: nil when nobody has begun a course.
  public static func usual(
    among uptakes: [CourseUptake], weight: Double = 20, ratingEffect: Double = 0.05
  ) -> UptakeShrinkage? {
    let enrolled = uptakes.reduce(0) { $0 + $1.enrolled }
    let ratings = uptakes.reduce(0) { $0 + $1.ratings }
    guard enrolled > 0 else { return nil }
    let sum = uptakes.reduce(0) { $0 + Double($1.ratings) * $1.meanRating }
    return UptakeShrinkage(
      completion: Double(uptakes.reduce(0) { $0 + $1.completed }) / Double(enrolled),
      rating: ratings > 0 ? sum / Double(ratings) : 3, weight: weight,
      ratingEffect: ratingEffect)
  }

  /// The share expected to finish a course.
  public func completion(of uptake: CourseUptake) -> Double {
    (Double(uptake.completed) + weight * completion) / (Double(uptake.enrolled) + weight)
  }

  /// The rating to expect.
  public func rating(of uptake: CourseUptake) -> Double {
    (Double(uptake.ratings) * uptake.meanRating + weight * rating)
      / (Double(uptake.ratings) + weight)
  }

  /// By what factor the gains of a course count, against a course that is usual.
  ///
  /// Who does not finish gains nothing, so completion counts in full, in proportion to the usual one;
  /// what is liked is not for that reason learned from, so ratings count little.
  ///
  /// - Returns: 0.5…1.25.
  public func factor(of uptake: CourseUptake) -> Double {
    guard completion > 0 else { return 1 }
    let liked = Double.exp(ratingEffect * (rating(of: uptake) - rating))
    return min(max(completion(of: uptake) / completion * liked, 0.5), 1.25)
  }

  /// Courses whose gains count by how they were taken up, as the catalogue says; those of which it
  /// says nothing stay as they are, and those that are left aside.
  ///
  /// - Parameters:
  ///   - courses: the courses.
  ///   - measured: courses whose gains are measured: they hold already who finished and who did not.
  /// - Returns: the same courses, in their order.
  public static func applied(
    to courses: [Course], leavingAside measured: Set<Course.ID> = []
  ) -> [Course] {
    let known = courses.compactMap { course in course.uptake.map { (course.id, $0) } }
      .filter { !measured.contains($0.0) }
    guard let usual = usual(among: known.map(\.1)) else { return courses }
    return usual.applied(
      to: courses, uptakes: [Course.ID: CourseUptake](known) { first, _ in first })
  }

  /// Courses whose gains count by how they were taken up; those nobody has taken stay as they are.
  public func applied(to courses: [Course], uptakes: [Course.ID: CourseUptake]) -> [Course] {
    courses.map { course in
      guard let uptake = uptakes[course.id] else { return course }
      var course = course
      let factor = factor(of: uptake)
      course.gains = course.gains.mapValues { $0 * factor }
      return course
    }
  }
}

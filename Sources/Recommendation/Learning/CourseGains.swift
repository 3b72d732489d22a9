public import Competency
public import Courses

/// What courses are believed to raise, with how sure it is: frozen for a term, and versioned.
public struct CourseGains: Hashable, Sendable {
  /// The gain of one course on one point.
  public struct Parameter: Hashable, Sendable {
    /// The course.
    public var course: Course.ID
    /// The point.
    public var point: CompetencyPoint.ID
    /// How much it is believed to raise the point at best, in logits.
    public var mean: Double
    /// The standard error of that belief, above 0.
    public var standardError: Double

    /// Creates a parameter.
    public init(
      course: Course.ID, point: CompetencyPoint.ID, mean: Double, standardError: Double
    ) {
      self.course = course
      self.point = point
      self.mean = mean
      self.standardError = standardError
    }
  }

  /// The version: 1 for what was judged, one more with each update.
  public var version: Int
  /// The term it is frozen for, in the institution's words.
  public var term: String
  /// The parameters, each course and point once.
  public var parameters: [Parameter]

  /// Creates gains.
  public init(version: Int, term: String, parameters: [Parameter]) {
    self.version = version
    self.term = term
    self.parameters = parameters
  }

  /// The gains as a catalogue judges them, each with a standard error in proportion.
  ///
  /// - Parameters:
  ///   - courses: the courses.
  ///   - term: the term.
  ///   - relativeError: the standard error of the logarithm of a gain; 0.5 where nothing is known.
  /// - Returns: version 1.
  public static func judged(
    _ courses: [Course], term: String, relativeError: Double = 0.5
  ) -> CourseGains {
    CourseGains(
      version: 1, term: term,
      parameters: courses.flatMap { course in
        course.gains.sorted { $0.key.rawValue < $1.key.rawValue }.map { point, gain in
          Parameter(
            course: course.id, point: point, mean: gain, standardError: relativeError * gain)
        }
      })
  }

  /// The courses with these gains; a gain that is believed to be 0 or less is left out.
  ///
  /// A course keeps its primary point, with the least gain a course can have.
  public func applied(to courses: [Course]) -> [Course] {
    var gains: [Course.ID: [CompetencyPoint.ID: Double]] = [:]
    for parameter in parameters {
      gains[parameter.course, default: [:]][parameter.point] = parameter.mean
    }
    return courses.map { course in
      guard let learned = gains[course.id] else { return course }
      var course = course
      course.gains.merge(learned) { _, new in new }
      course.gains = course.gains.filter { $0.value > 0.01 || $0.key == course.primary }
      course.gains[course.primary] = max(course.gains[course.primary] ?? 0, 0.01)
      return course
    }
  }
}

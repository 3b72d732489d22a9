public import Competency
public import Courses

/// What the diagnoses before and after courses say of their gains, beside what was believed.
public struct GainsUpdate: Hashable, Sendable {
  /// The fewest teachers from whom something is said about a course.
  public static let minimumTeachers = 30

  /// What was believed: judged, or frozen the term before.
  public var prior: CourseGains
  /// What is believed now, of every course that any of the teachers had planned.
  public var learned: CourseGains
  /// How many teachers had planned each course between their two diagnoses.
  public var teachers: [Course.ID: Int]
  /// How many teachers there are.
  public var teacherCount: Int
  /// What draws say of courses: where it is enough, it alone counts.
  public var randomised: [Course.ID: RandomisedGain]

  /// Learns from diagnoses before and after; nil without evidence, or where the numbers do not allow
  /// it.
  ///
  /// - Parameters:
  ///   - evidence: one a teacher.
  ///   - courses: the courses on offer, with the gains that are judged.
  ///   - frozen: the gains of the term before; nil for none.
  ///   - framework: the framework whose points the evidence is about.
  ///   - term: the term to freeze for.
  ///   - settings: what is taken for granted.
  public init?(
    _ evidence: [GainEvidence], courses: [Course], frozen: CourseGains?, framework: Framework,
    term: String, settings: GainLearning.Settings = GainLearning.Settings()
  ) {
    var teachers: [Course.ID: Int] = [:]
    for teacher in evidence { for id in teacher.courses.keys { teachers[id, default: 0] += 1 } }
    prior = Self.prior(
      of: courses.filter { teachers[$0.id] != nil }, frozen: frozen, term: term)
    var learning = GainLearning(
      prior: prior, points: framework.points.map(\.id), settings: settings)
    var count = 0
    for teacher in evidence where learning.add(teacher) { count += 1 }
    guard count > 0, var learned = learning.gains(for: term) else { return nil }
    let drawn = evidence.reduce(into: Set<Course.ID>()) { drawn, teacher in
      if let draw = teacher.draw { drawn.formUnion(draw.propensities.keys) }
    }
    randomised = [:]
    for course in drawn where teachers[course] != nil {
      randomised[course] = RandomisedGain(
        of: course, from: evidence, believing: prior, points: framework.points.map(\.id),
        settings: settings)
    }
    for (course, estimate) in randomised where estimate.isEnough {
      learned.learn(estimate, of: course, after: prior, settings: settings)
    }
    self.learned = learned
    self.teachers = teachers
    teacherCount = count
  }

  /// What was frozen, and of courses that were not what the catalogue judges.
  private static func prior(
    of courses: [Course], frozen: CourseGains?, term: String
  ) -> CourseGains {
    var prior = CourseGains.judged(courses, term: term)
    prior.version = frozen?.version ?? prior.version
    for place in prior.parameters.indices {
      let judged = prior.parameters[place]
      if let known = frozen?.parameter(judged.course, judged.point) {
        prior.parameters[place] = known
      }
    }
    return prior
  }

  /// What may be frozen: the gains of courses with enough teachers, and those frozen before.
  ///
  /// - Parameter frozen: the gains of the term before; nil for none.
  /// - Returns: the gains, one version on.
  public func frozen(after frozen: CourseGains?) -> CourseGains {
    var gains = learned
    gains.parameters.removeAll { (teachers[$0.course] ?? 0) < Self.minimumTeachers }
    let renewed = Set(gains.parameters.map { [$0.course.rawValue, $0.point.rawValue] })
    gains.parameters += (frozen?.parameters ?? []).filter {
      !renewed.contains([$0.course.rawValue, $0.point.rawValue])
    }
    return gains
  }
}

extension CourseGains {
  /// The gain of a course on a point; nil where nothing is known of it.
  public func parameter(_ course: Course.ID, _ point: CompetencyPoint.ID) -> Parameter? {
    parameters.first { $0.course == course && $0.point == point }
  }
}

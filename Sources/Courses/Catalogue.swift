public import Competency

/// The courses on offer, as published.
public struct Catalogue: Hashable, Sendable {
  /// The version stored with every plan: a hash of the published content.
  public var version: String
  /// Whether it is a sample that no institution offers; pages say so.
  public var isSample: Bool
  /// The courses, in the catalogue's order.
  public var courses: [Course]
  /// The institutions that offer them.
  public var providers: [Provider]
  /// The course standards whose topics courses name.
  public var standards: [CourseStandard]

  /// Creates a catalogue.
  ///
  /// - Precondition: course and provider identifiers are unique; the reader reports it otherwise.
  public init(
    version: String, isSample: Bool, courses: [Course], providers: [Provider],
    standards: [CourseStandard] = []
  ) {
    self.version = version
    self.isSample = isSample
    self.courses = courses
    self.providers = providers
    self.standards = standards
    courseByID = [Course.ID: Course](uniqueKeysWithValues: courses.map { ($0.id, $0) })
    providerByID = [Provider.ID: Provider](uniqueKeysWithValues: providers.map { ($0.id, $0) })
  }

  private var courseByID: [Course.ID: Course]
  private var providerByID: [Provider.ID: Provider]

  /// The course with an identifier.
  public func course(_ id: Course.ID) -> Course? { courseByID[id] }

  /// The courses about the points of a framework, in the catalogue's order.
  public func courses(of framework: Framework.ID) -> [Course] {
    courses.filter { $0.framework == nil || $0.framework == framework }
  }

  /// The provider with an identifier.
  public func provider(_ id: Provider.ID) -> Provider? { providerByID[id] }
}

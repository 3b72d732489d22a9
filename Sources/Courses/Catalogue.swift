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

  /// Creates a catalogue.
  ///
  /// - Precondition: course and provider identifiers are unique; the reader reports it otherwise.
  public init(version: String, isSample: Bool, courses: [Course], providers: [Provider]) {
    self.version = version
    self.isSample = isSample
    self.courses = courses
    self.providers = providers
    courseByID = [Course.ID: Course](uniqueKeysWithValues: courses.map { ($0.id, $0) })
    providerByID = [Provider.ID: Provider](uniqueKeysWithValues: providers.map { ($0.id, $0) })
  }

  private var courseByID: [Course.ID: Course]
  private var providerByID: [Provider.ID: Provider]

  /// The course with an identifier.
  public func course(_ id: Course.ID) -> Course? { courseByID[id] }

  /// The provider with an identifier.
  public func provider(_ id: Provider.ID) -> Provider? { providerByID[id] }
}

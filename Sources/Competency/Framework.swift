/// A competency framework: what a teacher's ability is made of, as data with a version.
///
/// Code names no point, dimension or environment; everything is looked up here. Frameworks are read
/// from `ItemBank/frameworks/`, each a CASE package with its measurement constants beside it.
public struct Framework: Hashable, Sendable {
  /// Identifies a framework, such as `cn-2.0`.
  public struct ID: RawRepresentable, Hashable, Sendable, Codable {
    /// The identifier as the data writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The framework's identifier.
  public var id: ID
  /// The version of its texts and structure.
  public var version: String
  /// Its name.
  public var title: LocalizedName
  /// The dimensions (能力维度), in the framework's order.
  public var dimensions: [Dimension]
  /// The teaching environments (教学环境), in the framework's order.
  public var environments: [Environment]
  /// The competency points (能力点), in the framework's order.
  ///
  /// Every vector over points in this product is in this order.
  public var points: [CompetencyPoint]
  /// The constants that measurement and recommendation use with this framework.
  public var measurement: MeasurementConstants

  /// Creates a framework.
  ///
  /// - Precondition: identifiers are unique, and every point names a listed dimension and
  ///   environment. Readers check this and report it as diagnostics.
  public init(
    id: ID, version: String, title: LocalizedName, dimensions: [Dimension],
    environments: [Environment], points: [CompetencyPoint], measurement: MeasurementConstants
  ) {
    self.id = id
    self.version = version
    self.title = title
    self.dimensions = dimensions
    self.environments = environments
    self.points = points
    self.measurement = measurement
    pointIndex = [CompetencyPoint.ID: Int](
      uniqueKeysWithValues: points.enumerated().map { ($1.id, $0) })
  }

  private var pointIndex: [CompetencyPoint.ID: Int]

  /// The place of a point in ``points``.
  public func index(of point: CompetencyPoint.ID) -> Int? {
    pointIndex[point]
  }

  /// The point with an identifier.
  public func point(_ id: CompetencyPoint.ID) -> CompetencyPoint? {
    pointIndex[id].map { points[$0] }
  }

  /// The dimension with an identifier.
  public func dimension(_ id: Dimension.ID) -> Dimension? {
    dimensions.first { $0.id == id }
  }

  /// The environment with an identifier.
  public func environment(_ id: Environment.ID) -> Environment? {
    environments.first { $0.id == id }
  }

  /// The places in ``points`` of the points of a dimension.
  public func pointIndices(of dimension: Dimension.ID) -> [Int] {
    points.indices.filter { points[$0].dimension == dimension }
  }
}

/// A name in Chinese and English, and where it comes from.
public struct LocalizedName: Hashable, Sendable {
  /// The name in Simplified Chinese.
  public var chinese: String
  /// The name in English: our translation, not an official one.
  public var english: String

  /// Creates a name.
  public init(chinese: String, english: String) {
    self.chinese = chinese
    self.english = english
  }
}

/// A dimension of ability (能力维度).
public struct Dimension: Hashable, Sendable {
  /// Identifies a dimension within its framework.
  public struct ID: RawRepresentable, Hashable, Sendable, Codable {
    /// The identifier as the data writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The dimension's identifier.
  public var id: ID
  /// Its name.
  public var name: LocalizedName

  /// Creates a dimension.
  public init(id: ID, name: LocalizedName) {
    self.id = id
    self.name = name
  }
}

/// A teaching environment (教学环境): what the classroom makes possible.
///
/// The standard of 2014 has two categories of ability (能力类别) in its place, told apart by what
/// pupils have to learn with. An environment that no form of a test is for is only included in
/// others: nobody is asked to choose it.
public struct Environment: Hashable, Sendable {
  /// Identifies an environment within its framework.
  public struct ID: RawRepresentable, Hashable, Sendable, Codable {
    /// The identifier as the data writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The environment's identifier.
  public var id: ID
  /// Its name.
  public var name: LocalizedName
  /// How a teacher recognises it, in a sentence.
  public var description: LocalizedName
  /// The environments a classroom of this kind offers, itself included.
  ///
  /// A teacher is asked about these and no others.
  public var includes: [ID]

  /// Creates an environment.
  public init(id: ID, name: LocalizedName, description: LocalizedName, includes: [ID]) {
    self.id = id
    self.name = name
    self.description = description
    self.includes = includes
  }
}

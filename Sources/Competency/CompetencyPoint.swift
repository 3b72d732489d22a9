/// A competency point (能力点): the smallest thing the framework names, and the unit that is
/// diagnosed, planned for and evidenced.
public struct CompetencyPoint: Hashable, Sendable {
  /// Identifies a point within its framework.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as the data writes it, such as the framework's own code for the point.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// How sure we are that the name, or the statement where there is one, is the official one.
  public enum NameStatus: String, Hashable, Sendable, CaseIterable {
    /// Read in a document.
    case verified
    /// Not yet checked against the official document; pages say so.
    case fromMemory
  }

  /// The point's identifier.
  public var id: ID
  /// Its name; our own short one where ``statement`` is not nil.
  public var name: LocalizedName
  /// The document's own words, in Chinese, where they are too long to be a name; else nil.
  public var statement: String?
  /// The dimension it belongs to.
  public var dimension: Dimension.ID
  /// The environment it belongs to.
  public var environment: Environment.ID
  /// Whether the name has been verified.
  public var nameStatus: NameStatus
  /// The globally unique identifier of the point in CASE, which items align to.
  public var caseIdentifier: String

  /// Creates a point.
  public init(
    id: ID, name: LocalizedName, statement: String? = nil, dimension: Dimension.ID,
    environment: Environment.ID, nameStatus: NameStatus, caseIdentifier: String
  ) {
    self.id = id
    self.name = name
    self.statement = statement
    self.dimension = dimension
    self.environment = environment
    self.nameStatus = nameStatus
    self.caseIdentifier = caseIdentifier
  }
}

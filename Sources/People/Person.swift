/// A teacher, as the school's roster knows them: nothing more is kept of a person.
public struct Person: Hashable, Sendable {
  /// Identifies a person.
  ///
  /// Random: neither name nor number can be read from it.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as it is stored.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// Identifies a person.
  public var id: ID
  /// The school or site.
  public var unit: AdministrativeUnit.ID
  /// 工号, unique within the unit.
  public var staffNumber: String
  /// What the roster says of them.
  public var entry: Entry
  /// Their identifier in the system that the roster came from.
  public var sourceID: String?
  /// Whether they have left the school.
  public var hasLeft: Bool

  /// What a roster says of a person, and may say anew.
  public struct Entry: Hashable, Sendable {
    /// 姓名.
    public var name: String
    /// 学段; nil if not given.
    public var schoolStage: String?
    /// 学科; nil if not given.
    public var subject: String?
    /// 教研组; nil if in none.
    public var group: String?
    /// Whether fewer years are left to retirement than the programme asks for (QZ-03).
    ///
    /// A flag, not a date of birth: nothing else is needed.
    public var isNearRetirement: Bool

    /// Creates an entry.
    public init(
      name: String, schoolStage: String? = nil, subject: String? = nil, group: String? = nil,
      isNearRetirement: Bool = false
    ) {
      self.name = name
      self.schoolStage = schoolStage
      self.subject = subject
      self.group = group
      self.isNearRetirement = isNearRetirement
    }
  }

  /// Creates a person.
  public init(
    id: ID, unit: AdministrativeUnit.ID, staffNumber: String, entry: Entry, sourceID: String? = nil,
    hasLeft: Bool = false
  ) {
    self.id = id
    self.unit = unit
    self.staffNumber = staffNumber
    self.entry = entry
    self.sourceID = sourceID
    self.hasLeft = hasLeft
  }
}

/// Identifies a teaching group (教研组) of a school.
public struct TeachingGroupID: RawRepresentable, Hashable, Sendable {
  /// The identifier as it is stored.
  public var rawValue: String
  /// Wraps an identifier.
  public init(rawValue: String) { self.rawValue = rawValue }
}

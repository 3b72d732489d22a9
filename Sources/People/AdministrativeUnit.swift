/// A place in the order of administration: a region, a school, or a small site of a school.
///
/// One tree: a province holds cities, a city counties, a county schools. A village school or a
/// kindergarten that a 中心校 answers for is a site below it (ZY-33).
public struct AdministrativeUnit: Hashable, Sendable {
  /// Identifies a unit.
  ///
  /// Random, so that none can be guessed from another.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as it is stored.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// What kind of place it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// 省、自治区、直辖市.
    case province
    /// 设区市.
    case city
    /// 县、市、区.
    case county
    /// 学校, a 中心校 among them.
    case school
    /// 教学点、村小、附属幼儿园: what a school answers for.
    case site

    /// Whether teachers belong to it.
    public var hasTeachers: Bool { self == .school || self == .site }

    /// Whether a unit of this kind may stand directly below another.
    public func mayStand(below parent: Kind?) -> Bool {
      switch (self, parent) {
      case (.province, nil), (.city, nil), (.county, nil), (.city, .province), (.county, .province),
        (.county, .city), (.school, .county), (.school, .city), (.school, .province),
        (.site, .school):
        true
      default: false
      }
    }
  }

  /// Identifies it.
  public var id: ID
  /// What it is.
  public var kind: Kind
  /// The unit it stands below; nil at the top.
  public var parent: ID?
  /// Its name.
  public var name: String
  /// Six digits that teachers type at sign-in; nil for regions.
  public var code: String?
  /// 学校标识码 or another official number; nil if none was given.
  public var identifier: String?
  /// Its identifier in the system that the roster came from; nil if typed by hand.
  public var sourceID: String?

  /// Creates a unit.
  public init(
    id: ID, kind: Kind, parent: ID?, name: String, code: String? = nil, identifier: String? = nil,
    sourceID: String? = nil
  ) {
    self.id = id
    self.kind = kind
    self.parent = parent
    self.name = name
    self.code = code
    self.identifier = identifier
    self.sourceID = sourceID
  }
}

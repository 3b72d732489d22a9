/// People who are counted together: those of one unit who teach in one environment, or the rest of
/// a unit whose parts are too small to be shown.
public struct Block: Hashable, Sendable {
  /// Identifies a block.
  public struct ID: Hashable, Sendable {
    /// The unit.
    public var unit: ReportingUnit.ID
    /// The place of the environment in the framework.
    public var environment: Int

    /// Creates an identifier.
    public init(unit: ReportingUnit.ID, environment: Int) {
      self.unit = unit
      self.environment = environment
    }
  }

  /// What is known of a hidden part of a rest.
  public struct Part: Hashable, Sendable {
    /// How many of its people are counted in the rest.
    public var people: Int
    /// How wide the range of its number in need stays, given everything published, in people.
    public var width: Double

    /// Creates a part.
    public init(people: Int, width: Double) {
      self.people = people
      self.width = width
    }
  }

  /// The figures of one point.
  public struct Record: Hashable, Sendable {
    /// The figure shown.
    public var shown: Figure
    /// The last exact figure; nil while there was none.
    public var exact: Figure?
    /// The hidden parts of a rest; empty for a unit of its own.
    public var parts: [ReportingUnit.ID: Part]
    /// The day of the snapshot that first showed ``shown``.
    public var day: Int

    /// Creates a record.
    public init(
      shown: Figure, exact: Figure?, parts: [ReportingUnit.ID: Part] = [:], day: Int
    ) {
      self.shown = shown
      self.exact = exact
      self.parts = parts
      self.day = day
    }
  }

  /// Whether it is the rest of a unit's parts.
  public var isRest: Bool
  /// Who is counted in any of its figures, ascending.
  ///
  /// A person stays where first counted.
  public var people: [Int64]
  /// The figures, by the place of the point in the framework.
  public var records: [Int: Record]

  /// Creates a block.
  public init(isRest: Bool, people: [Int64], records: [Int: Record]) {
    self.isRest = isRest
    self.people = people
    self.records = records
  }
}

import Diagnostics

/// A roster as a file gives it: units and persons, not yet compared with what is known.
public struct Roster: Hashable, Sendable {
  /// A unit of the file.
  public struct UnitRow: Hashable, Sendable {
    /// What it is.
    public var kind: AdministrativeUnit.Kind
    /// Its name.
    public var name: String
    /// How the file names the unit above it; nil at the top.
    public var parent: Reference?
    /// 学校标识码.
    public var identifier: String?
    /// Its identifier in the file's own system.
    public var sourceID: String?
    /// Where it stands.
    public var place: Place

    /// Creates a row.
    public init(
      kind: AdministrativeUnit.Kind, name: String, parent: Reference?, identifier: String? = nil,
      sourceID: String? = nil, place: Place
    ) {
      self.kind = kind
      self.name = name
      self.parent = parent
      self.identifier = identifier
      self.sourceID = sourceID
      self.place = place
    }
  }

  /// A person of the file.
  public struct PersonRow: Hashable, Sendable {
    /// 工号.
    public var staffNumber: String
    /// The school or site.
    public var unit: Reference
    /// What the file says of them.
    public var entry: Person.Entry
    /// Their identifier in the file's own system.
    public var sourceID: String?
    /// Whether the file says that they have left.
    public var hasLeft: Bool
    /// Where they stand.
    public var place: Place
    /// The column of the school, from 1, for a diagnostic.
    public var unitColumn: Int

    /// Creates a row.
    public init(
      staffNumber: String, unit: Reference, entry: Person.Entry, sourceID: String? = nil,
      hasLeft: Bool, place: Place, unitColumn: Int
    ) {
      self.staffNumber = staffNumber
      self.unit = unit
      self.entry = entry
      self.sourceID = sourceID
      self.hasLeft = hasLeft
      self.place = place
      self.unitColumn = unitColumn
    }
  }

  /// How a file names a unit.
  public enum Reference: Hashable, Sendable {
    /// By its name, or by its school code or official number.
    case name(String)
    /// By its identifier in the file's own system.
    case source(String)
  }

  /// Where something stands in a file.
  public struct Place: Hashable, Sendable {
    /// The file's name.
    public var file: String
    /// The line, from 1.
    public var line: Int

    /// Creates a place.
    public init(file: String, line: Int) {
      self.file = file
      self.line = line
    }
  }

  /// The units, in the file's order.
  public var units: [UnitRow] = []
  /// The persons, in the file's order.
  public var persons: [PersonRow] = []

  /// An empty roster.
  public init() {}

  /// The most rows a roster may have.
  public static let rowLimit = 50_000
}

extension Roster.Place {
  /// A fault at this place.
  func fault(_ code: String, column: Int = 0, _ message: Text, remedy: Text) -> Diagnostic {
    Diagnostic(code, file: file, line: line, column: column, message: message, remedy: remedy)
  }

  /// Something at this place that stands in nobody's way.
  func note(_ code: String, _ message: Text, remedy: Text) -> Diagnostic {
    Diagnostic(code, .warning, file: file, line: line, message: message, remedy: remedy)
  }
}

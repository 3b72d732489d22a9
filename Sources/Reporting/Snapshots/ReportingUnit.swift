/// A unit that a report is about: a teaching group, a school, a region.
public struct ReportingUnit: Hashable, Sendable {
  /// Identifies a unit for good.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as the data writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The unit's identifier.
  public var id: ID
  /// The unit it is part of; nil at the top.
  public var parent: ID?
  /// How many people it enrols directly who are to take part; those of its own units not counted,
  /// nor the exempt.
  public var enrolled: Int

  /// Creates a unit.
  public init(id: ID, parent: ID?, enrolled: Int) {
    self.id = id
    self.parent = parent
    self.enrolled = enrolled
  }
}

/// Why units are no hierarchy.
public enum UnitTreeError: Error, Hashable, Sendable {
  /// Two units have the same identifier.
  case duplicate(ReportingUnit.ID)
  /// A unit's parent is not among the units before it.
  case parentMissing(ReportingUnit.ID)
}

/// Units from province to teaching group, every parent before its parts.
public struct UnitTree: Hashable, Sendable {
  /// The units.
  public let units: [ReportingUnit]
  /// The place of each unit's parent in ``units``.
  public let parents: [Int?]
  /// The places of each unit's parts, in order.
  public let children: [[Int]]
  private let places: [ReportingUnit.ID: Int]

  /// Creates a hierarchy.
  ///
  /// - Parameter units: every parent before its parts.
  /// - Throws: ``UnitTreeError`` with the unit that does not fit.
  public init(_ units: [ReportingUnit]) throws(UnitTreeError) {
    var places: [ReportingUnit.ID: Int] = [:]
    var parents: [Int?] = []
    var children = [[Int]](repeating: [], count: units.count)
    for (place, unit) in units.enumerated() {
      guard places[unit.id] == nil else { throw .duplicate(unit.id) }
      if let parent = unit.parent {
        guard let above = places[parent] else { throw .parentMissing(unit.id) }
        parents.append(above)
        children[above].append(place)
      } else {
        parents.append(nil)
      }
      places[unit.id] = place
    }
    self.units = units
    self.parents = parents
    self.children = children
    self.places = places
  }

  /// The place of a unit in ``units``.
  public func place(of unit: ReportingUnit.ID) -> Int? { places[unit] }

  /// The units from one up to, and without, another above it.
  func path(from place: Int, below top: Int) -> [Int] {
    var path: [Int] = []
    var next: Int? = place
    while let place = next, place != top {
      path.append(place)
      next = parents[place]
    }
    return path
  }
}

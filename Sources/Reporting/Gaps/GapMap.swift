/// The heat map of a unit: its parts × the framework's points.
///
/// Every number is a published figure or a sum of such; nothing is worked out from results.
public struct GapMap: Hashable, Sendable {
  /// A row.
  public struct Row: Hashable, Sendable {
    /// What the row is about.
    public enum Subject: Hashable, Sendable {
      /// A part of the unit.
      case unit(ReportingUnit.ID)
      /// The rest of the parts, each too small to be shown (其他组, 其他学校).
      case rest
      /// The unit itself.
      case total
    }

    /// What it is about.
    public var subject: Subject
    /// How many people have finished.
    public var finished: Int
    /// The cells, in the framework's order of points.
    public var cells: [GapCell]

    /// Creates a row.
    public init(subject: Subject, finished: Int, cells: [GapCell]) {
      self.subject = subject
      self.finished = finished
      self.cells = cells
    }
  }

  /// The unit.
  public let unit: ReportingUnit.ID
  /// The rows of its parts, and of their rest.
  public let rows: [Row]
  /// The row of the unit itself.
  public let total: Row

  /// Puts a stored map together again.
  public init(unit: ReportingUnit.ID, rows: [Row], total: Row) {
    self.unit = unit
    self.rows = rows
    self.total = total
  }

  /// The heat map of a unit; nil where the snapshot does not cover it.
  ///
  /// - Parameters:
  ///   - unit: the unit.
  ///   - snapshot: the snapshot.
  ///   - totals: ``Snapshot/totals()``, worked out once for many maps.
  public init?(of unit: ReportingUnit.ID, in snapshot: Snapshot, totals: [[ExpectedNeed]]) {
    guard let place = snapshot.tree.place(of: unit) else { return nil }
    let presence = Presence(snapshot)
    func row(_ subject: Row.Subject, of place: Int, needs: [ExpectedNeed]) -> Row {
      let cells = needs.indices.map { point in
        GapCell(
          need: needs[point], finished: presence.finished[place],
          inScope: presence.inScope[place][snapshot.pointEnvironments[point]],
          rules: snapshot.rules)
      }
      return Row(subject: subject, finished: presence.finished[place], cells: cells)
    }
    self.unit = unit
    var rows = snapshot.tree.children[place].map { child in
      row(.unit(snapshot.tree.units[child].id), of: child, needs: totals[child])
    }
    let rest = snapshot.pointEnvironments.indices.map { point -> ExpectedNeed in
      let block = Block.ID(unit: unit, environment: snapshot.pointEnvironments[point])
      return snapshot.blocks[block]?.isRest == true
        ? snapshot.need(ofBlock: block, point: point) ?? ExpectedNeed() : ExpectedNeed()
    }
    if rest.contains(where: { $0.people > 0 }) {
      var row = row(.rest, of: place, needs: rest)
      row.finished = rest.map(\.people).max() ?? 0
      rows.append(row)
    }
    self.rows = rows
    total = row(.total, of: place, needs: totals[place])
  }
}

/// How many people of each unit and the units below have finished.
struct Presence {
  private(set) var finished: [Int]
  private(set) var inScope: [[Int]]

  init(_ snapshot: Snapshot) {
    finished = snapshot.finished
    inScope = snapshot.inScope
    for place in snapshot.tree.units.indices.reversed() {
      guard let parent = snapshot.tree.parents[place] else { continue }
      finished[parent] += finished[place]
      for environment in inScope[place].indices {
        inScope[parent][environment] += inScope[place][environment]
      }
    }
  }
}

import Reporting

/// How far the people of a unit and of its parts were when a snapshot was taken.
struct PeopleRecord: Codable, Hashable {
  /// Enrolled, started, finished, exempt, exempt who finished.
  typealias Numbers = [Int]

  var total: Numbers
  /// The unit's parts, by identifier.
  var parts: [String: Numbers]
  /// The schools in it, in no order that names them.
  var schools: [Numbers]

  static func numbers(_ participation: Participation) -> Numbers {
    [
      participation.enrolled, participation.started, participation.finished,
      participation.exempt, participation.exemptFinished,
    ]
  }

  /// The participation.
  ///
  /// - Throws: ``StoreError/unreadable(table:)`` if a number is missing.
  static func participation(_ numbers: Numbers) throws -> Participation {
    guard numbers.count == 5 else { throw StoreError.unreadable(table: "report_map") }
    return Participation(
      enrolled: numbers[0], started: numbers[1], finished: numbers[2], exempt: numbers[3],
      exemptFinished: numbers[4])
  }
}

/// Participation of every unit with all below it.
struct PeopleTotals {
  private let tree: UnitTree
  private let totals: [Participation]
  private let schools: [[Int]]

  init(_ own: [Participation], schools: [Int], in tree: UnitTree) {
    self.tree = tree
    let none = [Participation](repeating: Participation(), count: tree.units.count)
    totals = Participation.totals(own.isEmpty ? none : own, in: tree)
    var below = [[Int]](repeating: [], count: tree.units.count)
    for school in schools {
      var next = tree.parents[school]
      while let place = next {
        below[place].append(school)
        next = tree.parents[place]
      }
    }
    self.schools = below
  }

  /// What is kept of a unit.
  func record(of place: Int) -> PeopleRecord {
    PeopleRecord(
      total: PeopleRecord.numbers(totals[place]),
      parts: [String: PeopleRecord.Numbers](
        uniqueKeysWithValues: tree.children[place].map {
          (tree.units[$0].id.rawValue, PeopleRecord.numbers(totals[$0]))
        }),
      schools: schools[place].map { PeopleRecord.numbers(totals[$0]) })
  }
}

extension Snapshot {
  /// Takes the next snapshot.
  ///
  /// A figure moves only when at least K people joined it or took the test again since it last
  /// moved; until then it stands as it was. A person stays where first counted, even after moving
  /// to another unit, and a result that is gone stays in the sums it was part of.
  ///
  /// - Parameters:
  ///   - previous: the snapshot before; nil for the first of a programme.
  ///   - day: when it is taken, in days of the caller's calendar.
  ///   - tree: the units of today.
  ///   - pointEnvironments: the place of the environment of each point.
  ///   - needs: the results; of people who took the test again also the former ones, or the
  ///     figures they are in cannot follow.
  ///   - rules: the rules.
  /// - Returns: the snapshot.
  public static func taken(
    after previous: Snapshot?, day: Int, tree: UnitTree, pointEnvironments: [Int],
    needs: [TeacherNeed], rules: DisclosureRules = DisclosureRules()
  ) -> Snapshot {
    let results = ResultIndex(needs)
    let environments = (pointEnvironments.max() ?? -1) + 1
    var finished = [Int](repeating: 0, count: tree.units.count)
    var inScope = [[Int]](
      repeating: [Int](repeating: 0, count: environments), count: tree.units.count)
    for need in results.latest {
      finished[need.unit] += 1
      for environment in 0..<environments where need.environments[environment] {
        inScope[need.unit][environment] += 1
      }
    }
    var blocks = previous?.blocks ?? [:]
    for environment in 0..<environments {
      var taking = EnvironmentTaking(
        environment: environment, day: day, tree: tree,
        points: pointEnvironments.indices.filter { pointEnvironments[$0] == environment },
        results: results, finished: finished, rules: rules, blocks: blocks)
      taking.take()
      blocks = taking.blocks
    }
    return Snapshot(
      day: day, rules: rules, tree: tree, pointEnvironments: pointEnvironments, blocks: blocks,
      finished: finished, inScope: inScope)
  }
}

/// Results by person.
struct ResultIndex {
  /// The last result of each person, by person.
  let latest: [TeacherNeed]
  private let places: [Int64: Int]
  private let former: [Figure.Entry: TeacherNeed]

  init(_ needs: [TeacherNeed]) {
    let sorted = needs.sorted { ($0.person, $0.revision) < ($1.person, $1.revision) }
    var latest: [TeacherNeed] = []
    var former: [Figure.Entry: TeacherNeed] = [:]
    for need in sorted {
      if let last = latest.last, last.person == need.person {
        former[last.entry] = last
        latest[latest.count - 1] = need
      } else {
        latest.append(need)
      }
    }
    self.latest = latest
    self.former = former
    places = [Int64: Int](
      uniqueKeysWithValues: latest.enumerated().map { ($1.person, $0) })
  }

  /// The last result of a person; nil when there is none any more.
  func latest(of person: Int64) -> TeacherNeed? { places[person].map { latest[$0] } }

  /// A certain result of a person, the last or a former one.
  func result(_ entry: Figure.Entry) -> TeacherNeed? {
    guard let last = latest(of: entry.person) else { return nil }
    return last.revision == entry.revision ? last : former[entry]
  }
}

/// Takes the figures of one environment, from the teaching groups up.
struct EnvironmentTaking {
  let environment: Int
  let day: Int
  let tree: UnitTree
  let points: [Int]
  let results: ResultIndex
  let finished: [Int]
  let rules: DisclosureRules
  var blocks: [Block.ID: Block]

  /// People on their way up, because their unit is too small to be shown.
  private struct Pool {
    /// Their results.
    var needs: [TeacherNeed] = []
    /// How many people of the same units have not finished yet.
    var unfinished = 0
  }

  mutating func take() {
    var own = waitingPeople()
    var pools = [Pool](repeating: Pool(), count: tree.units.count)
    for place in tree.units.indices.reversed() {
      let unfinished = max(0, tree.units[place].enrolled - finished[place])
      pools[place].needs += own[place]
      pools[place].unfinished += unfinished
      own[place] = []
      guard let leftOver = settle(place: place, pool: pools[place]),
        let parent = tree.parents[place]
      else { continue }
      pools[parent].needs += leftOver.needs
      pools[parent].unfinished += leftOver.unfinished
    }
  }

  /// The results not counted anywhere yet, by the unit that enrols the person.
  private func waitingPeople() -> [[TeacherNeed]] {
    var counted: Set<Int64> = []
    for (id, block) in blocks where id.environment == environment {
      counted.formUnion(block.people)
    }
    var waiting = [[TeacherNeed]](repeating: [], count: tree.units.count)
    for need in results.latest
    where need.environments[environment] && !counted.contains(need.person) {
      waiting[need.unit].append(need)
    }
    return waiting
  }

  /// Counts a unit's people, or lets them wait.
  ///
  /// - Returns: who goes up to the next level because the unit can never be shown; nil for nobody.
  private mutating func settle(place: Int, pool: Pool) -> Pool? {
    let id = Block.ID(unit: tree.units[place].id, environment: environment)
    let isRest = blocks[id]?.isRest ?? !tree.children[place].isEmpty
    let least = isRest ? rules.minimumRest : rules.minimumPeople
    if blocks[id] == nil && pool.needs.count < least {
      return pool.needs.count + pool.unfinished < least ? pool : nil
    }
    let former = blocks[id] ?? Block(isRest: isRest, people: [], records: [:])
    let next = isRest ? grown(former, by: pool.needs, at: place) : renewed(former, by: pool.needs)
    if let next { blocks[id] = next }
    return nil
  }

  // MARK: A unit of its own

  /// A unit's block with new people and new results.
  ///
  /// - Returns: the block; nil where no figure moves.
  private func renewed(_ block: Block, by joining: [TeacherNeed]) -> Block? {
    let present =
      (block.people.map { person in results.latest(of: person)?.entry }.compactMap { $0 }
      + joining.map(\.entry)).sorted { $0.person < $1.person }
    var next = block
    var changes: [Int: RosterChange] = [:]
    for point in points {
      let record = block.records[point]
      let key = record?.shown.entries.count ?? 0
      // Figures of one block mostly count the same people: compare each roster once.
      let change: RosterChange
      if let known = changes[key], known.former == record?.shown.entries ?? [] {
        change = known
      } else {
        change = RosterChange(from: record?.shown.entries ?? [], to: present)
        changes[key] = change
      }
      if let moved = moved(record, point: point, change: change) {
        next.records[point] = moved
        next.people = union(next.people, moved.shown.entries.map(\.person))
      }
    }
    return next == block ? nil : next
  }

  /// A record after a step; nil where the step may not be shown.
  private func moved(_ record: Block.Record?, point: Int, change: RosterChange) -> Block.Record? {
    let step = Suppression.Step(joined: change.joined.count, retaken: change.retaken.count)
    guard step.joined + step.retaken > 0,
      var figure = sum(of: point, after: record?.shown, change: change),
      let form = Suppression.form(
        ofSum: figure.sum, people: figure.entries.count, rules: rules)
    else { return nil }
    figure.form = form
    let range = figure.range(share: rules.extremeShare)
    let before = record?.shown.range(share: rules.extremeShare) ?? 0...0
    guard Suppression.allows(range, after: before, step: step, rules: rules) else { return nil }
    // A band between two exact figures must not hide that they differ by too little.
    let exact = record?.exact
    if exact != record?.shown || exact == nil {
      let longer = RosterChange(from: exact?.entries ?? [], to: figure.entries)
      guard
        Suppression.allows(
          range, after: exact?.range(share: rules.extremeShare) ?? 0...0,
          step: .init(joined: longer.joined.count, retaken: longer.retaken.count), rules: rules)
      else { return nil }
    }
    return Block.Record(shown: figure, exact: form == .exact ? figure : exact, day: day)
  }

  /// The sums of a point after a change; nil where a former result is missing.
  private func sum(of point: Int, after former: Figure?, change: RosterChange) -> Figure? {
    var sum = former?.sum ?? 0
    var variance = former?.variance ?? 0
    var asked = former?.asked ?? 0
    func count(_ need: TeacherNeed, sign: Double) {
      let probability = need.probabilities[point]
      sum += sign * probability
      variance += sign * probability * (1 - probability)
      asked += (need.wasAsked[point] ? 1 : 0) * Int(sign)
    }
    for entry in change.joined {
      guard let need = results.result(entry) else { return nil }
      count(need, sign: 1)
    }
    for (old, new) in change.retaken {
      guard let before = results.result(old), let after = results.result(new) else { return nil }
      count(before, sign: -1)
      count(after, sign: 1)
    }
    return Figure(
      entries: change.merged, asked: asked, sum: sum, variance: max(0, variance), form: .exact)
  }

  // MARK: The rest of a unit's parts

  /// A rest with more people.
  ///
  /// People only join a rest: taking the test again changes nothing in it, for the range left to a
  /// hidden part could not be kept apart from the range it had before.
  ///
  /// - Returns: the block; nil where no figure moves.
  private func grown(_ block: Block, by waiting: [TeacherNeed], at place: Int) -> Block? {
    let mine = block.people.compactMap { results.latest(of: $0) }
    let candidates = (mine + waiting).sorted { $0.person < $1.person }
    var next = block
    for point in points {
      let former = block.records[point]
      let counted = Set(former?.shown.entries.map(\.person) ?? [])
      let joining = candidates.filter { !counted.contains($0.person) }
      guard let record = extended(former, point: point, by: joining, at: place) else { continue }
      next.records[point] = record
      next.people = union(next.people, record.shown.entries.map(\.person))
    }
    return next == block ? nil : next
  }

  /// A rest's record with more people; nil where their sum would bound a hidden part too closely.
  private func extended(
    _ former: Block.Record?, point: Int, by joining: [TeacherNeed], at place: Int
  ) -> Block.Record? {
    guard !joining.isEmpty else { return nil }
    let batch = ExpectedNeed(joining.map { ($0.probabilities[point], $0.wasAsked[point]) })
    let step = Suppression.Step(joined: joining.count)
    guard
      Suppression.allows(
        batch.expected...batch.expected, after: 0...0, step: step, rules: rules),
      let parts = parts(of: former, joining: joining, batch: batch, at: place)
    else { return nil }
    let entries = ((former?.shown.entries ?? []) + joining.map(\.entry))
      .sorted { $0.person < $1.person }
    let sum = (former?.shown.sum ?? 0) + batch.expected
    let people = Double(entries.count)
    // The true variance would say something about the hidden parts; this is the most it can be.
    let variance = max(0, sum * (people - sum) / people)
    let figure = Figure(
      entries: entries, asked: (former?.shown.asked ?? 0) + batch.asked, sum: sum,
      variance: variance, form: .exact)
    return Block.Record(shown: figure, exact: figure, parts: parts, day: day)
  }

  /// The hidden parts of a rest after a batch; nil where one of them would be bounded too closely.
  private func parts(
    of former: Block.Record?, joining: [TeacherNeed], batch: ExpectedNeed, at place: Int
  ) -> [ReportingUnit.ID: Block.Part]? {
    var counts: [Int: Int] = [:]
    for need in joining {
      for unit in tree.path(from: need.unit, below: place) { counts[unit, default: 0] += 1 }
    }
    var parts = former?.parts ?? [:]
    for (unit, count) in counts {
      let known = parts[tree.units[unit].id] ?? Block.Part(people: 0, width: 0)
      let width = Suppression.width(ofPart: count, of: batch.people, sum: batch.expected)
      parts[tree.units[unit].id] = Block.Part(
        people: known.people + count, width: known.width + width)
    }
    // Sums of many small widths: a rounding error is no breach.
    let isKept = parts.values.allSatisfy {
      $0.width >= min(rules.hiddenWidth, Double($0.people)) - 1e-9
    }
    return isKept ? parts : nil
  }

  private func union(_ left: [Int64], _ right: [Int64]) -> [Int64] {
    left == right ? left : Set(left).union(right).sorted()
  }
}

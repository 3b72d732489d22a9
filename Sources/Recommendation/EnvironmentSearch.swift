import Courses
import Psychometrics

/// The search for the best set of candidates in one environment.
struct EnvironmentSearch: ~Copyable {
  /// When to stop.
  struct Effort {
    /// The most kicks.
    var kicks = 200
    /// The most moves judged; about a tenth of a microsecond each.
    var judgements = 250_000
    /// How many candidates of each mode stay in view while plans are searched.
    var shortlist = 40
    /// Whether two leave for one, and one comes with its prerequisite.
    var triesPairs = true

    /// Enough to tell which environments are worth more.
    static let first = Effort(kicks: 1, judgements: 60_000, triesPairs: false)
    /// Enough to mend a plan after one change.
    static let change = Effort(kicks: 40, judgements: 120_000)
  }

  private var state: PlanState
  private let locked: Set<Int>
  /// Which hours each candidate counts towards: practice, other online, chosen video.
  private let kind: [Int]
  private var pool: [Int]
  private var barred: [Bool]
  private var generator: SeededGenerator

  private init(_ instance: PlanInstance, seed: UInt64) {
    let candidates = instance.candidates
    state = PlanState(instance)
    locked = Set(candidates.indices.filter { candidates[$0].isLocked })
    kind = candidates.indices.map { candidate in
      guard instance.course(candidate).mode == .online else { return 0 }
      return instance.problem.rules.video != nil && instance.isChosenVideo(candidate) ? 2 : 1
    }
    pool = Array(candidates.indices)
    barred = [Bool](repeating: false, count: candidates.count)
    generator = SeededGenerator(seed: seed)
  }

  /// The best candidates found, in the catalogue's order.
  ///
  /// - Parameters:
  ///   - instance: the problem.
  ///   - seed: the seed of the kicks.
  ///   - effort: when to stop.
  ///   - start: candidates to begin with, beside those that are locked.
  /// - Returns: places of candidates, ascending.
  static func members(
    for instance: PlanInstance, seed: UInt64, effort: Effort = Effort(), from start: [Int] = []
  ) -> [Int] {
    guard !instance.candidates.isEmpty else { return [] }
    var search = EnvironmentSearch(instance, seed: seed)
    return search.run(effort, from: start).sorted()
  }

  private mutating func run(_ effort: Effort, from start: [Int]) -> [Int] {
    let everything = pool
    state.take(locked.union(start).sorted())
    // Where all is locked there is nothing to search.
    guard locked.count < pool.count else { return state.members }
    fill()
    shorten(to: effort.shortlist)
    improve(effort)
    // What adds most per hour is judged again where the first local optimum lies.
    pool = everything
    shorten(to: effort.shortlist)
    var best = state.members
    var bestScore = state.score
    var kicks = 0
    while kicks < effort.kicks, state.judged < effort.judgements {
      kicks += 1
      kick()
      improve(effort)
      if state.score.isBetter(than: bestScore) {
        best = state.members
        bestScore = state.score
      } else {
        state.take(best)
      }
    }
    pool = everything
    while let move = bestSimpleMove() { make(move) }
    return state.members
  }

  /// Adds candidates by utility per hour for as long as the plan gets better.
  private mutating func fill() {
    while true {
      let present = state.score
      var choice: Int?
      var bestDensity = -Double.infinity
      for candidate in pool where !state.contains(candidate) && !barred[candidate] {
        guard
          let score = state.score(adding: candidate, to: present.utility, beating: present),
          score.isBetter(than: present)
        else { continue }
        let density = (score.utility - present.utility) / state.hours(of: candidate)
        if density > bestDensity { (choice, bestDensity) = (candidate, density) }
      }
      guard let choice else { break }
      state.add(choice)
    }
    // A plan holds something even where every course costs more than it closes.
    if state.members.isEmpty, let first = pool.first { state.add(first) }
  }

  /// Leaves a few candidates at random and fills up with others.
  private mutating func kick() {
    var loose = state.members.filter { !locked.contains($0) }.sorted()
    var left: [Int] = []
    for _ in 0..<min(loose.count, 2 + generator.number(below: 3)) {
      let candidate = loose.remove(at: generator.number(below: loose.count))
      state.remove(candidate)
      barred[candidate] = true
      left.append(candidate)
    }
    fill()
    for candidate in left { barred[candidate] = false }
  }

  /// Keeps in view what is taken and, of each mode, what would add most per hour.
  private mutating func shorten(to count: Int) {
    let present = state.score
    let anything = PlanScore(violation: .infinity, utility: -.infinity)
    var ranked: [(candidate: Int, density: Double)] = []
    for candidate in pool where !state.contains(candidate) {
      if let score = state.score(adding: candidate, to: present.utility, beating: anything) {
        ranked.append((candidate, (score.utility - present.utility) / state.hours(of: candidate)))
      }
    }
    ranked.sort { ($0.density, $1.candidate) > ($1.density, $0.candidate) }
    var kept = Set(state.members)
    for kind in 0...2 {
      let ofKind = ranked.map(\.candidate).filter { self.kind[$0] == kind }
      kept.formUnion(ofKind.prefix(count))
    }
    for candidate in kept {
      if let required = state.openPrerequisite(of: candidate) { kept.insert(required) }
    }
    pool = kept.sorted()
  }

  /// Makes the best move until none is left.
  private mutating func improve(_ effort: Effort) {
    while let move = bestSimpleMove() ?? (effort.triesPairs ? bestCompoundMove() : nil) {
      make(move)
    }
  }

  private mutating func make(_ move: PlanMove) {
    for candidate in move.removed { state.remove(candidate) }
    for candidate in move.added { state.add(candidate) }
  }

  /// The best way to add, drop or exchange one candidate.
  private mutating func bestSimpleMove() -> PlanMove? {
    var best = PlanMove.Choice(beating: state.score)
    considerAdditions(after: [], &best)
    for member in state.members where !locked.contains(member) {
      state.remove(member)
      if !state.members.isEmpty { best.consider(PlanMove(removed: [member]), state.score) }
      considerAdditions(after: [member], &best)
      state.add(member)
    }
    return best.move
  }

  /// The best way to exchange two for one or none, or to bring a candidate with its prerequisite.
  private mutating func bestCompoundMove() -> PlanMove? {
    var best = PlanMove.Choice(beating: state.score)
    let loose = state.members.filter { !locked.contains($0) }
    for (place, first) in loose.enumerated() {
      state.remove(first)
      for second in loose[(place + 1)...] {
        state.remove(second)
        if !state.members.isEmpty {
          best.consider(PlanMove(removed: [first, second]), state.score)
        }
        considerAdditions(after: [first, second], &best)
        state.add(second)
      }
      state.add(first)
    }
    considerPairs(after: [], &best)
    for member in loose {
      state.remove(member)
      considerPairs(after: [member], &best)
      state.add(member)
    }
    return best.move
  }

  private mutating func considerAdditions(
    after removed: [Int], _ best: inout PlanMove.Choice
  ) {
    let utility = state.score.utility
    for candidate in pool where !state.contains(candidate) {
      guard let score = state.score(adding: candidate, to: utility, beating: best.score) else {
        continue
      }
      if score.isBetter(than: best.score) {
        best.take(PlanMove(removed: removed, added: [candidate]), score)
      }
    }
  }

  /// Considers each candidate that waits for another together with that other.
  private mutating func considerPairs(after removed: [Int], _ best: inout PlanMove.Choice) {
    for candidate in pool where !state.contains(candidate) {
      guard let required = state.openPrerequisite(of: candidate) else { continue }
      state.add(required)
      let utility = state.score.utility
      if let score = state.score(adding: candidate, to: utility, beating: best.score),
        score.isBetter(than: best.score)
      {
        best.take(PlanMove(removed: removed, added: [required, candidate]), score)
      }
      state.remove(required)
    }
  }
}

/// Candidates that leave and come together.
private struct PlanMove {
  var removed: [Int] = []
  var added: [Int] = []

  /// The best move seen so far.
  struct Choice {
    private(set) var move: PlanMove?
    private(set) var score: PlanScore

    init(beating score: PlanScore) { self.score = score }

    mutating func consider(_ move: PlanMove, _ score: PlanScore) {
      if score.isBetter(than: self.score) { take(move, score) }
    }

    mutating func take(_ move: PlanMove, _ score: PlanScore) {
      self.move = move
      self.score = score
    }
  }
}

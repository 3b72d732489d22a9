import Courses

/// A set of candidates under search, with everything that makes the next move cheap to judge.
///
/// Flat buffers, freed with the value: judging a move touches a handful of numbers.
struct PlanState: ~Copyable {
  /// The candidates taken, in no order.
  private(set) var members: [Int] = []
  /// How many moves have been judged: the measure of work.
  private(set) var judged = 0

  private let bounds: HourBounds
  private let hourPenalty: Double
  private let requiredPoints: Int
  private let requiredDimensions: Int
  private let points: Int
  private let table: GapTable

  // Constants of each candidate.
  private let hours: UnsafeMutablePointer<Double>
  private let onlineHours: UnsafeMutablePointer<Double>
  private let videoHours: UnsafeMutablePointer<Double>
  private let gainStart: UnsafeMutablePointer<Int>
  private let gainPoint: UnsafeMutablePointer<Int>
  private let gainSize: UnsafeMutablePointer<Double>
  /// The place of the prerequisite; −1 for none, −2 for one that cannot be taken.
  private let prerequisite: UnsafeMutablePointer<Int>
  /// The number of the group of equivalents, 0 for none.
  private let group: UnsafeMutablePointer<Int>
  /// What taking a candidate adds to the faults of order by itself: 1 if another institution offers
  /// it, −1 if it is compulsory.
  private let ownFault: UnsafeMutablePointer<Int>
  /// The number of the dimension of each point, −1 outside the environment.
  private let dimension: UnsafeMutablePointer<Int>

  // The present set.
  private let taken: UnsafeMutablePointer<Bool>
  private let gain: UnsafeMutablePointer<Double>
  private let closed: UnsafeMutablePointer<Double>
  private let coverage: UnsafeMutablePointer<Int>
  private let dimensionCoverage: UnsafeMutablePointer<Int>
  private let groupMembers: UnsafeMutablePointer<Int>
  /// How many taken candidates wait for each candidate as their prerequisite.
  private let dependents: UnsafeMutablePointer<Int>
  private var totalHours = 0.0
  private var totalOnline = 0.0
  private var totalVideo = 0.0
  private var coveredPoints = 0
  private var coveredDimensions = 0
  private var doubled = 0
  private var missing = 0
  private let doubles: UnsafeMutablePointer<Double>
  private let integers: UnsafeMutablePointer<Int>

  /// Lays out the numbers of an instance; nothing is taken.
  init(_ instance: PlanInstance) {
    let candidates = instance.candidates
    let count = candidates.count
    let gains = candidates.reduce(0) { $0 + $1.gains.count }
    points = instance.closures.count
    bounds = HourBounds(instance.problem.rules)
    hourPenalty = instance.problem.hourPenalty
    requiredPoints = instance.requiredPoints
    requiredDimensions = instance.requiredDimensions
    table = GapTable(instance.closures)

    missing = instance.problem.rules.compulsory.count

    let doubleCount = 3 * count + gains + 2 * points
    doubles = .allocate(capacity: doubleCount)
    doubles.initialize(repeating: 0, count: doubleCount)
    hours = doubles
    onlineHours = hours + count
    videoHours = onlineHours + count
    gainSize = videoHours + count
    gain = gainSize + gains
    closed = gain + points

    let integerCount =
      count + 1 + gains + 4 * count + 2 * points + instance.dimensionCount
      + instance.groups.count + 1
    integers = .allocate(capacity: integerCount)
    integers.initialize(repeating: 0, count: integerCount)
    gainStart = integers
    gainPoint = gainStart + count + 1
    prerequisite = gainPoint + gains
    group = prerequisite + count
    dependents = group + count
    ownFault = dependents + count
    dimension = ownFault + count
    coverage = dimension + points
    dimensionCoverage = coverage + points
    groupMembers = dimensionCoverage + instance.dimensionCount
    taken = .allocate(capacity: count)
    taken.initialize(repeating: false, count: count)
    layOut(instance)
  }

  deinit {
    doubles.deallocate()
    integers.deallocate()
    taken.deallocate()
  }

  private func layOut(_ instance: PlanInstance) {
    for point in 0..<points { dimension[point] = instance.countedDimension[point] ?? -1 }
    var next = 0
    for (place, candidate) in instance.candidates.enumerated() {
      let course = instance.course(place)
      hours[place] = course.hours
      onlineHours[place] = course.mode == .online ? course.hours : 0
      videoHours[place] = instance.isChosenVideo(place) ? course.hours : 0
      ownFault[place] = (candidate.isForeign ? 1 : 0) - (candidate.isCompulsory ? 1 : 0)
      group[place] = candidate.group.map { $0 + 1 } ?? 0
      switch candidate.prerequisite {
      case .none: prerequisite[place] = -1
      case .candidate(let required): prerequisite[place] = required
      case .unavailable: prerequisite[place] = -2
      }
      gainStart[place] = next
      for (point, size) in candidate.gains {
        gainPoint[next] = point
        gainSize[next] = size
        next += 1
      }
    }
    gainStart[instance.candidates.count] = next
  }

  /// Whether a candidate is taken.
  func contains(_ candidate: Int) -> Bool { taken[candidate] }

  /// The prerequisite that a candidate waits for: a candidate that is not taken.
  func openPrerequisite(of candidate: Int) -> Int? {
    let required = prerequisite[candidate]
    return required >= 0 && !taken[required] ? required : nil
  }

  /// The hours of a candidate.
  func hours(of candidate: Int) -> Double { hours[candidate] }

  /// Takes a candidate that is not taken.
  mutating func add(_ candidate: Int) {
    change(candidate, by: 1)
    members.append(candidate)
  }

  /// Leaves a candidate that is taken.
  mutating func remove(_ candidate: Int) {
    change(candidate, by: -1)
    if let place = members.firstIndex(of: candidate) {
      members.swapAt(place, members.count - 1)
      members.removeLast()
    }
  }

  /// Takes exactly these candidates.
  mutating func take(_ candidates: [Int]) {
    for member in members { change(member, by: -1) }
    members = []
    // What is left over is rounding.
    for point in 0..<points {
      gain[point] = 0
      closed[point] = 0
    }
    (totalHours, totalOnline, totalVideo) = (0, 0, 0)
    for candidate in candidates { add(candidate) }
  }

  private mutating func change(_ candidate: Int, by sign: Int) {
    taken[candidate] = sign > 0
    totalHours += Double(sign) * hours[candidate]
    totalOnline += Double(sign) * onlineHours[candidate]
    totalVideo += Double(sign) * videoHours[candidate]
    for place in gainStart[candidate]..<gainStart[candidate + 1] {
      let point = gainPoint[place]
      gain[point] += Double(sign) * gainSize[place]
      closed[point] = table.value(point: point, gain: gain[point])
      coverage[point] += sign
      changeCoverage(point, isFirst: coverage[point] == (sign > 0 ? 1 : 0), by: sign)
    }
    changeOrder(candidate, by: sign)
  }

  private mutating func changeCoverage(_ point: Int, isFirst: Bool, by sign: Int) {
    let number = dimension[point]
    guard number >= 0, isFirst else { return }
    coveredPoints += sign
    dimensionCoverage[number] += sign
    if dimensionCoverage[number] == (sign > 0 ? 1 : 0) { coveredDimensions += sign }
  }

  private mutating func changeOrder(_ candidate: Int, by sign: Int) {
    let number = group[candidate]
    if number > 0 {
      groupMembers[number] += sign
      if groupMembers[number] >= (sign > 0 ? 2 : 1) { doubled += sign }
    }
    let required = prerequisite[candidate]
    if required == -2 { missing += sign }
    if required >= 0 {
      dependents[required] += sign
      if !taken[required] { missing += sign }
    }
    missing += sign * (ownFault[candidate] - dependents[candidate])
  }

  /// The measure of the present set.
  var score: PlanScore {
    var utility = -hourPenalty * totalHours
    for point in 0..<points { utility += closed[point] }
    let violation =
      bounds.violation(totalHours, totalOnline, totalVideo)
      + coverageViolation(coveredPoints, coveredDimensions)
      + PlanScore.orderWeight * Double(doubled + missing)
    return PlanScore(violation: violation, utility: utility)
  }

  /// The measure of the present set with one candidate more, if it could beat another.
  ///
  /// - Parameters:
  ///   - candidate: a candidate that is not taken.
  ///   - utility: the utility of the present set.
  ///   - bound: what has to be beaten.
  /// - Returns: the measure; nil when more is broken than in the bound.
  mutating func score(adding candidate: Int, to utility: Double, beating bound: PlanScore)
    -> PlanScore?
  {
    judged += 1
    let violation = violation(adding: candidate)
    if violation > bound.violation + 1e-9 { return nil }
    var sum = utility - hourPenalty * hours[candidate]
    for place in gainStart[candidate]..<gainStart[candidate + 1] {
      let point = gainPoint[place]
      sum += table.value(point: point, gain: gain[point] + gainSize[place]) - closed[point]
    }
    return PlanScore(violation: violation, utility: sum)
  }

  /// Mutating only in name: the compiler copies all of a state before it lends one that is being
  /// changed, which took a fifth of the search.
  private mutating func violation(adding candidate: Int) -> Double {
    var violation = bounds.violation(
      totalHours + hours[candidate], totalOnline + onlineHours[candidate],
      totalVideo + videoHours[candidate])
    var order = doubled + missing + ownFault[candidate] - dependents[candidate]
    if group[candidate] > 0, groupMembers[group[candidate]] > 0 { order += 1 }
    let required = prerequisite[candidate]
    if required == -2 || (required >= 0 && !taken[required]) { order += 1 }
    violation += PlanScore.orderWeight * Double(order)
    if coveredPoints < requiredPoints || coveredDimensions < requiredDimensions {
      violation += coverageViolation(adding: candidate)
    }
    return violation
  }

  private mutating func coverageViolation(adding candidate: Int) -> Double {
    var (morePoints, moreDimensions) = (0, 0)
    let places = gainStart[candidate]..<gainStart[candidate + 1]
    for place in places {
      let point = gainPoint[place]
      guard dimension[point] >= 0, coverage[point] == 0 else { continue }
      morePoints += 1
      // A dimension is new once, at the first of its points that this candidate covers.
      let isRepeated = (places.lowerBound..<place).contains {
        dimension[gainPoint[$0]] == dimension[point]
      }
      if dimensionCoverage[dimension[point]] == 0, !isRepeated { moreDimensions += 1 }
    }
    return coverageViolation(coveredPoints + morePoints, coveredDimensions + moreDimensions)
  }

  private func coverageViolation(_ points: Int, _ dimensions: Int) -> Double {
    PlanScore.coverageWeight
      * Double(max(requiredPoints - points, 0) + max(requiredDimensions - dimensions, 0))
  }
}

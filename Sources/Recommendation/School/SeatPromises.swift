/// What workshops that are not held would add, by teacher: as many as there are seats count, those who
/// gain most.
struct SeatPromises {
  /// The workshops.
  let workshops: [Int]
  private let capacity: [Int]
  /// What is added for each teacher, above 0, by workshop.
  private var gains: [[Double]]
  private var sums: [Double]

  init(workshops: [Int], capacity: [Int]) {
    self.workshops = workshops
    self.capacity = capacity
    gains = [[Double]](repeating: [], count: workshops.count)
    sums = [Double](repeating: 0, count: workshops.count)
  }

  /// Counts one teacher in for the workshop at a place.
  mutating func add(_ gain: Double, at place: Int) {
    gains[place].append(gain)
    sums[place] += gain
  }

  /// What the workshop at a place would add if everybody had a seat: never less than it promises.
  func bound(at place: Int) -> Double { sums[place] }

  /// What the workshop at a place would add at most.
  func promise(at place: Int) -> Double {
    guard gains[place].count > capacity[place] else { return sums[place] }
    return gains[place].sorted(by: >).prefix(capacity[place]).reduce(0, +)
  }
}

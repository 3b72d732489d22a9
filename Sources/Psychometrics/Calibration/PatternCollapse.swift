/// The different patterns of answers in a matrix, with how often each occurs.
///
/// Equal patterns have equal likelihoods, so each is computed once. Patterns stand in the order of
/// their first occurrence, group after group; nobody's pattern without any answer is kept.
struct PatternCollapse {
  /// The person in the matrix who answered so first, for each pattern.
  private(set) var persons: [Int32] = []
  /// The summed weight of each pattern.
  private(set) var weights: [Double] = []
  /// Where the patterns of each group lie.
  private(set) var groupRanges: [Range<Int>] = []

  init(_ matrix: ResponseMatrix) {
    for group in 0..<matrix.groupCount {
      let start = persons.count
      collapse(matrix, group: matrix.groups == nil ? nil : group)
      groupRanges.append(start..<persons.count)
    }
  }

  /// Every so many-th pattern, about `count` in all; nil when there are not many more than that.
  func part(of count: Int) -> PatternCollapse? {
    let every = persons.count / count
    guard every >= 2 else { return nil }
    var part = self
    (part.persons, part.weights, part.groupRanges) = ([], [], [])
    for range in groupRanges {
      let start = part.persons.count
      for pattern in stride(from: range.lowerBound, to: range.upperBound, by: every) {
        part.persons.append(persons[pattern])
        part.weights.append(weights[pattern])
      }
      part.groupRanges.append(start..<part.persons.count)
    }
    return part
  }

  private mutating func collapse(_ matrix: ResponseMatrix, group: Int?) {
    var capacity = 1024
    while capacity < 2 * matrix.persons { capacity *= 2 }
    var slots = [Int32](repeating: -1, count: capacity)
    let items = matrix.items
    matrix.answers.withUnsafeBufferPointer { answers in
      for person in 0..<matrix.persons {
        if let group, matrix.groups?[person] != group { continue }
        let row = UnsafeBufferPointer(rebasing: answers[person * items..<(person + 1) * items])
        guard let hash = Self.hash(row) else { continue }
        var slot = Int(truncatingIfNeeded: hash >> 20) & (capacity - 1)
        let weight = matrix.weights?[person] ?? 1
        while true {
          let pattern = Int(slots[slot])
          if pattern < 0 {
            slots[slot] = Int32(persons.count)
            persons.append(Int32(person))
            weights.append(weight)
            break
          }
          let start = Int(persons[pattern]) * items
          if row.elementsEqual(answers[start..<start + items]) {
            weights[pattern] += weight
            break
          }
          slot = (slot + 1) & (capacity - 1)
        }
      }
    }
  }

  /// A hash of a row; nil when nothing was answered.
  private static func hash(_ row: UnsafeBufferPointer<UInt8>) -> UInt64? {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var isEmpty = true
    for byte in row {
      if byte != ResponseMatrix.missing { isEmpty = false }
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    return isEmpty ? nil : hash ^ (hash >> 29)
  }
}

/// Items taken together in small groups, so that the answers to a group are one number, its code.
///
/// The likelihood of all answers to five binary items is one row of a table of 32; a person's
/// likelihood is then a product of twelve rows instead of sixty. That, not a matrix library, is what
/// makes the expectation step fast.
struct ItemGroups: Sendable {
  /// One group.
  struct Group: Sendable {
    /// The items, in the matrix's order.
    var items: [Int]
    /// The digits each item contributes: its categories, and one more where answers are missing.
    var bases: [Int]
    /// How many codes there are: the product of the bases.
    var codes: Int
    /// Where the group's rows start among all groups' rows.
    var firstRow: Int
  }

  /// Where the patterns of one group of persons lie.
  let populationRanges: [Range<Int>]
  /// The groups of items.
  let groups: [Group]
  /// How many rows all tables have together.
  let rows: Int
  /// The row of each pattern in each group's table: patterns · groups.
  let patternRows: [Int32]
  /// The weight of each pattern.
  let weights: [Double]
  /// How many categories each item has.
  let categories: [Int]
  /// The group and the place within it of each item.
  let places: [(group: Int, digit: Int)]

  /// Groups the items of a matrix and codes its patterns.
  ///
  /// - Parameters:
  ///   - matrix: the answers.
  ///   - patterns: its different patterns, or some of them.
  ///   - codeLimit: how many codes a group may have; a single item may have more.
  init(_ matrix: ResponseMatrix, patterns: PatternCollapse, codeLimit: Int) {
    let bases = Self.bases(of: matrix)
    let groups = Self.groups(bases: bases, codeLimit: codeLimit)
    var places = [(group: Int, digit: Int)](repeating: (0, 0), count: matrix.items)
    for (number, group) in groups.enumerated() {
      for (digit, item) in group.items.enumerated() { places[item] = (number, digit) }
    }
    self.groups = groups
    self.places = places
    rows = groups.reduce(0) { $0 + $1.codes }
    categories = matrix.categories
    weights = patterns.weights
    populationRanges = patterns.groupRanges
    patternRows = Self.code(matrix, patterns: patterns, groups: groups)
  }

  /// How many patterns there are.
  var patterns: Int { weights.count }

  /// The digit of an item in a code of its group; its categories' number stands for a missing one.
  func digit(_ digit: Int, of code: Int, in group: Group) -> Int {
    var rest = code
    for place in 0..<digit { rest /= group.bases[place] }
    return rest % group.bases[digit]
  }

  private static func bases(of matrix: ResponseMatrix) -> [Int] {
    var hasMissing = [Bool](repeating: false, count: matrix.items)
    matrix.answers.withUnsafeBufferPointer { answers in
      for person in 0..<matrix.persons {
        let row = person * matrix.items
        for item in 0..<matrix.items where answers[row + item] == ResponseMatrix.missing {
          hasMissing[item] = true
        }
      }
    }
    return matrix.categories.indices.map { matrix.categories[$0] + (hasMissing[$0] ? 1 : 0) }
  }

  private static func groups(bases: [Int], codeLimit: Int) -> [Group] {
    var groups: [Group] = []
    for (item, base) in bases.enumerated() {
      if let last = groups.last, last.codes * base <= codeLimit {
        groups[groups.count - 1].items.append(item)
        groups[groups.count - 1].bases.append(base)
        groups[groups.count - 1].codes *= base
      } else {
        groups.append(Group(items: [item], bases: [base], codes: base, firstRow: 0))
      }
    }
    var row = 0
    for number in groups.indices {
      groups[number].firstRow = row
      row += groups[number].codes
    }
    return groups
  }

  private static func code(
    _ matrix: ResponseMatrix, patterns: PatternCollapse, groups: [Group]
  ) -> [Int32] {
    let count = groups.count
    var rows = [Int32](repeating: 0, count: patterns.persons.count * count)
    let lastDigit = matrix.categories.map { UInt8($0) }
    matrix.answers.withUnsafeBufferPointer { answers in
      for (pattern, person) in patterns.persons.enumerated() {
        let start = Int(person) * matrix.items
        for (number, group) in groups.enumerated() {
          var (code, unit) = (0, 1)
          for (digit, item) in group.items.enumerated() {
            code += unit * Int(min(answers[start + item], lastDigit[item]))
            unit *= group.bases[digit]
          }
          rows[pattern * count + number] = Int32(group.firstRow + code)
        }
      }
    }
    return rows
  }
}

/// What of a table can be calibrated, and what was found on the way.
public struct ResponseScreening: Sendable {
  /// More values than this in one column are hardly scores.
  static let mostCategories = 30

  /// An item that can be calibrated.
  public struct Item: Hashable, Sendable {
    /// Its name.
    public var id: String
    /// Its place among the table's items.
    public var place: Int
    /// The score that each category 0…C stands for, rising.
    public var scores: [Int]
  }

  /// The items that can be calibrated.
  public private(set) var items: [Item] = []
  /// The items that cannot, with the reason.
  public private(set) var leftOut: [ResponseFinding] = []
  /// Everything found, the reader's findings included.
  public private(set) var findings: ResponseFindings
  /// The answers to ``items``; nil when none is left.
  public private(set) var matrix: ResponseMatrix?

  /// Screens a table for a model.
  public init(_ table: ResponseTable, model: CalibrationModel) {
    findings = table.findings
    let isCounted = (0..<table.rows).map { (table.weights?[$0] ?? 1) > 0 }
    for place in table.items.indices {
      screen(place, table, isCounted, isDichotomous: model.isDichotomous)
    }
    leaveOutCopies(table)
    guard !items.isEmpty else { return }
    matrix = makeMatrix(table, isCounted)
  }

  private mutating func leaveOut(
    _ place: Int, _ table: ResponseTable, _ kind: ResponseFinding.Kind, _ detail: String = ""
  ) {
    let finding = ResponseFinding(
      kind, column: table.columns[place], detail: table.items[place] + detail)
    findings.add(finding)
    leftOut.append(ResponseFinding(kind, column: table.columns[place], detail: table.items[place]))
  }

  private mutating func screen(
    _ place: Int, _ table: ResponseTable, _ isCounted: [Bool], isDichotomous: Bool
  ) {
    var counts = [Int](repeating: 0, count: 256)
    let width = table.items.count
    table.scores.withUnsafeBufferPointer { scores in
      for row in 0..<table.rows where isCounted[row] {
        counts[Int(scores[row * width + place])] += 1
      }
    }
    var scores = (0...ResponseTable.largestScore).filter { counts[$0] > 0 }
    if isDichotomous, scores.count > 2 {
      let strays = scores.filter { $0 > 1 }
      let number = strays.reduce(0) { $0 + counts[$1] }
      let answers = scores.reduce(0) { $0 + counts[$1] }
      guard 20 * number <= answers, counts[0] > 0, counts[1] > 0 else {
        return leaveOut(place, table, .moreThanTwoCategories)
      }
      note(strays: Set(strays), place, table)
      scores = [0, 1]
    }
    guard !scores.isEmpty else { return leaveOut(place, table, .itemWithoutAnswers) }
    guard scores.count > 1 else { return leaveOut(place, table, .everyoneEqual) }
    guard scores.count <= Self.mostCategories else {
      return leaveOut(place, table, .tooManyCategories)
    }
    noteGaps(scores, place, table, isDichotomous: isDichotomous)
    items.append(Item(id: table.items[place], place: place, scores: scores))
  }

  private mutating func note(strays: Set<Int>, _ place: Int, _ table: ResponseTable) {
    for row in 0..<table.rows {
      let score = Int(table.scores[row * table.items.count + place])
      guard strays.contains(score) else { continue }
      findings.add(
        ResponseFinding(
          .outOfRange, line: Int(table.lines[row]), column: table.columns[place],
          detail: "\(score)"))
    }
  }

  private mutating func noteGaps(
    _ scores: [Int], _ place: Int, _ table: ResponseTable, isDichotomous: Bool
  ) {
    let column = table.columns[place]
    if isDichotomous {
      guard scores != [0, 1] else { return }
      findings.add(ResponseFinding(.recoded, column: column, detail: table.items[place]))
      return
    }
    for (lower, upper) in zip(scores, scores.dropFirst()) where upper > lower + 1 {
      findings.add(
        ResponseFinding(
          .emptyCategory, column: column, detail: "\(table.items[place]): \(lower + 1)"))
    }
  }

  /// Two items with the same answers throughout are one item twice.
  private mutating func leaveOutCopies(_ table: ResponseTable) {
    let width = table.items.count
    var first: [UInt64: [Item]] = [:]
    var kept: [Item] = []
    for item in items {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      table.scores.withUnsafeBufferPointer { scores in
        for row in 0..<table.rows {
          hash = (hash ^ UInt64(scores[row * width + item.place])) &* 0x0000_0100_0000_01b3
        }
      }
      let twin = first[hash]?.first { other in
        (0..<table.rows).allSatisfy {
          table.scores[$0 * width + item.place] == table.scores[$0 * width + other.place]
        }
      }
      if let twin {
        leaveOut(item.place, table, .identicalItems, " = \(twin.id)")
      } else {
        first[hash, default: []].append(item)
        kept.append(item)
      }
    }
    items = kept
  }

  private mutating func makeMatrix(_ table: ResponseTable, _ isCounted: [Bool]) -> ResponseMatrix {
    let width = table.items.count
    var codes = [UInt8](repeating: ResponseMatrix.missing, count: 256 * items.count)
    for (number, item) in items.enumerated() {
      for (category, score) in item.scores.enumerated() {
        codes[number * 256 + score] = UInt8(category)
      }
    }
    var answers: [UInt8] = []
    answers.reserveCapacity(table.rows * items.count)
    var persons = 0.0
    var kept: [Int] = []
    table.scores.withUnsafeBufferPointer { scores in
      for row in 0..<table.rows where isCounted[row] {
        let start = answers.count
        var isEmpty = true
        for (number, item) in items.enumerated() {
          let code = codes[number * 256 + Int(scores[row * width + item.place])]
          if code != ResponseMatrix.missing { isEmpty = false }
          answers.append(code)
        }
        if isEmpty {
          answers.removeLast(answers.count - start)
          findings.add(ResponseFinding(.rowWithoutAnswers, line: Int(table.lines[row])))
          continue
        }
        persons += table.weights?[row] ?? 1
        if table.weights != nil || table.groups != nil { kept.append(row) }
      }
    }
    if persons < 50 { findings.add(ResponseFinding(.fewPersons, detail: "\(Int(persons))")) }
    let weights = table.weights.map { weights in kept.map { weights[$0] } }
    let groups = table.groups.map { groups in kept.map { groups[$0] } }
    return ResponseMatrix(
      categories: items.map { $0.scores.count }, answers: answers, weights: weights,
      groups: groups)
  }
}

import Psychometrics

/// Answers made ready for analysis: items with their options and scores, and the groups.
struct AnalysedResponses {
  /// An item.
  struct Item {
    var id: String
    /// Its options (or its scores, where there is no key) as they are written, in order.
    var options: [String]
    /// What each option scores.
    var optionScores: [Int]
    /// For each person the place of the option chosen; −1 when none was.
    var choices: [Int16]
  }

  var items: [Item] = []
  var table: ScoreTable
  /// The names of the groups, the reference group first; empty without `--group`.
  var groups: [String] = []
  /// For each person the place of the group; nil when it is missing.
  var groupOfPerson: [Int?] = []
  var faults: FaultList

  /// Makes answers ready.
  ///
  /// - Parameters:
  ///   - sheet: the file as read.
  ///   - key: what options score; nil when the file holds scores.
  ///   - groupColumn: the column with the groups; nil for none.
  ///   - ignored: the columns that are no items.
  init(_ sheet: ResponseSheet, key: AnswerKey?, groupColumn: String?, ignored: Set<String>) {
    faults = sheet.faults
    table = ScoreTable(columns: [])
    var columns: [[Int16]] = []
    for (place, column) in sheet.columns.enumerated() {
      guard !column.name.isEmpty, column.name != groupColumn, !ignored.contains(column.name) else {
        continue
      }
      if let key {
        guard let worth = key.scores[column.name] else { continue }
        let item = Self.keyed(column, worth)
        for option in worth.keys.sorted() where !column.labels.contains(option) {
          faults.add(.keyOption(option, item: column.name), line: 0, column: place + 1)
        }
        items.append(item)
      } else {
        items.append(scored(column, place: place, lines: sheet.lines))
      }
      columns.append(items[items.count - 1].scores)
    }
    table = ScoreTable(columns: columns)
    if let groupColumn { readGroups(groupColumn, sheet) }
    noteUnusable(sheet)
  }

  private static func keyed(_ column: ResponseSheet.Column, _ worth: [String: Int]) -> Item {
    let order = column.labels.indices.sorted { precedes(column.labels[$0], column.labels[$1]) }
    var place = [Int16](repeating: -1, count: column.labels.count)
    for (rank, label) in order.enumerated() { place[label] = Int16(clamping: rank) }
    let options = order.map { column.labels[$0] }
    return Item(
      id: column.name, options: options, optionScores: options.map { worth[$0] ?? 0 },
      choices: column.codes.map { $0 < 0 ? -1 : place[Int($0)] })
  }

  /// An item whose cells are scores; what is none is told and taken as missing.
  private mutating func scored(
    _ column: ResponseSheet.Column, place: Int, lines: [Int]
  ) -> Item {
    let scores = column.labels.map(Self.score)
    let values = Set(scores.compactMap { $0 }.filter { (0...1000).contains($0) }).sorted()
    let rank = [Int: Int16](
      uniqueKeysWithValues: values.enumerated().map { ($1, Int16(clamping: $0)) })
    var choices = [Int16](repeating: -1, count: column.codes.count)
    for (row, code) in column.codes.enumerated() where code >= 0 {
      guard let score = scores[Int(code)] else {
        faults.add(
          .notAWholeNumber(column.labels[Int(code)], item: column.name), line: lines[row],
          column: place + 1)
        continue
      }
      guard let choice = rank[score] else {
        faults.add(
          .outOfRange(column.labels[Int(code)], item: column.name), line: lines[row],
          column: place + 1)
        continue
      }
      choices[row] = choice
    }
    return Item(
      id: column.name, options: values.map(String.init), optionScores: values, choices: choices)
  }

  /// A whole number, also one written as `2.0`.
  private static func score(_ label: String) -> Int? {
    if let number = Int(label) { return number }
    return Double(label).flatMap { Int(exactly: $0) }
  }

  /// Numbers by size, then words by their letters.
  private static func precedes(_ first: String, _ second: String) -> Bool {
    switch (Double(first), Double(second)) {
    case (let first?, let second?): first < second
    case (_?, nil): true
    case (nil, _?): false
    case (nil, nil): first < second
    }
  }

  private mutating func readGroups(_ name: String, _ sheet: ResponseSheet) {
    guard let column = sheet.columns.first(where: { $0.name == name }) else {
      faults.add(.unknownColumn(name), line: 0, column: 0)
      return
    }
    groups = column.labels.sorted(by: Self.precedes)
    groupOfPerson = column.codes.map { code in
      code < 0 ? nil : groups.firstIndex(of: column.labels[Int(code)])
    }
    if groups.count < 2 { faults.add(.noGroups(name), line: 0, column: 0) }
  }

  /// Makes a group the reference group.
  mutating func putFirst(group: String) {
    guard let place = groups.firstIndex(of: group) else {
      faults.add(.unknownGroup(group), line: 0, column: 0)
      return
    }
    groups.remove(at: place)
    groups.insert(group, at: 0)
    groupOfPerson = groupOfPerson.map { number in
      number.map { $0 == place ? 0 : ($0 < place ? $0 + 1 : $0) }
    }
  }

  /// Tells what keeps items from being analysed, with their column.
  private mutating func noteUnusable(_ sheet: ResponseSheet) {
    if items.isEmpty { faults.add(.noItems, line: 0, column: 0) }
    if (1..<Self.minimumCount).contains(table.personCount) {
      faults.add(.fewPersons(table.personCount), line: 0, column: 0)
    }
    for (place, item) in items.enumerated() {
      let column = (sheet.columns.firstIndex { $0.name == item.id } ?? 0) + 1
      let counts = table.categoryCounts(ofItem: place)
      let used = counts.indices.filter { counts[$0] > 0 }
      if used.isEmpty {
        faults.add(.nobodyAnswered(item.id), line: 0, column: column)
      } else if used.count == 1 {
        faults.add(.noVariance(item.id), line: 0, column: column)
      } else if let first = used.first, let last = used.last {
        for score in first...last where counts[score] == 0 {
          faults.add(.emptyCategory(score, item: item.id), line: 0, column: column)
        }
      }
    }
  }

  /// Below so many persons nothing is flagged: a statistic may be shown, not acted on.
  static let minimumCount = 50
}

extension AnalysedResponses.Item {
  /// Each person's score, or missing.
  var scores: [Int16] {
    choices.map { $0 < 0 ? ScoreTable.missing : Int16(optionScores[Int($0)]) }
  }
}

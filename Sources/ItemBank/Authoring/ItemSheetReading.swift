import Competency
import Diagnostics
import Sheets

/// A sheet of items while it is read.
struct ItemSheetReading {
  private(set) var diagnostics: [Diagnostic] = []
  /// Shared scenarios by their numbers.
  private(set) var scenarios: [String: WrittenScenario] = [:]

  private let sheet: Sheet
  private let file: String
  private let frameworks: [Framework]
  private var places: [ItemSheetColumn: Int] = [:]
  private var lines: [String: Int] = [:]

  init(_ sheet: Sheet, file: String, frameworks: [Framework]) {
    self.sheet = sheet
    self.file = file
    self.frameworks = frameworks
    for column in ItemSheetColumn.all {
      let name = sheet.header.firstIndex {
        $0 == column.chinese || $0.lowercased() == column.english.lowercased()
      }
      if let name { places[column] = name }
    }
  }

  /// The items of all rows without a fault; rows that begin with `#` are for people.
  mutating func items() -> [WrittenItem] {
    for column in ItemSheetColumn.required where places[column] == nil {
      note(
        "missing-column", line: 1, column: nil,
        Text("缺少“\(column.chinese)”一列。", "The column “\(column.english)” is missing."),
        Text("请在表头加上这一列，或重新下载模板。", "Add it to the header, or take the template anew."))
    }
    noteUnknownColumns()
    guard diagnostics.isEmpty || !diagnostics.hasErrors else { return [] }
    let rows = sheet.rows.filter { !text(.identifier, $0).hasPrefix("#") }
    for row in rows { takeScenario(of: row) }
    return rows.compactMap { item(in: $0) }
  }

  private mutating func noteUnknownColumns() {
    let known = Set(places.values)
    for (index, name) in sheet.header.enumerated()
    where !known.contains(index) && !Sheet.faultColumns.contains(name) {
      diagnostics.append(
        Diagnostic(
          "unknown-column", .warning, file: file, line: 1, column: index + 1,
          message: Text(
            "不认识的列“\(name.prefix(40))”，没有读取。",
            "The column “\(name.prefix(40))” is not known and not read."),
          remedy: Text("请对照模板改正列名。", "Correct the name as the template has it.")))
    }
  }

  private func text(_ column: ItemSheetColumn, _ row: Sheet.Row) -> String {
    places[column].map { row.cells[$0] } ?? ""
  }

  private mutating func note(
    _ code: String, line: Int, column: ItemSheetColumn?, _ message: Text, _ remedy: Text
  ) {
    let place = column.flatMap { places[$0] }.map { $0 + 1 } ?? 0
    diagnostics.append(
      Diagnostic(code, file: file, line: line, column: place, message: message, remedy: remedy))
  }

  /// A cell that may not be empty.
  private mutating func filled(_ column: ItemSheetColumn, _ row: Sheet.Row) -> String? {
    let value = text(column, row)
    if !value.isEmpty { return value }
    note(
      "empty-cell", line: row.line, column: column,
      Text("“\(column.chinese)”是空的。", "“\(column.english)” is empty."),
      Text("请填写。", "Fill it in."))
    return nil
  }

  /// Takes the scenario that a row brings.
  mutating func takeScenario(of row: Sheet.Row) {
    let number = text(.scenarioIdentifier, row)
    let story = text(.scenario, row)
    guard !number.isEmpty, !story.isEmpty else { return }
    if let known = scenarios[number], known.text != story {
      note(
        "scenario-differs", line: row.line, column: .scenario,
        Text(
          "情境 \(number.prefix(40)) 与第 \(known.line) 行的文字不同。",
          "The scenario \(number.prefix(40)) differs from that in line \(known.line)."),
        Text("请使文字相同，或换一个情境编号。", "Make the texts equal, or use another number."))
    } else if scenarios[number] == nil {
      scenarios[number] = WrittenScenario(
        text: story, title: text(.scenarioTitle, row).nonEmpty ?? number, line: row.line)
    }
  }

  /// The item of a row; nil after a fault, which is noted.
  mutating func item(in row: Sheet.Row) -> WrittenItem? {
    let identifier = identifier(in: row)
    let point = point(in: row)
    let stem = filled(.stem, row)
    let choices = choices(in: row)
    let scenario = scenario(in: row)
    let instruction = instruction(in: row)
    let difficulty = difficulty(in: row)
    guard let identifier, let point, let stem, let choices, let scenario, let instruction,
      let difficulty,
      let environment = environment(in: row, point: point.point, framework: point.framework)
    else { return nil }
    return WrittenItem(
      identifier: identifier, title: text(.title, row).nonEmpty ?? identifier,
      framework: point.framework, point: point.point, environment: environment,
      parallelFamily: text(.parallelFamily, row), schoolStage: text(.schoolStage, row),
      subject: text(.subject, row),
      instruction: instruction, difficulty: difficulty, scenario: scenario.nonEmpty,
      story: [scenario.isEmpty ? text(.scenario, row) : "", text(.addition, row)]
        .filter { !$0.isEmpty }.joined(separator: "\n"), stem: stem, choices: choices)
  }

  // MARK: Cells

  private mutating func identifier(in row: Sheet.Row) -> String? {
    guard let identifier = filled(.identifier, row) else { return nil }
    guard isIdentifier(identifier, .identifier, row) else { return nil }
    if let first = lines[identifier.lowercased()] {
      note(
        "duplicate-id", line: row.line, column: .identifier,
        Text(
          "题号“\(identifier.prefix(40))”在第 \(first) 行已经用过。",
          "The id “\(identifier.prefix(40))” is already used in line \(first)."),
        Text("请换一个题号。", "Give it another id."))
      return nil
    }
    lines[identifier.lowercased()] = row.line
    return identifier
  }

  private mutating func isIdentifier(
    _ text: String, _ column: ItemSheetColumn, _ row: Sheet.Row
  ) -> Bool {
    // The identifier is a file's name too.
    if text.utf8.count <= 80, QTINames.isIdentifier(text) { return true }
    note(
      "identifier", line: row.line, column: column,
      Text("“\(text.prefix(40))”不能作编号。", "“\(text.prefix(40))” is no identifier."),
      Text(
        "请以字母开头，只用字母、数字、点、连字符和下划线，不超过 80 字节。",
        "Begin with a letter; use letters, digits, dots, hyphens and underscores, 80 bytes at most."
      ))
    return false
  }

  private mutating func point(
    in row: Sheet.Row
  ) -> (framework: Framework, point: CompetencyPoint)? {
    guard let code = filled(.point, row) else { return nil }
    // Authors like to write the name behind the code.
    let word = code.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? code
    for framework in frameworks {
      let named = framework.points.first { $0.name.chinese == code }
      if let point = framework.point(CompetencyPoint.ID(rawValue: word)) ?? named {
        return (framework, point)
      }
    }
    note(
      "unknown-point", line: row.line, column: .point,
      Text("没有能力点“\(code.prefix(40))”。", "There is no point “\(code.prefix(40))”."),
      Text("请写框架中的代号。", "Write a code of the framework."))
    return nil
  }

  private mutating func environment(
    in row: Sheet.Row, point: CompetencyPoint, framework: Framework
  ) -> Environment.ID? {
    guard let text = text(.environment, row).nonEmpty else { return point.environment }
    let environment = framework.environments.first {
      $0.id.rawValue == text || $0.name.chinese == text
    }
    if let environment { return environment.id }
    note(
      "unknown-environment", line: row.line, column: .environment,
      Text("没有教学环境“\(text.prefix(40))”。", "There is no environment “\(text.prefix(40))”."),
      Text("请写框架中的代号，或空着。", "Write a code of the framework, or nothing."))
    return nil
  }

  /// The number of the shared scenario, empty for none; nil after a fault.
  private mutating func scenario(in row: Sheet.Row) -> String? {
    guard let number = text(.scenarioIdentifier, row).nonEmpty else { return "" }
    guard isIdentifier(number, .scenarioIdentifier, row) else { return nil }
    if scenarios[number] != nil { return number }
    note(
      "unknown-scenario", line: row.line, column: .scenario,
      Text(
        "情境 \(number) 没有文字。", "The scenario \(number) has no text."),
      Text("请在用到它的一行写上情境。", "Write the scenario in one of its rows."))
    return nil
  }

  private mutating func instruction(in row: Sheet.Row) -> BankItem.Instruction? {
    switch text(.instruction, row) {
    case "", "最有效", "knowledge": return .knowledge
    case "最可能", "tendency": return .tendency
    case let other:
      note(
        "instruction", line: row.line, column: .instruction,
        Text("不认识的提问方式“\(other.prefix(40))”。", "“\(other.prefix(40))” is no instruction."),
        Text("请写 最有效 或 最可能。", "Write knowledge or tendency."))
      return nil
    }
  }

  private mutating func difficulty(in row: Sheet.Row) -> JudgedDifficulty? {
    guard let text = text(.difficulty, row).nonEmpty else { return .medium }
    if let found = JudgedDifficulty.allCases.first(where: { $0.rawValue == text || $0.word == text }
    ) {
      return found
    }
    note(
      "difficulty", line: row.line, column: .difficulty,
      Text("不认识的难度“\(text.prefix(40))”。", "“\(text.prefix(40))” is no difficulty."),
      Text("请写 易、中、难 或 很难。", "Write easy, medium, difficult or very difficult."))
    return nil
  }

  private mutating func choices(in row: Sheet.Row) -> [WrittenItem.Choice]? {
    var choices: [WrittenItem.Choice] = []
    var isFaulty = false
    for (index, letter) in ItemSheetColumn.letters.enumerated() {
      // The first two are needed, and the ones before a given one.
      let later = (index..<ItemSheetColumn.letters.count).contains {
        !text(.choice($0), row).isEmpty
      }
      let isOpen = text(.choice(index), row).isEmpty && text(.score(index), row).isEmpty
      if isOpen, !later, index > 1 { continue }
      let content = filled(.choice(index), row)
      let score = score(index, row)
      guard let content, let score else {
        isFaulty = true
        continue
      }
      choices.append(
        WrittenItem.Choice(
          letter: letter, text: content, score: score, reason: text(.reason(index), row),
          feedback: text(.feedback(index), row), misconception: text(.misconception(index), row)))
    }
    guard !isFaulty else { return nil }
    if choices.allSatisfy({ $0.score == 0 }) {
      note(
        "score", line: row.line, column: .score(0),
        Text("没有一个选项得分。", "No choice gives a score."),
        Text("请给最佳项最高的分。", "Give the best choice the highest score."))
      return nil
    }
    return choices
  }

  private mutating func score(_ index: Int, _ row: Sheet.Row) -> Int? {
    guard let text = filled(.score(index), row) else { return nil }
    if let score = Int(text), (0...100).contains(score) { return score }
    note(
      "score", line: row.line, column: .score(index),
      Text("“\(text.prefix(40))”不是得分。", "“\(text.prefix(40))” is no score."),
      Text("请写 0 到 100 的整数。", "Write a whole number from 0 to 100."))
    return nil
  }
}

import Diagnostics

/// What can be wrong with answers that somebody wants analysed.
enum AnalysisFault: Hashable, Sendable {
  case unknownEncoding(line: Int)
  case empty
  case otherSeparator
  case emptyColumnName
  case duplicateColumn(String)
  case wrongNumberOfCells(found: Int, expected: Int)
  case unclosedQuote
  case emptyRow
  case notAWholeNumber(String, item: String)
  case outOfRange(String, item: String)
  case unknownColumn(String)
  case noGroups(String)
  case unknownGroup(String)
  case keyNotReadable
  case keyOption(String, item: String)
  case noItems
  case fewPersons(Int)
  case nobodyAnswered(String)
  case noVariance(String)
  case emptyCategory(Int, item: String)
  case identicalItems(String, String)
  case more(Int)

  /// Whether it keeps the statistics from being what was asked for.
  var severity: Diagnostic.Severity {
    switch self {
    case .otherSeparator, .emptyRow, .fewPersons, .noVariance, .emptyCategory, .identicalItems,
      .nobodyAnswered:
      .warning
    default: .error
    }
  }

  /// The stable name of the rule.
  var code: String {
    switch self {
    case .unknownEncoding: "unknown-encoding"
    case .empty: "empty-sheet"
    case .otherSeparator: "other-separator"
    case .emptyColumnName: "empty-column-name"
    case .duplicateColumn: "duplicate-column"
    case .wrongNumberOfCells: "wrong-number-of-cells"
    case .unclosedQuote: "unclosed-quote"
    case .emptyRow: "empty-row"
    case .notAWholeNumber: "not-a-whole-number"
    case .outOfRange: "score-out-of-range"
    case .unknownColumn: "unknown-column"
    case .noGroups: "no-groups"
    case .unknownGroup: "unknown-group"
    case .keyNotReadable: "key-not-readable"
    case .keyOption: "unknown-option"
    case .noItems: "no-items"
    case .fewPersons: "few-persons"
    case .nobodyAnswered: "nobody-answered"
    case .noVariance: "no-variance"
    case .emptyCategory: "empty-category"
    case .identicalItems: "identical-items"
    case .more: "more-faults"
    }
  }

  /// What is wrong.
  var message: Text {
    switch self {
    case .unknownEncoding:
      Text("文件的编码不是 UTF-8。", "The file's encoding is not UTF-8.")
    case .empty: Text("文件里没有表头。", "The file has no header.")
    case .otherSeparator:
      Text(
        "列之间不是逗号，已按制表符或分号读取。", "Columns are not separated by commas; read by tabs or semicolons.")
    case .emptyColumnName: Text("表头有一列没有名称。", "A column of the header has no name.")
    case .duplicateColumn(let name):
      Text("列名“\(name)”出现了两次。", "The column name \"\(name)\" appears twice.")
    case .wrongNumberOfCells(let found, let expected):
      Text(
        "这一行有 \(found) 个单元格，表头有 \(expected) 列；这一行没有计入。",
        "This row has \(found) cells, the header \(expected) columns; the row is left out.")
    case .unclosedQuote: Text("引号没有闭合。", "A quote is not closed.")
    case .emptyRow: Text("这一行没有任何作答。", "Nothing is answered in this row.")
    case .notAWholeNumber(let label, let item):
      Text(
        "题目 \(item) 的得分“\(label)”不是整数，按缺失处理。",
        "The score \"\(label)\" on item \(item) is not a whole number; taken as missing.")
    case .outOfRange(let label, let item):
      Text(
        "题目 \(item) 的得分 \(label) 不在 0 到 1000 之间，按缺失处理。",
        "The score \(label) on item \(item) is not within 0…1000; taken as missing.")
    case .unknownColumn(let name): Text("没有名为“\(name)”的列。", "There is no column \"\(name)\".")
    case .noGroups(let name):
      Text(
        "列“\(name)”中不足两个组。", "The column \"\(name)\" has fewer than two groups.")
    case .unknownGroup(let name): Text("没有名为“\(name)”的组。", "There is no group \"\(name)\".")
    case .keyNotReadable:
      Text("读不懂答案表。", "The key cannot be read.")
    case .keyOption(let option, let item):
      Text(
        "题目 \(item) 没有人选答案“\(option)”。",
        "Nobody chose \"\(option)\", the key of item \(item).")
    case .noItems: Text("没有可以分析的题目。", "There is no item to analyse.")
    case .fewPersons(let count):
      Text(
        "只有 \(count) 人作答，统计量很不稳定。",
        "Only \(count) persons answered; statistics are unstable.")
    case .nobodyAnswered(let item): Text("没有人作答题目 \(item)。", "Nobody answered item \(item).")
    case .noVariance(let item):
      Text(
        "所有人在题目 \(item) 上得分相同。", "Everybody has the same score on item \(item).")
    case .emptyCategory(let score, let item):
      Text("题目 \(item) 没有人得 \(score) 分。", "Nobody has score \(score) on item \(item).")
    case .identicalItems(let first, let second):
      Text(
        "题目 \(first) 与 \(second) 的得分处处相同。",
        "Items \(first) and \(second) have the same scores throughout.")
    case .more(let count): Text("还有 \(count) 处。", "There are \(count) more.")
    }
  }

  /// What to do about it.
  var remedy: Text {
    switch self {
    case .unknownEncoding: Text("请另存为 UTF-8 编码的 CSV 文件。", "Save it as CSV in UTF-8.")
    case .empty, .noItems, .emptyColumnName, .duplicateColumn:
      Text(
        "第一行写各题目的编号，每列一个，不重复。",
        "Write the items' identifiers in the first row, one a column, each once.")
    case .otherSeparator: Text("请以逗号分隔。", "Separate by commas.")
    case .wrongNumberOfCells, .unclosedQuote:
      Text(
        "缺失的作答也要留逗号；含逗号或换行的内容用一对引号括起来。",
        "Keep the comma of a missing answer; put a pair of quotes around commas and line ends.")
    case .emptyRow: Text("请删去这一行。", "Delete the row.")
    case .notAWholeNumber, .outOfRange:
      Text(
        "得分写整数，缺失留空；若是选项，请用 --key 给出答案；若不是题目，请用 --ignore 略过这一列。",
        "Write whole scores, nothing where missing; give --key for options, --ignore for a column "
          + "that is no item.")
    case .unknownGroup: Text("请检查组名。", "Check the group's name.")
    case .unknownColumn: Text("请检查列名。", "Check the column's name.")
    case .noGroups: Text("请换一列，或补全这一列。", "Name another column, or fill it in.")
    case .keyNotReadable:
      Text(
        "写 item,key 两列（多级计分写 item,option,score 三列），或以题目编号为表头、下一行为答案。",
        "Give columns item,key (for graded scores item,option,score), or the items as header and "
          + "the key in one row.")
    case .keyOption: Text("请检查答案。", "Check the key.")
    case .fewPersons: Text("至少 50 人后再据此决定。", "Decide nothing on fewer than 50.")
    case .nobodyAnswered, .noVariance:
      Text(
        "这道题没有区分任何人，请检查计分。",
        "The item tells nobody apart; check its scoring.")
    case .emptyCategory: Text("请合并类别或检查计分。", "Join categories or check the scoring.")
    case .identicalItems: Text("请检查是否重复导出。", "Check whether one was exported twice.")
    case .more: Text("请先处理前面的。", "Mend the first ones.")
    }
  }
}

/// The faults of one file, of each kind the first hundred and a count of the rest.
struct FaultList {
  let file: String
  private(set) var diagnostics: [Diagnostic] = []
  private var counts: [String: Int] = [:]

  init(file: String) { self.file = file }

  /// Notes a fault.
  mutating func add(_ fault: AnalysisFault, line: Int, column: Int) {
    counts[fault.code, default: 0] += 1
    guard counts[fault.code, default: 0] <= 100 else { return }
    diagnostics.append(Self.diagnostic(fault, file: file, line: line, column: column))
  }

  /// The faults, with what was not listed.
  var all: [Diagnostic] {
    let rest = counts.sorted { $0.key < $1.key }.filter { $0.value > 100 }.map {
      Self.diagnostic(.more($0.value - 100), file: file, line: 0, column: 0)
    }
    return diagnostics + rest
  }

  private static func diagnostic(
    _ fault: AnalysisFault, file: String, line: Int, column: Int
  ) -> Diagnostic {
    Diagnostic(
      fault.code, fault.severity, file: file, line: line, column: column, message: fault.message,
      remedy: fault.remedy)
  }
}

import Diagnostics
import Psychometrics

/// Puts findings about answers into sentences.
struct FindingDiagnostics {
  let file: String

  /// The diagnostics of all findings; what was not kept one by one is counted in a last one.
  func callAsFunction(_ findings: ResponseFindings) -> [Diagnostic] {
    let more = ResponseFinding.Kind.allCases.compactMap { kind -> Diagnostic? in
      let rest = (findings.counts[kind] ?? 0) - ResponseFindings.kept
      guard rest > 0 else { return nil }
      return Diagnostic(
        kind.rawValue, .warning, file: file,
        message: Text("同类问题还有 \(rest) 处。", "There are \(rest) more of this kind."),
        remedy: Text("按前面列出的方法处理。", "Treat them like those above."))
    }
    return findings.list.map(diagnostic) + more
  }

  private func diagnostic(_ finding: ResponseFinding) -> Diagnostic {
    let (message, remedy) = sentences(finding)
    // What is about a whole column is shown at its name in the header.
    let line = finding.line == 0 && finding.column > 0 ? 1 : finding.line
    return Diagnostic(
      finding.kind.rawValue, finding.kind.severity, file: file, line: line,
      column: finding.column, message: message, remedy: remedy)
  }

  private func sentences(_ finding: ResponseFinding) -> (Text, Text) {
    finding.line > 0 && finding.kind.isAboutCells ? cellSentences(finding) : itemSentences(finding)
  }

  private func cellSentences(_ finding: ResponseFinding) -> (Text, Text) {
    let cell = finding.detail
    switch finding.kind {
    case .notAnInteger:
      return (
        Text("“\(cell)”不是整数得分，按未作答处理。", "\"\(cell)\" is not a whole number; taken as missing."),
        Text("改成整数，未作答留空。", "Write a whole number, or leave the cell empty.")
      )
    case .outOfRange:
      return (
        Text("得分 \(cell) 超出范围，按未作答处理。", "The score \(cell) is out of range; taken as missing."),
        Text(
          "改成这道题的得分；二级计分模型只收 0 和 1。",
          "Write a score of the item; models of two categories take 0 and 1.")
      )
    case .badWeight:
      return (
        Text(
          "权重“\(cell)”不是正数，此行不计。", "The weight \"\(cell)\" is not positive; the row is not counted."
        ),
        Text("写大于 0 的数。", "Write a number above 0.")
      )
    case .shortRow:
      return (
        Text("此行比题目行短，缺的按未作答处理。", "The row is shorter than the header; what lacks is missing."),
        Text("补齐分隔符。", "Complete the separators.")
      )
    case .longRow:
      return (
        Text("此行比题目行长，多出的不读。", "The row is longer than the header; the rest is not read."),
        Text("去掉多出的单元格。", "Remove the cells beyond the header.")
      )
    default:
      return (
        Text("此行没有任何作答，不计入。", "Nothing was answered in this row; it is not counted."),
        Text("无须处理；若本应有作答，请核对来源。", "Nothing need be done, unless there should be answers.")
      )
    }
  }

  private func itemSentences(_ finding: ResponseFinding) -> (Text, Text) {
    let item = finding.detail
    switch finding.kind {
    case .otherDelimiter:
      return (
        Text("列以“\(item)”分隔，不是逗号；已照此读取。", "Columns are separated by \"\(item)\"; read as such."),
        Text("另存为逗号分隔的 CSV。", "Save it with commas.")
      )
    case .notUTF8:
      return (
        Text("列名不是 UTF-8，用列号代替。", "The name is not UTF-8; the column's number stands for it."),
        Text("另存为 UTF-8 编码。", "Save it in UTF-8.")
      )
    case .duplicateName:
      return (
        Text("列名“\(item)”重复，后一列加上列号。", "\"\(item)\" names two columns; the later gets its number."),
        Text("给每道题一个编号。", "Give every item a name of its own.")
      )
    case .unnamedColumn:
      return (
        Text("这一列没有列名，不作为题目。", "The column has no name; it is no item."),
        Text("写上题目编号，或删去这一列。", "Name it or remove it.")
      )
    default: return screeningSentences(finding.kind, item)
    }
  }

  private func screeningSentences(
    _ kind: ResponseFinding.Kind, _ item: String
  ) -> (Text, Text) {
    switch kind {
    case .itemWithoutAnswers:
      (
        Text("没有人作答“\(item)”，未估计。", "Nobody answered \"\(item)\"; it is left out."),
        Text("等有作答后再校准。", "Calibrate it once there are answers.")
      )
    case .everyoneEqual:
      (
        Text(
          "“\(item)”所有人得分相同，无法估计。", "Everyone has the same score on \"\(item)\"; it is left out."),
        Text("换更难或更易的受测群体，或去掉此题。", "Collect answers from other persons, or drop the item.")
      )
    case .emptyCategory:
      (
        Text(
          "“\(item)”分没有人得到，其上的类别下移。", "Nobody has the score \"\(item)\"; those above move down."),
        Text("合并计分类别，或补充作答。", "Merge the categories or collect more answers.")
      )
    case .recoded:
      (
        Text(
          "“\(item)”的两种得分不是 0 和 1，已按低、高处理。",
          "The scores of \"\(item)\" are not 0 and 1; taken as such."),
        Text("无须处理；若编码有误请改正。", "Nothing need be done, unless the coding is wrong.")
      )
    case .moreThanTwoCategories:
      (
        Text(
          "“\(item)”不止 0 和 1 两种得分，未估计。", "\"\(item)\" has more scores than 0 and 1; it is left out."
        ),
        Text("用 --model gpcm 或 grm。", "Use --model gpcm or grm.")
      )
    case .tooManyCategories:
      (
        Text(
          "“\(item)”的取值过多，不像得分，未估计。",
          "\"\(item)\" has too many values to be scores; it is left out."),
        Text("去掉编号列或总分列。", "Remove columns of numbers or sums.")
      )
    case .identicalItems:
      (
        Text(
          "两道题的作答完全相同：\(item)，后一道未估计。",
          "Two items have the same answers: \(item); the first is left out."),
        Text("核对是否重复导入。", "See whether a column was copied.")
      )
    default:
      (
        Text("只有 \(item) 人，估计很粗略。", "There are only \(item) persons; estimates are rough."),
        Text("至少收集 50 人，斜率要 150 人以上。", "Collect at least 50; slopes want 150 or more.")
      )
    }
  }
}

extension ResponseFinding.Kind {
  /// Whether it is about a cell or a row.
  fileprivate var isAboutCells: Bool {
    switch self {
    case .notAnInteger, .outOfRange, .badWeight, .shortRow, .longRow, .rowWithoutAnswers: true
    default: false
    }
  }

  /// What leaves an item or a cell out is an error; the rest a person should look at.
  fileprivate var severity: Diagnostic.Severity {
    switch self {
    case .notAnInteger, .outOfRange, .badWeight, .itemWithoutAnswers, .everyoneEqual,
      .moreThanTwoCategories, .tooManyCategories, .identicalItems:
      .error
    default: .warning
    }
  }
}

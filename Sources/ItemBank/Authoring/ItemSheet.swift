public import Competency
public import Diagnostics
import Sheets

/// Makes a package of a sheet with one row an item, and the template for such sheets.
public enum ItemSheet {
  /// Writes the items of a sheet as QTI.
  ///
  /// Never throws for content. The same sheet gives the same bytes. Items get provisional
  /// parameters from the difficulty that the author judged.
  ///
  /// - Parameters:
  ///   - bytes: a CSV file in UTF-8, UTF-16 with a byte order mark, or GB18030, at most 5 MB.
  ///   - file: the name to use in diagnostics.
  ///   - frameworks: where points are looked up; of several with one code the first counts.
  /// - Returns: the package, nil when a diagnostic is an error; and what is wrong, with the line of
  ///   the row and the number of the cell as column.
  public static func package(
    _ bytes: [UInt8], file: String, frameworks: [Framework]
  ) -> (files: PackageFiles?, diagnostics: [Diagnostic]) {
    let (sheet, faults) = Sheet.read(bytes, file: file)
    guard let sheet else { return (nil, faults) }
    var reading = ItemSheetReading(sheet, file: file, frameworks: frameworks)
    let items = reading.items()
    let diagnostics = faults + reading.diagnostics
    guard !diagnostics.hasErrors else { return (nil, diagnostics) }
    let package = WrittenPackage(items: items, scenarios: reading.scenarios)
    return (PackageFiles(package.contents, name: file), diagnostics)
  }

  /// A sheet with explanations and one item as an example, to be filled in.
  ///
  /// - Parameter framework: the framework whose first point the example is about.
  /// - Returns: a CSV file in UTF-8 with a byte order mark.
  public static func template(for framework: Framework?) -> [UInt8] {
    let columns = ItemSheetColumn.all
    let point = framework?.points.first
    let example = ItemSheetExample(
      point: point?.id.rawValue ?? "", environment: point?.environment.rawValue ?? "")
    return Sheet.csv(
      header: columns.map(\.chinese),
      rows: [columns.map(\.explanation), columns.map(example.cell)])
  }
}

/// The item of the template.
private struct ItemSheetExample {
  let point: String
  let environment: String

  private static let choices:
    [(text: String, score: Int, reason: String, feedback: String, tag: String)] = [
      (
        "课前让学生各写一个不懂的问题，按想法归类，再定从哪里讲起、先找哪几名学生谈一谈。", 3,
        "问题来自学生，归类后落到决定", "归类之后可再看一看，哪类想法最多。", ""
      ),
      (
        "用上次单元测验的平均分判断起点，平均分高就加快进度，平均分低就按教材的顺序慢慢地讲完。", 1,
        "总分与新课的前备无关", "先想新课要学生已经会什么，再收集数据。", "以总分代替学情"
      ),
      (
        "布置十道新课预习题，家长当晚在群里拍照上传，第二天公布未完成的名单，并请家长督促补做。", 0,
        "数据不可信，也伤害学生", "学情数据只给需要的人看。", "忽视隐私与公平"
      ),
      (
        "上课先做五道与前备知识有关的小题，当场统计每题的正确率，错得多的题全班再讲一遍后上新课。", 2,
        "到了题目层次，一律重讲", "同样的时间，加一问“为什么”会知道得更多。", "一刀切"
      ),
    ]

  func cell(_ column: ItemSheetColumn) -> String {
    switch column {
    case .identifier: "example-01"
    case .title: "新课前怎样摸底"
    case .point: point
    case .environment: environment
    case .parallelFamily, .scenarioTitle, .addition: ""
    case .schoolStage: "初中"
    case .subject: "数学"
    case .instruction: "最有效"
    case .difficulty: "中"
    case .scenarioIdentifier: ""
    case .scenario:
      "你教七年级数学，下周学“一元一次方程”。教室有教师机和投影，学生没有终端。全班48人，上单元测验平均82分，批改时发现不少学生会算却说不清道理，离上课还有三天。"
    case .stem: "要为新课找准起点，哪种做法最有效？"
    case .choice(let index): choice(index)?.text ?? ""
    case .score(let index): choice(index).map { String($0.score) } ?? ""
    case .reason(let index): choice(index)?.reason ?? ""
    case .feedback(let index): choice(index)?.feedback ?? ""
    case .misconception(let index): choice(index)?.tag ?? ""
    }
  }

  private func choice(
    _ index: Int
  ) -> (text: String, score: Int, reason: String, feedback: String, tag: String)? {
    Self.choices.indices.contains(index) ? Self.choices[index] : nil
  }
}

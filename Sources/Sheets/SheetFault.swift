import Diagnostics

/// What can be wrong with a sheet before anybody asks what it says.
enum SheetFault: Error, Hashable, Sendable {
  case tooLarge
  case notASheet
  case unknownEncoding
  case strayQuote(line: Int)
  case unclosedQuote(line: Int, column: Int)
  case empty
  case tooManyColumns(Int)
  case emptyColumnName(line: Int, column: Int)
  case duplicateColumn(String, line: Int, column: Int)
  case wrongNumberOfCells(line: Int, found: Int, expected: Int)
  case moreFaults(Int)

  /// The fault as it is told.
  func diagnostic(_ file: String) -> Diagnostic {
    Diagnostic(
      code, file: file, line: place.line, column: place.column, message: message, remedy: remedy)
  }

  private var code: String {
    switch self {
    case .tooLarge: "sheet-too-large"
    case .notASheet: "not-a-sheet"
    case .unknownEncoding: "unknown-encoding"
    case .strayQuote: "stray-quote"
    case .unclosedQuote: "unclosed-quote"
    case .empty: "empty-sheet"
    case .tooManyColumns: "too-many-columns"
    case .emptyColumnName: "empty-column-name"
    case .duplicateColumn: "duplicate-column"
    case .wrongNumberOfCells: "wrong-number-of-cells"
    case .moreFaults: "more-faults"
    }
  }

  private var place: (line: Int, column: Int) {
    switch self {
    case .tooLarge, .notASheet, .unknownEncoding, .empty, .tooManyColumns, .moreFaults: (0, 0)
    case .strayQuote(let line): (line, 0)
    case .unclosedQuote(let line, let column), .emptyColumnName(let line, let column),
      .duplicateColumn(_, let line, let column):
      (line, column)
    case .wrongNumberOfCells(let line, let found, let expected):
      // The first cell that is missing, or the first one too many.
      (line, min(found, expected) + 1)
    }
  }

  private var message: Text {
    switch self {
    case .tooLarge: Text("文件超过 5 MB。", "The file is larger than 5 MB.")
    case .notASheet: Text("这不是 CSV 文本文件。", "This is not a CSV text file.")
    case .unknownEncoding:
      Text(
        "文件的编码既不是 UTF-8、UTF-16，也不是 GB18030。",
        "The file's encoding is none of UTF-8, UTF-16 and GB18030.")
    case .strayQuote: Text("引号出现在单元格中间。", "A quote stands in the middle of a cell.")
    case .unclosedQuote: Text("引号没有闭合。", "A quote is not closed.")
    case .empty: Text("文件里没有内容。", "There is nothing in the file.")
    case .tooManyColumns(let count):
      Text("表头有 \(count) 列。", "The header has \(count) columns.")
    case .emptyColumnName: Text("表头有一列没有名称。", "A column of the header has no name.")
    case .duplicateColumn(let name, _, _):
      Text("列名“\(name)”出现了两次。", "The column name “\(name)” appears twice.")
    case .wrongNumberOfCells(_, let found, let expected):
      Text(
        "这一行有 \(found) 个单元格，表头有 \(expected) 列。",
        "This row has \(found) cells, the header has \(expected) columns.")
    case .moreFaults(let count):
      Text("还有 \(count) 行的单元格数不对。", "\(count) more rows have a wrong number of cells.")
    }
  }

  private var remedy: Text {
    switch self {
    case .tooLarge: Text("请拆成几个文件。", "Split it into several files.")
    case .notASheet:
      Text("请在表格软件中另存为 CSV 文件。", "Save it as a CSV file in the spreadsheet program.")
    case .unknownEncoding: Text("请另存为 UTF-8 编码的 CSV 文件。", "Save it as CSV in UTF-8.")
    case .strayQuote:
      Text(
        "给整个单元格加引号，并把其中的引号写两遍。",
        "Quote the whole cell and double the quotes inside it.")
    case .unclosedQuote: Text("在单元格末尾补上引号。", "Add the quote at the end of the cell.")
    case .empty: Text("第一行写列名，以下每行一条。", "Write column names first, then one row each.")
    case .tooManyColumns:
      Text("请只留下需要的列，最多 200 列。", "Keep the columns that are needed, 200 at most.")
    case .emptyColumnName: Text("请填写列名或删去这一列。", "Name the column or delete it.")
    case .duplicateColumn: Text("请删去或改名其中一列。", "Delete or rename one of the two.")
    case .wrongNumberOfCells, .moreFaults:
      Text(
        "含逗号的内容请用引号括起来，空的单元格也要留逗号。",
        "Quote text that contains commas, and keep the comma of an empty cell.")
    }
  }
}

/// An item as its author has it so far: a text for each column of a sheet of items.
///
/// Nothing in it need be right or complete. Texts are kept as a QTI file gives them back: without
/// characters that XML does not have, white space within a line as one space, no empty lines.
public struct ItemManuscript: Hashable, Sendable {
  private var texts: [ItemSheetColumn: String] = [:]

  /// Creates an empty manuscript.
  public init() {}

  /// Creates a manuscript of texts by the columns' names.
  ///
  /// - Parameter texts: texts by ``ItemSheetColumn/name``; names of no column are passed over.
  public init(named texts: [String: String]) {
    for column in ItemSheetColumn.all { self[column] = texts[column.name] ?? "" }
  }

  /// The text of a column; empty for none.
  public subscript(_ column: ItemSheetColumn) -> String {
    get { texts[column] ?? "" }
    set {
      let tidy = column.takesLines ? Self.lines(newValue) : Self.line(newValue)
      texts[column] = tidy.nonEmpty
    }
  }

  /// The texts by the columns' names, empty ones left out.
  public var namedTexts: [String: String] {
    texts.reduce(into: [:]) { $0[$1.key.name] = $1.value }
  }

  /// Whether nothing is written.
  public var isEmpty: Bool { texts.isEmpty }

  /// How many choices have anything written, counted to the last one.
  public var choiceCount: Int {
    let used = ItemSheetColumn.letters.indices.filter { index in
      ItemSheetColumn.columns(ofChoice: index).contains { texts[$0] != nil }
    }
    return used.last.map { $0 + 1 } ?? 0
  }

  /// The columns whose texts differ, in the order of a sheet.
  public func differences(from other: ItemManuscript) -> [ItemSheetColumn] {
    ItemSheetColumn.all.filter { self[$0] != other[$0] }
  }

  private static func lines(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { line(String($0)) }.filter { !$0.isEmpty }
      .joined(separator: "\n")
  }

  private static func line(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter(\.isAllowedInXML))).collapsed
  }
}

extension ItemSheetColumn {
  /// Whether its text may have several paragraphs.
  public var takesLines: Bool {
    switch self {
    case .scenario, .addition, .feedback: true
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// Whether XML 1.0 has the character.
  fileprivate var isAllowedInXML: Bool {
    switch value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}

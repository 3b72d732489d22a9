/// A table of scores as a file holds it: a row a person, a column an item.
public struct ResponseTable: Hashable, Sendable {
  /// The largest score that is kept as such.
  public static let largestScore = 250

  /// The names of the items.
  public internal(set) var items: [String] = []
  /// The column of each item in the file, from 1.
  public internal(set) var columns: [Int] = []
  /// The scores, row after row; ``ResponseMatrix/missing`` where there is none.
  public internal(set) var scores: [UInt8] = []
  /// The line of each row in the file, from 1.
  public internal(set) var lines: [Int32] = []
  /// The weight of each row, when a column of weights was asked for.
  public internal(set) var weights: [Double]?
  /// The group of each row, when a column of groups was asked for.
  public internal(set) var groups: [Int]?
  /// The names of the groups, in the order of their first row.
  public internal(set) var groupNames: [String] = []
  /// What a person should know about the file.
  public internal(set) var findings = ResponseFindings()

  /// An empty table.
  public init() {}

  /// Adds something that was found when the scores were used.
  public mutating func note(_ finding: ResponseFinding) { findings.add(finding) }

  /// How many rows there are.
  public var rows: Int { lines.count }
}

/// Why a file is not a table of answers.
public enum ResponseTableError: Error, Hashable, Sendable {
  /// There is nothing in it.
  case empty
  /// It is UTF-16 or not text at all.
  case notText
  /// It has no column of that name, which was asked for.
  case noSuchColumn(String)
  /// The header is its only line.
  case noRows
}

/// Something about a table of answers that a person should know, with its place.
public struct ResponseFinding: Hashable, Sendable {
  /// What was found.
  ///
  /// The raw value is the stable code of the diagnostic.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The header separates columns by something else than a comma.
    case otherDelimiter = "other-delimiter"
    /// A name in the header is not UTF-8.
    case notUTF8 = "not-utf-8"
    /// Two columns have one name.
    case duplicateName = "duplicate-name"
    /// A column has no name; it is not an item.
    case unnamedColumn = "unnamed-column"
    /// A row has fewer cells than the header.
    case shortRow = "short-row"
    /// A row has more cells than the header.
    case longRow = "long-row"
    /// A cell is not a whole number; it counts as not answered.
    case notAnInteger = "not-an-integer"
    /// A cell is a whole number that cannot be a score here; it counts as not answered.
    case outOfRange = "out-of-range"
    /// A weight is not a positive number; the row does not count.
    case badWeight = "bad-weight"
    /// Nothing was answered in a row; it says nothing.
    case rowWithoutAnswers = "row-without-answers"
    /// Nobody answered an item; it is left out.
    case itemWithoutAnswers = "item-without-answers"
    /// Everyone has the same score on an item; it is left out.
    case everyoneEqual = "everyone-equal"
    /// A score between others never occurs; the categories above move down.
    case emptyCategory = "empty-category"
    /// The two scores of a column are not 0 and 1; they are taken as such.
    case recoded = "recoded"
    /// A column has more than two scores where the model has two; it is left out.
    case moreThanTwoCategories = "more-than-two-categories"
    /// A column has so many values that they can hardly be scores; it is left out.
    case tooManyCategories = "too-many-categories"
    /// Two items have the same answers throughout; the later is left out.
    case identicalItems = "identical-items"
    /// Fewer than 50 persons: estimates are rough.
    case fewPersons = "few-persons"
  }

  /// What was found.
  public var kind: Kind
  /// The line of the file, from 1; 0 when it is about a whole column or the file.
  public var line: Int
  /// The column, from 1; 0 when it is about a whole row or the file.
  public var column: Int
  /// The item's name, or what stands in the cell.
  public var detail: String

  /// Creates a finding.
  public init(_ kind: Kind, line: Int = 0, column: Int = 0, detail: String = "") {
    self.kind = kind
    self.line = line
    self.column = column
    self.detail = detail
  }
}

/// Findings, of each kind the first twenty, and how many there are of each.
public struct ResponseFindings: Hashable, Sendable {
  /// How many of a kind are kept.
  public static let kept = 20
  /// The findings that were kept, in the order in which they came.
  public private(set) var list: [ResponseFinding] = []
  /// How many there are of each kind, those not kept included.
  public private(set) var counts: [ResponseFinding.Kind: Int] = [:]

  /// No findings.
  public init() {}

  /// Adds a finding.
  public mutating func add(_ finding: ResponseFinding) {
    let number = (counts[finding.kind] ?? 0) + 1
    counts[finding.kind] = number
    if number <= Self.kept { list.append(finding) }
  }
}

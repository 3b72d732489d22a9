/// The scored answers of many persons to the same items, ready for calibration.
///
/// Kept as one byte an answer: a million persons and sixty items take 60 MB.
public struct ResponseMatrix: Hashable, Sendable {
  /// The byte that stands for an item that was not answered.
  public static let missing: UInt8 = 255

  /// How many categories each item has; every category 0…n − 1 occurs.
  public let categories: [Int]
  /// The answers, person after person, one byte an item: a category or ``missing``.
  public let answers: [UInt8]
  /// How often each person's answers count; nil when each counts once.
  public let weights: [Double]?
  /// The group of each person, from 0; nil when all belong to one.
  public let groups: [Int]?

  /// Creates a matrix.
  ///
  /// - Parameters:
  ///   - categories: the number of categories of each of *J* ≥ 1 items, at least 2.
  ///   - answers: persons · *J* bytes.
  ///   - weights: a positive weight for each person.
  ///   - groups: a group for each person, numbered from 0 without gaps.
  /// - Precondition: the shapes above. Whoever reads answers screens them (``ResponseScreening``).
  public init(
    categories: [Int], answers: [UInt8], weights: [Double]? = nil, groups: [Int]? = nil
  ) {
    precondition(!categories.isEmpty, "there is at least one item")
    precondition(
      categories.allSatisfy { (2...250).contains($0) }, "an item has 2 to 250 categories")
    precondition(answers.count % categories.count == 0, "every person has a byte for every item")
    let persons = answers.count / categories.count
    precondition((weights?.count ?? persons) == persons, "every person has a weight")
    precondition((groups?.count ?? persons) == persons, "every person has a group")
    self.categories = categories
    self.answers = answers
    self.weights = weights
    self.groups = groups
  }

  /// How many items there are.
  public var items: Int { categories.count }
  /// How many persons there are.
  public var persons: Int { answers.count / categories.count }
  /// How many groups there are.
  public var groupCount: Int { (groups?.max() ?? 0) + 1 }

  /// A person's answer to an item; nil when there is none.
  public func answer(person: Int, item: Int) -> Int? {
    let byte = answers[person * items + item]
    return byte == Self.missing ? nil : Int(byte)
  }
}

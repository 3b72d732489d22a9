public import Competency

/// An item bank (题库), as read from one package.
///
/// A bank is a value: it is read once, checked, and never changes. Sessions name its ``version``.
public struct Bank: Hashable, Sendable {
  /// Identifies the content of a bank.
  public struct Version: RawRepresentable, Hashable, Sendable {
    /// The first 16 hexadecimal digits of the SHA-256 over the names and bytes of all its files.
    public var rawValue: String
    /// Wraps a version.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The version: two banks with the same files have the same one.
  public let version: Version
  /// The bank's title, as its manifest gives it.
  public let title: String
  /// The frameworks its items are aligned to.
  public let frameworks: [Framework]
  /// The items, in the order of the manifest.
  public let items: [BankItem]
  /// The scenarios, in the order of the manifest.
  public let stimuli: [AssessmentStimulus]
  /// The tests, in the order of the manifest.
  public let tests: [AssessmentTest]
  /// The blueprints of the tests.
  public let blueprints: [Blueprint]

  private let itemPlaces: [AssessmentItem.ID: Int]
  private let stimulusPlaces: [AssessmentStimulus.ID: Int]

  /// Creates a bank.
  ///
  /// Of items, or of stimuli, with one identifier only the first can be looked up; the reader
  /// reports the others.
  public init(
    version: Version, title: String, frameworks: [Framework], items: [BankItem],
    stimuli: [AssessmentStimulus], tests: [AssessmentTest], blueprints: [Blueprint]
  ) {
    self.version = version
    self.title = title
    self.frameworks = frameworks
    self.items = items
    self.stimuli = stimuli
    self.tests = tests
    self.blueprints = blueprints
    itemPlaces = [AssessmentItem.ID: Int](
      items.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    stimulusPlaces = [AssessmentStimulus.ID: Int](
      stimuli.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The item with an identifier.
  public func item(_ id: AssessmentItem.ID) -> BankItem? {
    itemPlaces[id].map { items[$0] }
  }

  /// The parameters to score an item with, see ``BankItem/parameters``; nil for an item not known.
  public func parameters(of id: AssessmentItem.ID) -> PartialCreditParameters? {
    itemPlaces[id].flatMap { items[$0].parameters }
  }

  /// The scenario with an identifier.
  public func stimulus(_ id: AssessmentStimulus.ID) -> AssessmentStimulus? {
    stimulusPlaces[id].map { stimuli[$0] }
  }

  /// The framework with an identifier.
  public func framework(_ id: Framework.ID) -> Framework? {
    frameworks.first { $0.id == id }
  }

  /// The test with an identifier.
  public func test(_ id: AssessmentTest.ID) -> AssessmentTest? {
    tests.first { $0.id == id }
  }

  /// The blueprint of a test.
  public func blueprint(of test: AssessmentTest.ID) -> Blueprint? {
    blueprints.first { $0.test == test }
  }

  /// The items of a test that could be read, in the test's order.
  public func items(of test: AssessmentTest.ID) -> [BankItem] {
    places(of: test).map { items[$0] }
  }

  /// The places in ``items`` of the items of a test that could be read, in the test's order.
  ///
  /// An item is large: who looks at a little of every item does better not to copy them.
  public func places(of test: AssessmentTest.ID) -> [Int] {
    guard let test = self.test(test) else { return [] }
    return test.itemReferences.compactMap { $0.item.flatMap { itemPlaces[$0] } }
  }
}

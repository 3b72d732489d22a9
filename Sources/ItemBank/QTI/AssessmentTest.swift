/// A test as QTI describes it: which items belong to it, in which parts and sections.
///
/// How many items of which kind a teacher gets is the ``Blueprint``'s business.
public struct AssessmentTest: Hashable, Sendable {
  /// Identifies a test within its bank.
  public struct ID: RawRepresentable, Hashable, Sendable, Codable {
    /// The identifier as the test writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The test's identifier.
  public var id: ID
  /// Its title.
  public var title: String
  /// Its parts, in order.
  public var parts: [TestPart]
  /// The outcome variables of the test, in the order of the file.
  public var outcomeDeclarations: [OutcomeDeclaration]
  /// How the items' outcomes become the test's; nil when the test does not say.
  public var outcomeProcessing: ProcessingRules?
  /// The file it was read from, as the reader was given it.
  public var file: String

  /// Creates a test.
  public init(
    id: ID, title: String, parts: [TestPart], outcomeDeclarations: [OutcomeDeclaration] = [],
    outcomeProcessing: ProcessingRules? = nil, file: String
  ) {
    self.id = id
    self.title = title
    self.parts = parts
    self.outcomeDeclarations = outcomeDeclarations
    self.outcomeProcessing = outcomeProcessing
    self.file = file
  }

  /// Every reference to an item, in order, whatever section it stands in.
  public var itemReferences: [AssessmentItemReference] {
    parts.flatMap { $0.sections.flatMap(\.itemReferences) }
  }
}

/// A part of a test; its sections are taken under one mode.
public struct TestPart: Hashable, Sendable {
  /// The part's identifier.
  public var identifier: String
  /// Whether a candidate may go back, in QTI's words: `linear` or `nonlinear`.
  public var navigationMode: String
  /// When responses are processed, in QTI's words: `individual` or `simultaneous`.
  public var submissionMode: String
  /// Its sections, in order.
  public var sections: [AssessmentSection]

  /// Creates a part.
  public init(
    identifier: String, navigationMode: String, submissionMode: String,
    sections: [AssessmentSection]
  ) {
    self.identifier = identifier
    self.navigationMode = navigationMode
    self.submissionMode = submissionMode
    self.sections = sections
  }
}

/// A group of items, or of further sections, in a test.
public struct AssessmentSection: Hashable, Sendable {
  /// A child of a section.
  public enum Child: Hashable, Sendable {
    /// A section in the section.
    case section(AssessmentSection)
    /// An item.
    case item(AssessmentItemReference)
  }

  /// The section's identifier.
  public var identifier: String
  /// Its title.
  public var title: String
  /// Whether the candidate sees it as a section.
  public var isVisible: Bool
  /// How many of its children a candidate gets; nil for all.
  public var selection: Int?
  /// Whether its children are put in another order.
  public var shuffle: Bool
  /// Its children, in order.
  public var children: [Child]

  /// Creates a section.
  public init(
    identifier: String, title: String, isVisible: Bool, selection: Int?, shuffle: Bool,
    children: [Child]
  ) {
    self.identifier = identifier
    self.title = title
    self.isVisible = isVisible
    self.selection = selection
    self.shuffle = shuffle
    self.children = children
  }

  /// Every reference to an item below this section, in order.
  public var itemReferences: [AssessmentItemReference] {
    children.flatMap { child in
      switch child {
      case .section(let section): section.itemReferences
      case .item(let reference): [reference]
      }
    }
  }
}

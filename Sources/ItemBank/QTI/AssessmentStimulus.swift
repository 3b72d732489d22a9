/// A scenario (情境) that several items share.
public struct AssessmentStimulus: Hashable, Sendable {
  /// Identifies a stimulus within its bank.
  public struct ID: RawRepresentable, Hashable, Sendable {
    /// The identifier as the stimulus writes it.
    public var rawValue: String
    /// Wraps an identifier.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The stimulus's identifier.
  public var id: ID
  /// Its title.
  public var title: String
  /// The language of its text, as BCP 47 writes it; nil when the file does not say.
  public var language: String?
  /// What the candidate reads.
  public var content: SafeMarkup
  /// The file it was read from, as the reader was given it.
  public var file: String

  /// Creates a stimulus.
  public init(id: ID, title: String, language: String?, content: SafeMarkup, file: String) {
    self.id = id
    self.title = title
    self.language = language
    self.content = content
    self.file = file
  }
}

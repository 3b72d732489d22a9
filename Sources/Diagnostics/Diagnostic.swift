/// What is wrong with a piece of content, where, and what to do about it.
///
/// Items, courses, programmes and frameworks are written by people. Reading them never throws for
/// what they say: it returns what could be read and a list of these.
public struct Diagnostic: Hashable, Sendable {
  /// How much the fault matters.
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// The content cannot be used.
    case error
    /// The content can be used, but a person should look.
    case warning
  }

  /// A stable, language-free name of the rule, in kebab case, such as `missing-correct-response`.
  public var code: String
  /// How much it matters.
  public var severity: Severity
  /// The file it was found in, as the reader was given it.
  public var file: String
  /// The line, from 1; 0 when the fault belongs to the whole file.
  public var line: Int
  /// The column, from 1; 0 when only the line is known.
  public var column: Int
  /// What is wrong, in one sentence.
  public var message: Text
  /// What to do about it, in one sentence.
  public var remedy: Text

  /// Creates a diagnostic.
  public init(
    _ code: String, _ severity: Severity = .error, file: String, line: Int = 0, column: Int = 0,
    message: Text, remedy: Text
  ) {
    self.code = code
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.remedy = remedy
  }
}

/// A sentence in each language of the product.
public struct Text: Hashable, Sendable {
  /// Simplified Chinese.
  public var chinese: String
  /// English.
  public var english: String

  /// Creates a sentence in both languages.
  public init(_ chinese: String, _ english: String) {
    self.chinese = chinese
    self.english = english
  }

  /// The sentence in the language asked for.
  public func callAsFunction(inChinese: Bool) -> String {
    inChinese ? chinese : english
  }
}

import Diagnostics

/// The faults found so far in one file.
struct Findings {
  /// The file, as the reader was given it.
  let file: String
  private(set) var diagnostics: [Diagnostic] = []

  /// How many errors, and how many warnings, are kept of one file.
  ///
  /// More help nobody.
  private static let limit = 100
  private var counts: [Diagnostic.Severity: Int] = [:]

  init(file: String) { self.file = file }

  /// Whether a fault was found with which the content cannot be used.
  var hasErrors: Bool { counts[.error] != nil }

  /// Whether an error with a code was found.
  func hasErrors(code: String) -> Bool { diagnostics.contains { $0.code == code } }

  /// Notes a fault with which the content cannot be used.
  mutating func error(
    _ code: String, line: Int, column: Int = 0, _ message: Text, remedy: Text
  ) {
    append(
      Diagnostic(
        code, .error, file: file, line: line, column: column, message: message, remedy: remedy))
  }

  /// Notes something a person should look at.
  mutating func warning(_ code: String, line: Int, _ message: Text, remedy: Text) {
    append(Diagnostic(code, .warning, file: file, line: line, message: message, remedy: remedy))
  }

  /// Takes over faults found elsewhere.
  mutating func append(_ others: [Diagnostic]) {
    for other in others { append(other) }
  }

  private mutating func append(_ diagnostic: Diagnostic) {
    let count = counts[diagnostic.severity, default: 0] + 1
    counts[diagnostic.severity] = count
    if count <= Self.limit { diagnostics.append(diagnostic) }
    guard count == Self.limit + 1 else { return }
    diagnostics.append(
      Diagnostic(
        "more-faults", diagnostic.severity, file: file,
        message: Text("同一文件还有更多问题，没有列出。", "There are more faults in this file, not listed."),
        remedy: Text("请先改正已列出的。", "Correct those listed first.")))
  }
}

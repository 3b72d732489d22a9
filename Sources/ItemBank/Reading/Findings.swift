import Diagnostics

/// The faults found so far in one file.
struct Findings {
  /// The file, as the reader was given it.
  let file: String
  private(set) var diagnostics: [Diagnostic] = []

  init(file: String) { self.file = file }

  /// Whether a fault was found with which the content cannot be used.
  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Whether an error with a code was found.
  func hasErrors(code: String) -> Bool { diagnostics.contains { $0.code == code } }

  /// Notes a fault with which the content cannot be used.
  mutating func error(
    _ code: String, line: Int, column: Int = 0, _ message: Text, remedy: Text
  ) {
    diagnostics.append(
      Diagnostic(
        code, .error, file: file, line: line, column: column, message: message, remedy: remedy))
  }

  /// Notes something a person should look at.
  mutating func warning(_ code: String, line: Int, _ message: Text, remedy: Text) {
    diagnostics.append(
      Diagnostic(code, .warning, file: file, line: line, message: message, remedy: remedy))
  }

  /// Takes over faults found elsewhere.
  mutating func append(_ others: [Diagnostic]) {
    diagnostics.append(contentsOf: others)
  }
}

import Diagnostics
import Foundation

/// What the command says to the person who called it, in that person's language.
struct Terminal: Sendable {
  /// Whether to speak Chinese: always, unless the environment asks for English.
  let isChinese: Bool

  /// Reads the language of the environment: `LC_ALL`, else `LC_MESSAGES`, else `LANG`.
  init(environment: [String: String]) {
    let locale =
      ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
    isChinese = !(locale?.lowercased().hasPrefix("en") ?? false)
  }

  /// The terminal of this process.
  static var current: Terminal {
    Terminal(environment: ProcessInfo.processInfo.environment)
  }

  /// A sentence in the person's language.
  func callAsFunction(_ text: Text) -> String { text(inChinese: isChinese) }

  /// Writes a line to standard error, where messages go; standard output is for answers.
  func say(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  /// Writes what is wrong with content: place, sentence and remedy.
  func say(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      let word =
        diagnostic.severity == .error
        ? self(Text("错误", "error")) : self(Text("提醒", "warning"))
      var place = diagnostic.file
      if diagnostic.line > 0 { place += ":\(diagnostic.line)" }
      if diagnostic.column > 0 { place += ":\(diagnostic.column)" }
      say("\(place): \(word) [\(diagnostic.code)] \(self(diagnostic.message))")
      say("    \(self(diagnostic.remedy))")
    }
  }

  /// Writes one JSON document to standard output.
  func answer(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    FileHandle.standardOutput.write(try encoder.encode(value) + Data("\n".utf8))
  }
}

/// How the command ends.
enum Exit {
  /// The content or data was refused; the reasons were said.
  static let refused: Int32 = 1
  /// The command was called wrongly.
  static let usage: Int32 = 64
  /// The configuration is wrong.
  static let configuration: Int32 = 78
}

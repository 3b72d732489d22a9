import ArgumentParser
import Diagnostics
import Foundation
import ItemBank

/// A file that `bank score` can score: an item, or a test with the items it refers to.
enum ScoredFile {
  case item(AssessmentItem)
  case test(AssessmentTest, items: [String: AssessmentItem])

  /// Reads the file, and for a test its items from beside it.
  ///
  /// - Throws: the exit code for refused content, after the reasons were said.
  init(bytes: [UInt8], file: String, terminal: Terminal) throws {
    let (test, testDiagnostics) = AssessmentTest.read(bytes: bytes, file: file)
    if let test {
      try Self.refuse(testDiagnostics, terminal)
      self = .test(test, items: try Self.items(of: test, beside: file, terminal))
      return
    }
    let (item, diagnostics) = AssessmentItem.read(bytes: bytes, file: file)
    guard let item else {
      terminal.say(diagnostics)
      throw ExitCode(Exit.refused)
    }
    try Self.refuse(diagnostics, terminal)
    self = .item(item)
  }

  /// The outcomes for one response; for a test the responses of its items by reference.
  func answer(to response: Data) throws -> ScoreAnswer {
    switch self {
    case .item(let item):
      let outcomes = try item.score(try ResponseValue.responses(pciJSON: response))
      return ScoreAnswer(
        identifier: item.id.rawValue, outcomes: outcomes.mapValues(ScoreValue.init))
    case .test(let test, let items):
      let responses = try JSONDecoder().decode(
        [String: [String: ResponseValue]].self, from: response)
      let outcomes = try test.score(items: items, responses: responses)
      return ScoreAnswer(
        identifier: test.id.rawValue, outcomes: outcomes.mapValues(ScoreValue.init))
    }
  }

  private static func items(
    of test: AssessmentTest, beside file: String, _ terminal: Terminal
  ) throws -> [String: AssessmentItem] {
    let files = PackageFiles(
      folder: URL(filePath: file).deletingLastPathComponent()
        .deletingLastPathComponent())
    let folder = URL(filePath: file).deletingLastPathComponent().lastPathComponent
    let beside = PackageFiles(folder: URL(filePath: file).deletingLastPathComponent())
    var items: [String: AssessmentItem] = [:]
    for reference in test.itemReferences {
      let href = reference.href
      // Items stand beside the test or in a folder next to the test's own; nothing further away
      // is read.
      let bytes =
        href.hasPrefix("../")
        ? files.bytes(of: String(href.dropFirst(3))) : beside.bytes(of: href)
      guard let bytes else {
        terminal.say(
          terminal(
            Text("找不到试卷里的题目：\(href)（\(folder)）", "There is no such item: \(href) (\(folder))")))
        throw ExitCode(Exit.refused)
      }
      let (item, diagnostics) = AssessmentItem.read(bytes: bytes, file: href)
      try refuse(diagnostics, terminal)
      items[reference.identifier] = item
    }
    return items
  }

  private static func refuse(_ diagnostics: [Diagnostic], _ terminal: Terminal) throws {
    guard diagnostics.contains(where: { $0.severity == .error }) else { return }
    terminal.say(diagnostics)
    throw ExitCode(Exit.refused)
  }
}
